/** What a text says of its own numbers: a comment that names their order, a sentence that names their range. */
import { lineAround } from './code';
import type { Order, Range } from './written';

const NAME = '[A-Za-z][\\w ]{0,14}';
const NAMES = new RegExp(`${NAME}\\s{0,2},\\s{0,2}${NAME}(?:\\s{0,2},\\s{0,2}${NAME}\\s{0,2},\\s{0,2}${NAME})?`, 'g');

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:cx|x_?c|x_?cent(?:er|re)|cent(?:er|re)_?x)$/, 'c'],
  [/^(?:cy|y_?c|y_?cent(?:er|re)|cent(?:er|re)_?y)$/, 'd'],
  [/^(?:x|x_?\d|x_?min|x_?max|min_?x|max_?x|left|right|(?:top|bottom)_?(?:left|right)_?x|l|r)$/, 'x'],
  [/^(?:y|y_?\d|y_?min|y_?max|min_?y|max_?y|top|bottom|upper|lower|(?:top|bottom)_?(?:left|right)_?y|t|b|u)$/, 'y'],
  [/^(?:w|width)$/, 'w'],
  [/^(?:h|height)$/, 'h'],
];

const ORDERS: Readonly<Record<string, Order>> = {
  xyxy: 'xyxy',
  yxyx: 'yxyx',
  xywh: 'xywh',
  cdwh: 'cxcywh',
  xy: 'xy',
  yx: 'yx',
};

const kindOf = (name: string): string => KINDS.find(([pattern]) => pattern.test(name.trim().toLowerCase()))?.[1] ?? '?';

/** Every order that a text names. */
export function ordersIn(text: string): readonly Order[] {
  return [...text.matchAll(NAMES)].flatMap(([names]) => {
    const kinds = names.split(',').map((name) => kindOf(name.trim().replace(/^.*\s/, '') || name));
    // Of four names that are no order the first two may still be one; what stands before the first is prose.
    const order = ORDERS[kinds.join('')];
    return order ? [order] : [];
  });
}

/** The order that a place's own line names, or the line above it where that is a comment. */
export function orderNear(text: string, from: number, to: number, isBox: boolean): Order | null {
  const { before, after } = lineAround(text, from, to);
  const above = text.slice(0, Math.max(0, from - before.length - 1));
  const comment =
    /^\s*(?:#|\/\/|--|\/\*)(.{0,200})$/.exec(above.slice(Math.max(0, above.lastIndexOf('\n') + 1)))?.[1] ?? '';
  for (const words of [after, before, comment]) {
    const found = ordersIn(words).find((order) => order.length > 2 === isBox);
    if (found) return found;
  }
  return null;
}

/** The one order that the whole text names, where it names one. */
export function orderOfAll(text: string, isBox: boolean): Order | null {
  const named = new Set(ordersIn(text).filter((order) => order.length > 2 === isBox));
  return named.size === 1 ? ([...named][0] ?? null) : null;
}

const RANGES: readonly (readonly [RegExp, Range])[] = [
  [
    /\b0\s?(?:-|–|to|\.\.|~|,)\s?1,?000\b|thousandths|normali[sz]ed to 1,?000|\b1000[- ]?(?:scale|grid)|\/\s?1000(?:\.0)?\s?\*/i,
    1000,
  ],
  [/\b0\s?(?:-|–|to|\.\.|~)\s?999\b/i, 999],
  [/\b0(?:\.0)?\s?(?:-|–|to|\.\.|~)\s?1(?:\.0)?\b(?![\d.])|normali[sz]ed (?:to|between|in) \[?0/i, 1],
  [/\b(?:in|as|absolute) pixels?\b|\bpixel coordinates?\b/i, 'pixels'],
];

/** The one range that the whole text names, where it names one. */
export function rangeOfAll(text: string): Range | null {
  const named = RANGES.filter(([pattern]) => pattern.test(text)).map(([, range]) => range);
  return named.length === 1 ? (named[0] ?? null) : null;
}
