/** Numbers in brackets, as models write places: `[1,2,3,4]`, `(1,2),(3,4)`, `1 2 3 4`, `<1><2><3><4>`, lists of such. */
import type { Written } from './written';

const NUMBER = /[-+]?(?:\d{1,7}(?:\.\d{0,17})?|\.\d{1,17})/g;

/** Nothing but numbers and what stands between them. */
const NUMERIC = /^[-+\d.,;:\s[\](){}<>|]*$/;

export function numbersIn(text: string): readonly number[] {
  return (text.match(NUMBER) ?? []).map(Number);
}

export type Shape = Pick<Written, 'kind' | 'numbers'>;

/** Lists of numbers in a text that holds nothing else, innermost brackets first; null where there is more in it than numbers. */
export function listsIn(content: string): readonly (readonly number[])[] | null {
  if (!NUMERIC.test(content) || !/\d/.test(content)) return null;
  const groups = content.match(/[[({][^[\](){}]*[\])}]/g)?.map(numbersIn) ?? [];
  const lists = groups.filter((group) => group.length > 0);
  return lists.length > 0 ? lists : [numbersIn(content)];
}

/** What lists of numbers draw, where a tag or a key says that they are places; empty where they fit nothing. */
export function shapesIn(content: string, wants: Written['kind'] | null = null): readonly Shape[] {
  const lists = listsIn(content);
  if (!lists) return [];
  if (lists.every((list) => list.length === 2)) return ofPairs(lists, wants);
  return lists.flatMap((list) => ofList(list, wants));
}

/** `(1,2),(3,4)` is a box; one pair is a point; three and more are the corners of a polygon, unless points are wanted. */
function ofPairs(pairs: readonly (readonly number[])[], wants: Written['kind'] | null): readonly Shape[] {
  const numbers = pairs.flat();
  if (pairs.length === 1 || wants === 'point') return pairs.map((pair) => ({ kind: 'point', numbers: pair }));
  if (pairs.length === 2 && wants !== 'polygon') return [{ kind: 'box', numbers }];
  if (wants === 'box' && pairs.length % 2 === 0 && pairs.length > 4) return chunks(numbers, 4).map(box);
  return pairs.length >= 3 ? [{ kind: 'polygon', numbers }] : [];
}

const box = (numbers: readonly number[]): Shape => ({ kind: 'box', numbers });

function ofList(list: readonly number[], wants: Written['kind'] | null): readonly Shape[] {
  const { length } = list;
  if (wants === 'polygon') return length >= 6 && length % 2 === 0 ? [{ kind: 'polygon', numbers: list }] : [];
  if (wants === 'point') return length % 2 === 0 ? chunks(list, 2).map((numbers) => ({ kind: 'point', numbers })) : [];
  if (length === 4) return [box(list)];
  if (length === 2 && wants === null) return [{ kind: 'point', numbers: list }];
  if (length === 8 && wants === null) return [{ kind: 'polygon', numbers: list }];
  return wants === 'box' && length > 4 && length % 4 === 0 ? chunks(list, 4).map(box) : [];
}

export function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.floor(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
}

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };
/** The longest list of numbers that is read as one. */
const LONGEST = 20_000;

/** Where the bracket that opens at `from` is closed; null where it is not, or holds more than numbers. */
export function bracketEnd(text: string, from: number): number | null {
  const open: string[] = [];
  const last = Math.min(text.length, from + LONGEST);
  for (let at = from; at < last; at += 1) {
    const letter = text[at] ?? '';
    const close = CLOSING[letter];
    if (close !== undefined) open.push(close);
    else if (letter === open.at(-1)) {
      open.pop();
      if (open.length === 0) return at + 1;
    } else if (!/[-+\d.,;\s]/.test(letter)) return null;
  }
  return null;
}
