/** JSON that somebody else wrote and that is kept as it is: of any shape, but neither deep nor large (limits.ts). */
import { TRAJECTORY_LIMITS } from './limits';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Whether a value is JSON within the limits. Walks without recursion: what comes from a file may be nested a million deep. */
export function isBoundedJson(value: unknown): value is Json {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  let left: number = TRAJECTORY_LIMITS.jsonValues;
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    left -= 1;
    if (left < 0 || one.depth > TRAJECTORY_LIMITS.jsonDepth) return false;
    const { value: current, depth } = one;
    if (current === null || typeof current === 'boolean') continue;
    if (typeof current === 'number') {
      if (!Number.isFinite(current)) return false;
    } else if (typeof current === 'string') {
      if (current.length > TRAJECTORY_LIMITS.text) return false;
    } else if (Array.isArray(current)) {
      // Before it is walked: a list may claim a thousand million holes.
      if (current.length > left) return false;
      for (const inner of current) open.push({ value: inner, depth: depth + 1 });
    } else if (typeof current === 'object' && isPlain(current)) {
      for (const [key, inner] of Object.entries(current)) {
        if (key.length > TRAJECTORY_LIMITS.name) return false;
        open.push({ value: inner, depth: depth + 1 });
      }
    } else {
      return false;
    }
  }
  return true;
}

/** Dates, maps and their like turn into something else on their way through JSON. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Of whatever realm: `Object.prototype` is the one that has none itself.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The JSON a text is; null where it is none, or beyond the limits. */
export function readJson(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return isBoundedJson(value) ? value : null;
  } catch {
    return null;
  }
}

/** Characters of all strings in a value, and of all keys. */
export function charactersOf(value: unknown): { readonly strings: number; readonly keys: number } {
  const open: unknown[] = [value];
  let strings = 0;
  let keys = 0;
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one === 'string') strings += one.length;
    else if (Array.isArray(one)) for (const inner of one) open.push(inner);
    else if (typeof one === 'object' && one !== null) {
      for (const [key, inner] of Object.entries(one)) {
        keys += key.length;
        open.push(inner);
      }
    }
  }
  return { strings, keys };
}
