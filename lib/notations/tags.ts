/** Boxes, points and polygons between tags of their own: what such a tag means is settled by whoever trained the model on it. */
import { chunks, numbersIn, shapesIn } from './numbers';
import { written, type Found, type Range, type Scanner, type Written } from './written';

interface Tag {
  readonly open: string;
  readonly close: string;
  readonly wants: Written['kind'] | null;
  readonly range: Range | null;
  readonly notation: Written['notation'];
  /** Only what stands in brackets: these tags hold other answers too. */
  readonly bracketed?: true;
}

const TAGS: readonly Tag[] = [
  // Qwen2-VL, UI-TARS, Rex-Omni
  { open: '<|box_start|>', close: '<|box_end|>', wants: null, range: null, notation: 'tag' },
  { open: '<|quad_start|>', close: '<|quad_end|>', wants: 'polygon', range: 1000, notation: 'tag' },
  // Qwen-VL, InternVL, MiniCPM-V
  { open: '<box>', close: '</box>', wants: 'box', range: 1000, notation: 'tag' },
  { open: '<quad>', close: '</quad>', wants: 'polygon', range: 1000, notation: 'tag' },
  // GLM-4.xV
  { open: '<|begin_of_box|>', close: '<|end_of_box|>', wants: null, range: 999, notation: 'glm', bracketed: true },
  // DeepSeek-VL2, DeepSeek-OCR
  { open: '<|det|>', close: '<|/det|>', wants: 'box', range: 999, notation: 'tag' },
  // Doubao Seed
  { open: '<bbox>', close: '</bbox>', wants: 'box', range: 999, notation: 'tag' },
  { open: '<point>', close: '</point>', wants: 'point', range: 999, notation: 'tag' },
  { open: '<polygon>', close: '</polygon>', wants: 'polygon', range: 999, notation: 'tag' },
];

/** Names come right before their boxes. */
const NAMES = [
  ['<|object_ref_start|>', '<|object_ref_end|>'],
  ['<|ref|>', '<|/ref|>'],
  ['<ref>', '</ref>'],
  ['<phrase>', '</phrase>'],
] as const;

const escaped = (text: string): string => text.replace(/[|/\\^$.*+?()[\]{}]/g, '\\$&');
const NAME = `(?:(?:${NAMES.map(([open, close]) => `${escaped(open)}([^<]{0,400})${escaped(close)}`).join('|')})\\s{0,4})?`;
const namePattern = (rest: string): RegExp => new RegExp(NAME + rest, 'g');

/** Of a match of `namePattern`: the name, and what `rest` caught. */
function nameAndRest(match: RegExpMatchArray): { readonly name: string | undefined; readonly rest: readonly string[] } {
  const groups = match.slice(1) as (string | undefined)[];
  const name = groups
    .slice(0, NAMES.length)
    .find((one) => one !== undefined)
    ?.trim();
  return { name, rest: groups.slice(NAMES.length).map((one) => one ?? '') };
}

/** One name may stand before several boxes. */
function named<T extends { readonly from: number; readonly to: number; readonly name: string | undefined }>(
  text: string,
  matches: readonly T[],
): readonly (T & { readonly label: string })[] {
  let before: { to: number; label: string } | null = null;
  return matches.map((match) => {
    const goes = before !== null && /^[\s,;]{0,4}$/.test(text.slice(before.to, match.from));
    const label = match.name ?? (goes ? (before?.label ?? '') : '');
    before = { to: match.to, label };
    return { ...match, label };
  });
}

/** Rex-Omni: numbers in angle brackets, four a box, two a point, six and more a polygon; lists are separated by commas. */
const ANGLED = /^(?:<\d{1,4}>)+$/;

function shapesBetween(content: string, { wants, bracketed }: Tag) {
  const parts = content.split(',').map((part) => part.trim());
  if (parts.every((part) => ANGLED.test(part))) {
    return parts.flatMap((part) => {
      const numbers = numbersIn(part);
      if (numbers.length === 4 || numbers.length === 2) return shapesIn(numbers.join(' '), null);
      return shapesIn(numbers.join(' '), 'polygon');
    });
  }
  const isBracketed = /^\s*[[(<]/.test(content);
  if (bracketed && !isBracketed) return [];
  return shapesIn(bracketed ? content.replace(/</g, '[').replace(/>/g, ']') : content, wants);
}

const isAngledBox = (content: string): boolean => /^\s*<\d{1,4}>/.test(content);

/** What stands between one kind of tags; a closing tag may be missing at the very end, where an answer was cut. */
const between =
  (tag: Tag): Scanner =>
  (text) => {
    if (!text.includes(tag.open)) return [];
    const pattern = namePattern(
      `${escaped(tag.open)}((?:(?!${escaped(tag.open)})[^]){1,20000}?)(?:${escaped(tag.close)}|$)`,
    );
    const matches = [...text.matchAll(pattern)].map((match) => {
      const { name, rest } = nameAndRest(match);
      return { name, content: rest[0] ?? '', from: match.index, to: match.index + match[0].length };
    });
    return named(text, matches).flatMap(({ content, label, from, to }) =>
      shapesBetween(content, tag).map((shape) =>
        written({
          ...shape,
          order: shape.kind === 'box' ? 'xyxy' : 'xy',
          range: tag.open === '<|box_start|>' ? (isAngledBox(content) ? 999 : 1000) : tag.range,
          notation: tag.notation,
          label,
          from,
          to,
        }),
      ),
    );
  };

// --- Actions of UI-TARS ---

const ACTION = /(?:\b(\w{1,30})\(\s{0,2})?\b(?:start|end)_(?:box|point)\s{0,2}=\s{0,2}(['"])([^'"]{1,120})\2/g;

const uiTars: Scanner = (text) =>
  [...text.matchAll(ACTION)].flatMap((match) => {
    const inner = (match[3] ?? '').replace(/<\|?\/?(?:box_start|box_end|box|bbox|point)\|?>/g, ' ');
    return shapesIn(inner).map((shape) =>
      written({
        ...shape,
        order: shape.kind === 'box' ? 'xyxy' : 'xy',
        range: null,
        notation: 'ui-tars',
        label: match[1] ?? '',
        from: match.index,
        to: match.index + match[0].length,
      }),
    );
  });

// --- Molmo ---

const MOLMO = /<(points?|tracks)\b([^<>]{1,20000})>(?:([^<]{0,400})<\/\1>)?/g;
const ATTRIBUTE = /\b(x|y)(\d{0,4})\s{0,2}=\s{0,2}["']?([-+]?\d{1,6}(?:\.\d{1,12})?)["']?/g;

const molmo: Scanner = (text) =>
  [...text.matchAll(MOLMO)].flatMap((match) => {
    const [whole, , attributes = '', inner = ''] = match;
    const at = { from: match.index, to: match.index + whole.length };
    const alt = /\balt\s{0,2}=\s{0,2}"([^"]{0,400})"/.exec(attributes)?.[1] ?? inner;
    const point = (numbers: readonly number[], range: number, image: number | null, label: string): Written =>
      written({
        kind: 'point',
        numbers,
        order: 'xy',
        range,
        image,
        notation: 'bins',
        closed: true,
        label: label.trim(),
        ...at,
      });
    const coords = /\bcoords\s{0,2}=\s{0,2}"([^"]{1,20000})"/.exec(attributes)?.[1];
    if (coords !== undefined) return coordsIn(coords).map(({ xy, image }) => point(xy, 1000, image, alt));
    // An older Molmo 2: a name, a tab, and the same list.
    const tabbed = /^\s{0,4}([^\t<>"=]{1,200})\t-?\t?([\d.\s;\t]{3,20000})\/?$/.exec(attributes);
    if (tabbed) return coordsIn(tabbed[2] ?? '').map(({ xy, image }) => point(xy, 1000, image, tabbed[1] ?? ''));
    const xs = new Map<string, number>();
    return [...attributes.matchAll(ATTRIBUTE)].flatMap(([, axis, index = '', value]) => {
      if (axis === 'x') {
        xs.set(index, Number(value));
        return [];
      }
      const x = xs.get(index);
      return x === undefined ? [] : [point([x, Number(value)], 100, null, alt)];
    });
  });

/** `image id x y id x y; image …`: pictures are separated by semicolons or tabs. */
function coordsIn(coords: string): readonly { readonly xy: readonly number[]; readonly image: number }[] {
  return coords.split(/[;\t]/).flatMap((part) => {
    const [image = 1, ...rest] = numbersIn(part);
    return chunks(rest, 3).map(([, x = 0, y = 0]) => ({ xy: [x, y], image: Math.max(1, Math.trunc(image)) }));
  });
}

// --- Location tokens ---

const DOC_TAGS =
  'picture|text|table|title|caption|list_item|section_header(?:_level_\\d)?|page_header|page_footer|footnote|formula|code|chart|otsl|paragraph|checkbox_(?:un)?selected|form|key_value_region|document_index|inline';

const bins = (found: Omit<Found, 'notation' | 'closed'>): Written =>
  written({ ...found, notation: 'bins', closed: true });

/** PaliGemma: y first, 1024 bins, the name behind. */
const paliGemma: Scanner = (text) =>
  [...text.matchAll(/((?:<loc\d{4}>){4})(?:<seg\d{3}>)*[ \t]{0,4}([^<;\n]{0,200})/g)].map((match) =>
    bins({
      kind: 'box',
      numbers: numbersIn(match[1] ?? ''),
      order: 'yxyx',
      range: 1024,
      label: (match[2] ?? '').trim(),
      from: match.index,
      to: match.index + match[0].trimEnd().length,
    }),
  );

/** Florence-2, and SmolDocling, whose tag of the document's part says that there are 500 bins instead. */
const florence: Scanner = (text) =>
  [...text.matchAll(new RegExp(`(?:<(${DOC_TAGS})>)?((?:<loc_\\d{1,3}>){2,400})`, 'g'))].flatMap((match) => {
    const [whole, part, tokens = ''] = match;
    const before = part === undefined ? labelBefore(text, match.index) : { label: part, from: match.index };
    const numbers = numbersIn(tokens.replace(/loc_/g, ''));
    const at = { from: before.from, to: match.index + whole.length, label: before.label };
    const range = part === undefined ? 1000 : 500;
    if (numbers.length === 4) return [bins({ kind: 'box', numbers, order: 'xyxy', range, ...at })];
    if (numbers.length === 2) return [bins({ kind: 'point', numbers, order: 'xy', range, ...at })];
    // More boxes of one name lie one behind the other; else the corners of one shape do.
    if (numbers.length % 4 === 0 && numbers.length > 8)
      return chunks(numbers, 4).map((four) => bins({ kind: 'box', numbers: four, order: 'xyxy', range, ...at }));
    return numbers.length % 2 === 0 ? [bins({ kind: 'polygon', numbers, order: 'xy', range, ...at })] : [];
  });

/** The words right before a place: those of the line since the last tag or bracket. */
export function labelBefore(text: string, at: number): { readonly label: string; readonly from: number } {
  const line = text.slice(Math.max(0, at - 80), at);
  const words = /[^\n<>[\]{}().,;:|]{1,60}$/.exec(line)?.[0] ?? '';
  return { label: words.trim(), from: at - words.trimStart().length };
}

/** Kosmos-2: the cells of the corners in a grid of 32; where they differ, a corner is the middle of its cell. */
const kosmos: Scanner = (text) => {
  const pattern = namePattern('<object>((?:<patch_index_\\d{4}>|</delimiter_of_multi_objects/>){2,400})</object>');
  return [...text.matchAll(pattern)].flatMap((match) => {
    const { name = '', rest } = nameAndRest(match);
    return chunks(numbersIn((rest[0] ?? '').replace(/patch_index_/g, '')), 2).map(([first = 0, last = 0]) => {
      const [left, top] = [first % 32, Math.floor(first / 32)];
      const [right, bottom] = [last % 32, Math.floor(last / 32)];
      const side = (a: number, b: number) => (a === b ? [a, a + 1] : [a + 0.5, b + 0.5]);
      const [[x1 = 0, x2 = 0], [y1 = 0, y2 = 0]] = [side(left, right), side(top, bottom)];
      const at = { from: match.index, to: match.index + match[0].length };
      return bins({ kind: 'box', numbers: [x1, y1, x2, y2], order: 'xyxy', range: 32, label: name, ...at });
    });
  });
};

export const TAG_SCANNERS: readonly Scanner[] = [uiTars, molmo, paliGemma, florence, kosmos, ...TAGS.map(between)];
