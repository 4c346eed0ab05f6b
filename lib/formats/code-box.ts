/**
 * The box that a model's code cuts, as far as it stands there in numbers: `crop((…))` of pixels, of fractions or thousandths of a side, a list whose
 * comment names its order, a slice. Nothing is run.
 */
import { corners } from '@/lib/notations';
import type { BoxOrder } from './call-box';
import type { Asked } from './run-builder';

export interface CodeBox {
  readonly box: Asked['box'];
  readonly order: BoxOrder;
  readonly frame: Asked['frame'];
  /** The variable that is cut, and the one that the crop is; empty where nobody said. */
  readonly of: string;
  readonly makes: string;
}

type Four = readonly [number, number, number, number];

const MOST_CODE = 100_000;

export function boxInCode(code: string): CodeBox | null {
  const text = code.slice(0, MOST_CODE);
  // Of a variable, or of what a call or an index gives: `Image.open(path).crop(…)`.
  const cut = /(?:(?:\b([A-Za-z_]\w{0,60})\s{0,4}=\s{0,4})?\b([A-Za-z_]\w{0,60})|[)\]])\.crop\(/.exec(text);
  const slice = SLICE.exec(text);
  if (!cut && !slice) return null;
  const names = { of: cut?.[2] ?? slice?.[2] ?? '', makes: cut?.[1] ?? slice?.[1] ?? '' };
  const args = cut ? argumentsAt(text, cut.index + cut[0].length) : [];
  const direct = args.length === 4 ? fourOf(args.map(termOf)) : null;
  if (direct) return { ...direct, ...names };
  if (slice) {
    const [, , , y1, y2, x1, x2] = slice.map(Number);
    const four: Four = [x1 ?? 0, y1 ?? 0, x2 ?? 0, y2 ?? 0];
    return { box: corners(four, 'xyxy'), order: 'xyxy', frame: 'original-pixels', ...names };
  }
  const listed = listIn(text, args.length === 1 ? (args[0] ?? '') : '');
  return listed && { ...listed, ...names };
}

/** The file that the picture was opened from; empty where the code opens none. */
export function fileInCode(code: string): string {
  const opened = /(?:open|imread)\(\s{0,4}[rf]?["']([^"'\n]{1,300})["']/.exec(code.slice(0, MOST_CODE));
  return opened?.[1] ?? '';
}

const N = '\\s{0,4}(\\d{1,6})\\s{0,4}';
const SLICE = new RegExp(
  `(?:\\b([A-Za-z_]\\w{0,60})\\s{0,4}=\\s{0,4})?\\b([A-Za-z_]\\w{0,60})\\[${N}:${N},${N}:${N}[\\],]`,
);

/** What stands between the brackets of a call, by its outermost commas; a tuple in it is looked into. */
function argumentsAt(text: string, from: number): readonly string[] {
  const args: string[] = [];
  let [depth, start] = [0, from];
  for (let at = from; at < text.length && at < from + 600; at += 1) {
    const letter = text[at] ?? '';
    if (letter === '(' || letter === '[') depth += 1;
    else if (letter === ')' || letter === ']') depth -= 1;
    if ((letter === ',' && depth === 0) || depth < 0) {
      const arg = text.slice(start, at).trim();
      if (arg !== '') args.push(arg);
      start = at + 1;
    }
    if (depth < 0) break;
  }
  const [only = ''] = args;
  const tuple = args.length === 1 && /^[([]/.test(only);
  return tuple ? argumentsAt(only.slice(1), 0) : args;
}

interface Term {
  readonly value: number;
  readonly frame: Asked['frame'];
}

/** `120`, `int(0.25 * width)`, `width * 0.25`, `250 * w / 1000`. */
function termOf(arg: string): Term | null {
  const bare = arg.replace(/\b(?:int|round|float)\(|[()\s]/g, '');
  const plain = /^-?\d{1,6}(?:\.\d{1,9})?$/.exec(bare);
  if (plain) return { value: Number(bare), frame: 'original-pixels' };
  const times =
    /^(-?\d{0,6}(?:\.\d{1,9})?)\*[A-Za-z_][\w.[\]]{0,40}(\/1000(?:\.0)?)?$/.exec(bare) ??
    /^[A-Za-z_][\w.[\]]{0,40}\*(-?\d{0,6}(?:\.\d{1,9})?)(\/1000(?:\.0)?)?$/.exec(bare);
  const divided = /^(-?\d{1,6}(?:\.\d{1,9})?)\/1000(?:\.0)?\*[A-Za-z_][\w.[\]]{0,40}$/.exec(bare);
  if (divided) return { value: Number(divided[1]), frame: 'thousandths' };
  if (!times || times[1] === '') return null;
  return { value: Number(times[1]), frame: times[2] === undefined ? 'fractions' : 'thousandths' };
}

function fourOf(terms: readonly (Term | null)[]): Omit<CodeBox, 'of' | 'makes'> | null {
  const known = terms.filter((term) => term !== null);
  const [a, b, c, d] = known;
  if (!a || !b || !c || !d) return null;
  // Zero is zero of anything.
  const frames = new Set(known.filter(({ value }) => value !== 0).map(({ frame }) => frame));
  const [frame = 'original-pixels'] = frames;
  if (frames.size > 1) return null;
  return { box: corners([a.value, b.value, c.value, d.value], 'xyxy'), order: 'xyxy', frame };
}

const NUMBER = '\\s{0,4}(-?\\d{1,6}(?:\\.\\d{1,9})?)\\s{0,4}';
const LIST = new RegExp(
  `\\b([A-Za-z_]\\w{0,60})["']?\\s{0,4}[=:]\\s{0,4}[([]${NUMBER},${NUMBER},${NUMBER},${NUMBER}[)\\]]([^\\n]{0,200})`,
  'g',
);

/**
 * Four numbers under a name: the one that is cut, else whatever is called a box. A comment that names the order is to be believed; without one,
 * thousandths are y first, as Gemini writes them.
 */
function listIn(code: string, cut: string): Omit<CodeBox, 'of' | 'makes'> | null {
  let found: RegExpExecArray | null = null;
  for (const match of code.matchAll(LIST)) {
    const name = match[1] ?? '';
    if (name === cut) found = match;
    if (/box|crop|coord|region|rect|roi/i.test(name)) found ??= match;
    if (found && found[1] === cut) break;
  }
  if (!found) return null;
  const [, name = '', a, b, c, d, after = ''] = found;
  const four = [Number(a), Number(b), Number(c), Number(d)] as const;
  const most = Math.max(...four);
  const frame =
    most <= 1
      ? 'fractions'
      : most <= 1000 && /\b1000(?:\.0)?\b|normali[sz]ed/i.test(code)
        ? 'thousandths'
        : 'original-pixels';
  const order = orderSaid(after) ?? (/box_2d/.test(name) || frame === 'thousandths' ? 'yxyx' : 'xyxy');
  return { box: corners(four, order), order, frame };
}

/** The order that words name, `[ymin, xmin, ymax, xmax]` and the like; null where they name none. */
export function orderSaid(words: string): BoxOrder | null {
  const said = words.slice(0, 2000);
  if (/y_?(?:min|0|1)\b\W{1,6}x_?(?:min|0|1)\b\W{1,6}y/i.test(said) || /top\W{1,6}left\W{1,6}bottom/i.test(said))
    return 'yxyx';
  if (
    /x_?(?:min|0|1)\b\W{1,6}y_?(?:min|0|1)\b\W{1,6}x/i.test(said) ||
    /left\W{1,6}(?:top|upper)\W{1,6}right/i.test(said)
  )
    return 'xyxy';
  if (/\bx\W{1,6}y\W{1,6}w(?:idth)?\W{1,6}h/i.test(said)) return 'xywh';
  return null;
}
