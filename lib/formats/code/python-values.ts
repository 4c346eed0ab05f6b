/** What expressions of a program come to, as far as they are reckoned: numbers, texts, lists and pictures. All else is unknown. */
import type { ImageBox, Size } from '@/lib/geometry';
import type { Shot } from './shot';

export type Value =
  | { readonly is: 'number'; readonly number: number }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'list'; readonly items: readonly Value[] }
  | { readonly is: 'map'; readonly entries: readonly (readonly [Value, Value])[] }
  | { readonly is: 'shot'; readonly shot: Shot }
  /** A name that nothing was assigned to (`PIL.Image.open`), or a method of a value. */
  | { readonly is: 'path'; readonly path: string; readonly of: Value | null }
  | { readonly is: 'unknown' };

export const UNKNOWN: Value = { is: 'unknown' };

/** The program goes beyond what is reckoned here: the statement is passed over. */
export class Beyond extends Error {
  override readonly name = 'Beyond';
}

export const numberValue = (number: number): Value => (Number.isFinite(number) ? { is: 'number', number } : UNKNOWN);
export const textValue = (text: string): Value => ({ is: 'text', text });
export const listValue = (items: readonly Value[]): Value => ({ is: 'list', items });
export const shotValue = (shot: Shot): Value => ({ is: 'shot', shot });

export function itemsOf(value: Value | undefined): readonly Value[] | null {
  if (value?.is === 'list') return value.items;
  if (value?.is === 'map') return value.entries.map(([key]) => key);
  return null;
}

export function numbersIn(value: Value | undefined): readonly number[] | null {
  const items = itemsOf(value);
  if (!items) return null;
  const flat = items.flatMap((item) => (item.is === 'list' ? item.items : [item]));
  const numbers = flat.flatMap((item) => (item.is === 'number' ? [item.number] : []));
  return numbers.length === flat.length ? numbers : null;
}

/** Left, upper, right, lower. */
export function boxIn(value: Value | undefined): ImageBox | null {
  const numbers = numbersIn(value);
  if (numbers?.length !== 4) return null;
  const [x1, y1, x2, y2] = numbers as [number, number, number, number];
  return { x1, y1, x2, y2 };
}

export function sizeIn(value: Value | undefined): Size | null {
  const numbers = numbersIn(value);
  if (numbers?.length !== 2) return null;
  const [width, height] = numbers as [number, number];
  return width > 0 && height > 0 ? { width: Math.round(width), height: Math.round(height) } : null;
}

export const textIn = (value: Value | undefined): string => (value?.is === 'text' ? value.text : '');
