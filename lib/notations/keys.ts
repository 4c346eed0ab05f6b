/**
 * Boxes under a name, as JSON, JavaScript or Python has it: `"bbox_2d": [1, 2, 3, 4]`, `box_2d: […]`, `sign_bbox = […]`, `{"x_min": …}`. Read by
 * place, not parsed as a whole: an answer that was cut still gives its complete objects.
 */
import { numbersByEdge } from './edge-names';
import { bracketEnd, shapesIn } from './numbers';
import { written, type Found, type Scanner, type Written } from './written';

const KEY = /(["'`]?)([A-Za-z_][\w \-]{0,60})\1\s{0,4}([:=])\s{0,4}["']?(?=[[({])/g;

type About = Pick<Found, 'order' | 'range' | 'notation'> & { readonly wants: Written['kind'] | null };

/** What a key says of the numbers under it; null where it says that they are something else, or nothing. */
function aboutKey(key: string, isQuoted: boolean): About | null {
  const name = key
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  const key4 = { order: 'xyxy', range: null, notation: 'key', wants: 'box' } as const;
  if (/^box_?2d$/.test(name)) return { order: 'yxyx', range: 1000, notation: 'box-2d', wants: 'box' };
  if (/^bbox_?2d$/.test(name)) return { ...key4, notation: 'bbox-2d' };
  if (/^points?_2d$/.test(name)) return { order: 'xy', range: null, notation: 'bbox-2d', wants: 'point' };
  if (name === 'point') return { order: 'yx', range: 1000, notation: 'gemini-point', wants: 'point' };
  if (/^(?:key_?)?points?$|^(?:click|tap|target_point|coordinate|center_point|start_coordinate)$/.test(name))
    return { order: 'xy', range: null, notation: 'key', wants: name === 'coordinate' ? null : 'point' };
  if (/^(?:polygons?|poly|segmentation|contour|quad)$/.test(name))
    return { order: 'xy', range: null, notation: 'key', wants: 'polygon' };
  if (/(?:^|_)(?:region|screenshot_region)$/.test(name)) return { ...key4, range: 'pixels' };
  if (/(?:^|_)(?:b?box(?:es)?|bounding_box(?:es)?|rect(?:angle)?s?|crop|coord(?:inate)?s|location|area)$/.test(name))
    return key4;
  // Amazon Nova has the thing's own name as the key. What is a list of anything else by its name is none.
  if (
    !isQuoted ||
    /score|logit|prob|ids?$|token|shape|size|count|value|index|indices|color|colour|rgba?|data|vector|embed|box_?3d|date|version|step|page|number|list|row|col|answer|option|range|stats|history/.test(
      name,
    )
  )
    return null;
  return { order: 'xyxy', range: null, notation: 'named', wants: 'box' };
}

const keyed: Scanner = (text) =>
  [...text.matchAll(KEY)].flatMap((match) => {
    const [whole, quote = '', key = '', sign = ''] = match;
    const about = aboutKey(key, quote !== '' && sign === ':');
    const begin = match.index + whole.length;
    const end = about && bracketEnd(text, begin);
    if (!about || end == null) return [];
    const content = text.slice(begin, end);
    const { wants, ...rest } = about;
    const shapes = shapesIn(content, wants).filter(
      ({ numbers }) => about.notation !== 'named' || looksLikeBox(numbers),
    );
    const object = objectAround(text, match.index, end);
    // Inside GLM's tags, and in lists of lists, `box_2d` is GLM's: x first. Gemini has neither.
    const isGlm = about.notation === 'box-2d' && (isInGlmBox(text, match.index) || /^\s*\[\s*\[/.test(content));
    const glm = { order: 'xyxy', range: 999, notation: 'glm' } as const;
    const label = labelIn(object.text) || (about.notation === 'named' ? key : labelOfKey(key, sign));
    const alone = shapes.length === 1 && object.text !== '' && !hasOtherKey(object.text, key);
    return shapes.map((shape) => {
      const order =
        shape.kind === 'box' ? (rest.order === 'xy' ? 'xyxy' : rest.order) : rest.order === 'yx' ? 'yx' : 'xy';
      return written({
        ...shape,
        ...rest,
        order,
        ...(isGlm ? glm : {}),
        label,
        from: alone ? object.from : match.index,
        to: alone ? object.to : end,
      });
    });
  });

/** The name of a variable: `sign_bbox = …` is of the sign. */
function labelOfKey(key: string, sign: string): string {
  return sign === '='
    ? (/^(\w{1,60}?)_(?:b?box|bounding_box|rect|crop|region|coords)$/i.exec(key.trim())?.[1] ?? '')
    : '';
}

/** Corners in order and not all small: numbers that nobody called a box. */
export function looksLikeBox(numbers: readonly number[]): boolean {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = numbers;
  const isFraction = x2 <= 1 && y2 <= 1 && numbers.some((one) => !Number.isInteger(one));
  return numbers.length === 4 && x1 < x2 && y1 < y2 && x1 >= 0 && y1 >= 0 && (isFraction || Math.max(x2, y2) >= 100);
}

function isInGlmBox(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 4000), at);
  return before.lastIndexOf('<|begin_of_box|>') > before.lastIndexOf('<|end_of_box|>');
}

/** How far an object is looked for around its box, in characters. */
const AROUND = 1500;

/** The object that a key stands in; empty where none is, or it is not closed. */
function objectAround(text: string, at: number, end: number) {
  const none = { text: '', from: at, to: end };
  let depth = 0;
  let from = at - 1;
  for (; from >= Math.max(0, at - AROUND); from -= 1) {
    if (text[from] === '}') depth += 1;
    else if (text[from] === '{') {
      if (depth === 0) break;
      depth -= 1;
    }
  }
  if (text[from] !== '{') return none;
  depth = 0;
  for (let to = end; to < Math.min(text.length, end + AROUND); to += 1) {
    if (text[to] === '{') depth += 1;
    else if (text[to] === '}') {
      if (depth === 0) return { text: text.slice(from, to + 1), from, to: to + 1 };
      depth -= 1;
    }
  }
  // Cut before its end: what comes before the box still names it.
  return { text: text.slice(from, end), from: at, to: end };
}

const LABEL =
  /(["'`]?)\b(?:label|sub_label|name|object_name|object|class(?:_name)?|category|caption|text_content|text|description|desc|element|title|target|type)\1\s{0,4}:\s{0,4}(?:"((?:[^"\\]|\\.){0,400})"|'((?:[^'\\]|\\.){0,400})')/;

function labelIn(object: string): string {
  const found = LABEL.exec(object);
  return (found?.[2] ?? found?.[3] ?? '').replace(/\\(["'\\/])/g, '$1').replace(/\\n/g, ' ');
}

function hasOtherKey(object: string, key: string): boolean {
  const boxes = [...object.matchAll(KEY)].filter((match) => aboutKey(match[2] ?? '', match[1] !== ''));
  return boxes.length > 1 || boxes[0]?.[2] !== key;
}

// --- every edge under a name of its own ---

const FLAT = /(\b\w{1,30})?[{(]([^{}()]{5,600})[})]/g;
const PAIR = /(["'`]?)\b([A-Za-z_]\w{0,20})\1\s{0,2}[:=]\s{0,2}["']?([-+]?(?:\d{1,7}(?:\.\d{1,17})?|\.\d{1,17}))\b/g;

const CLICK = /click|tap|move_?to|drag|press|scroll|point|swipe|long/i;

const edges: Scanner = (text) =>
  [...text.matchAll(FLAT)].flatMap((match) => {
    const [whole, call = '', inside = ''] = match;
    if (!/[xX]|left/.test(inside)) return [];
    const values = new Map(
      [...inside.matchAll(PAIR)].map(([, , name = '', value]) => [name.toLowerCase(), Number(value)]),
    );
    if (values.size < 2) return [];
    const label = labelIn(inside) || (CLICK.test(call) ? call : '');
    const at = { label, range: null, notation: 'edges', from: match.index, to: match.index + whole.length } as const;
    const named = numbersByEdge((name) => values.get(name) ?? null);
    if (named) return [written({ kind: 'box', ...named, ...at })];
    const numbers = ['x', 'y'].flatMap((name) => values.get(name) ?? []);
    const isPoint = numbers.length === 2 && (CLICK.test(call) || isUnderPoints(text, match.index) || label !== '');
    return isPoint ? [written({ kind: 'point', numbers, order: 'xy', ...at })] : [];
  });

function isUnderPoints(text: string, at: number): boolean {
  return /["'`]?(?:points?|keypoints|coordinates?|click|position|center)["'`]?\s{0,4}[:=]/i.test(
    text.slice(Math.max(0, at - 400), at),
  );
}

export const KEY_SCANNERS: readonly Scanner[] = [keyed, edges];

/** Whether the text ends within a box: it was cut at the model's most tokens. */
export function endsWithinBox(text: string): boolean {
  const last = [...text.slice(-400).matchAll(KEY)].at(-1);
  if (!last || !aboutKey(last[2] ?? '', false)) return false;
  return /^[[({][-+\d.,\s[(]*$/.test(text.slice(-400).slice(last.index + last[0].length));
}
