/** Looking into JSON of any shape without trusting it. */
import type { Json } from '@/lib/trajectory';

export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A text, a number or a truth value as words; empty where it is neither. */
export function scalarText(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A text, a number as one, or each of a list of them; what is empty is none. */
export function textsOf(value: Json | undefined): readonly string[] {
  if (isList(value)) return value.slice(0, 100).flatMap((one) => (isList(one) ? [] : textsOf(one)));
  const text = typeof value === 'number' ? String(value) : textOf(value);
  return text === '' ? [] : [text];
}

/** A finite number, also where it stands in a string. */
export function numberOf(value: Json | undefined): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Four numbers, also in a text, or a list of one such list; null where it is none. */
export function fourNumbers(value: Json | undefined): readonly [number, number, number, number] | null {
  if (typeof value === 'string') return fourNumbers(numbersIn(value));
  if (!isList(value)) return null;
  if (value.length === 1 && isList(value[0])) return fourNumbers(value[0]);
  if (value.length === 2 && isList(value[0]) && isList(value[1])) return fourNumbers([...value[0], ...value[1]]);
  if (value.length !== 4) return null;
  const [a, b, c, d] = value.map((one) => numberOf(one));
  return a == null || b == null || c == null || d == null ? null : [a, b, c, d];
}

/** Of a text that holds nothing but numbers, brackets and commas. */
function numbersIn(text: string): readonly Json[] | undefined {
  if (text.length > 200 || !/^[\s[\](){},;\d.+-]+$/.test(text)) return undefined;
  return text.match(/[-+]?(?:\d+\.?\d*|\.\d+)/g)?.map(Number);
}
