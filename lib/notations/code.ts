/** Boxes in code that cuts or draws, and numbers in brackets that stand alone. */
import { looksLikeBox } from './keys';
import { numbersIn } from './numbers';
import { labelBefore } from './tags';
import { written, type Found, type Scanner, type Written } from './written';

const N = '[-+]?\\d{1,7}(?:\\.\\d{1,17})?';
const COMMA = '\\s{0,4},\\s{0,4}';
const FOUR = `${N}${COMMA}${N}${COMMA}${N}${COMMA}${N}`;
const PAIRS = `\\(${N}${COMMA}${N}\\)${COMMA}\\(${N}${COMMA}${N}\\)`;

/** Pixels of whatever variable it is; which picture that holds only a run of the code would tell. */
const code = (found: Pick<Found, 'kind' | 'numbers' | 'order' | 'from' | 'to'>): Written =>
  written({ ...found, range: 'pixels', notation: 'code' });

type Kind = { readonly pattern: RegExp; readonly order: Written['order']; readonly arrange?: readonly number[] };

const KINDS: readonly Kind[] = [
  // PIL: left, upper, right, lower; drawing takes the same, also as pairs.
  { pattern: new RegExp(`\\bcrop\\s{0,2}\\(\\s{0,2}[[(]?\\s{0,2}(${FOUR})`, 'g'), order: 'xyxy' },
  { pattern: new RegExp(`\\brectangle\\s{0,2}\\(\\s{0,2}[[(]?\\s{0,2}(${FOUR}|${PAIRS})`, 'g'), order: 'xyxy' },
  // OpenCV: two corners behind the picture.
  { pattern: new RegExp(`\\brectangle\\s{0,2}\\(\\s{0,2}\\w{1,40}${COMMA}(${PAIRS})`, 'g'), order: 'xyxy' },
  // NumPy: rows, then columns.
  {
    pattern:
      /\w\[\s{0,2}(\d{1,6}\s{0,2}:\s{0,2}\d{1,6}\s{0,2},\s{0,2}\d{1,6}\s{0,2}:\s{0,2}\d{1,6})\s{0,2}(?:,[\s:.]{0,6})?\]/g,
    order: 'xyxy',
    arrange: [2, 0, 3, 1],
  },
  // ImageMagick: size, then offset; ffmpeg likewise.
  { pattern: /-crop\s{1,4}['"]?(\d{1,6}x\d{1,6}\+\d{1,6}\+\d{1,6})/g, order: 'xywh', arrange: [2, 3, 0, 1] },
  { pattern: /\bcrop=(\d{1,6}:\d{1,6}:\d{1,6}:\d{1,6})\b/g, order: 'xywh', arrange: [2, 3, 0, 1] },
];

const cuts: Scanner = (text) =>
  KINDS.flatMap(({ pattern, order, arrange }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const four =
        (match[1] ?? '')
          .replace(/\+/g, ' ')
          .match(/-?\d+(?:\.\d+)?/g)
          ?.map(Number) ?? [];
      const numbers = arrange ? arrange.map((at) => four[at] ?? 0) : four;
      if (numbers.length !== 4) return [];
      const { index } = match;
      return [code({ kind: 'box', numbers, order, from: index, to: closed(text, index + match[0].length) })];
    }),
  ).toSorted((a, b) => a.from - b.from);

/** With the brackets that close it. */
function closed(text: string, at: number): number {
  return at + (/^\s{0,2}[)\]]{1,3}/.exec(text.slice(at, at + 6))?.[0].length ?? 0);
}

const CIRCLE = new RegExp(`\\bcircle\\s{0,2}\\(\\s{0,2}\\w{1,40}${COMMA}\\((${N}${COMMA}${N})\\)`, 'g');

const circles: Scanner = (text) =>
  [...text.matchAll(CIRCLE)].map((match) =>
    code({
      kind: 'point',
      numbers: numbersIn(match[1] ?? ''),
      order: 'xy',
      from: match.index,
      to: match.index + match[0].length,
    }),
  );

// --- numbers that nothing names ---

const LISTS = new RegExp(
  `\\[\\s{0,4}\\[\\s{0,4}${FOUR}\\s{0,4}\\](?:\\s{0,4},\\s{0,4}\\[\\s{0,4}${FOUR}\\s{0,4}\\]){0,200}\\s{0,4}\\]|[[(]\\s{0,4}${FOUR}\\s{0,4}[\\])]|\\(\\s{0,4}${N}${COMMA}${N}\\s{0,4}\\)(?:${COMMA}\\(\\s{0,4}${N}${COMMA}${N}\\s{0,4}\\))?`,
  'g',
);
const SAYS_BOX =
  /\b(?:b?box(?:es)?|bounding|region|crop(?:ped)?|coordinates?|coords|rect(?:angle)?|located|location|zoom)\b|_b?box\b/i;
const SAYS_POINT = /\b(?:points?|click(?:ed)?|tap|coordinates?|located|location|center(?:ed)?|centre|position)\b/i;

/** As a box where its line says so, where it is all there is, or where two brackets and three digits do; else it is offered. */
const lists: Scanner = (text) =>
  [...text.matchAll(LISTS)].flatMap((match) => {
    const [whole] = match;
    const from = match.index;
    const to = from + whole.length;
    const line = lineAround(text, from, to);
    if (/^\s*\(/.test(text.slice(to, to + 4)) || /\\boxed\{\s*$/.test(line.before)) return [];
    // What a name or a call has in its hand was looked at by who knows it.
    if (/[\w)\]]\s?$/.test(line.before) && /^[[(]/.test(whole) && !/\s$/.test(line.before)) return [];
    if (/\w\s{0,4}=\s{0,4}[[(]?$/.test(line.before) && !SAYS_BOX.test(line.before)) return [];
    const isPair = /^\([^(]*\)$/.test(whole) && numbersIn(whole).length === 2;
    const words = `${line.before} ${line.after}`;
    const isAlone = line.before.trim() === '' && line.after.trim() === '' && text.trim() === whole.trim();
    const base = { range: null, notation: 'list', from, to } as const;
    if (isPair) {
      if (!SAYS_POINT.test(words)) return [];
      return [written({ kind: 'point', numbers: numbersIn(whole), order: 'xy', ...base })];
    }
    const isDouble = /^\[\s*\[/.test(whole);
    const { label, from: named } = isDouble ? labelBefore(text, from) : { label: '', from };
    return chunksOf(whole).flatMap((numbers) => {
      const fits = looksLikeBox(numbers);
      const isDrawn = SAYS_BOX.test(words) ? numbers.every((one) => one >= 0) : (isAlone || isDouble) && fits;
      if (!isDrawn && !fits) return [];
      return [
        written({
          kind: 'box',
          numbers,
          order: null,
          ...base,
          label,
          from: named,
          bare: !isDrawn,
          ...(isDouble && { range: isDrawn && fits ? rangeOf(numbers) : null }),
        }),
      ];
    });
  });

/** Two brackets are CogVLM's, and GLM's where its tags were left out: up to 999, unless the numbers say otherwise. */
const rangeOf = (numbers: readonly number[]): number | null =>
  numbers.every((one) => Number.isInteger(one) && one <= 999) ? 999 : null;

function chunksOf(text: string): readonly (readonly number[])[] {
  const numbers = numbersIn(text);
  return Array.from({ length: numbers.length / 4 }, (_, at) => numbers.slice(at * 4, at * 4 + 4));
}

/** At most so much of a line is read on either side. */
const NEAR = 240;

export function lineAround(
  text: string,
  from: number,
  to: number,
): { readonly before: string; readonly after: string } {
  const before = text.slice(Math.max(0, from - NEAR), from);
  const after = text.slice(to, to + NEAR);
  const end = after.indexOf('\n');
  return { before: before.slice(before.lastIndexOf('\n') + 1), after: end < 0 ? after : after.slice(0, end) };
}

export const CODE_SCANNERS: readonly Scanner[] = [cuts, circles, lists];
