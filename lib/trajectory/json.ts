/** JSON that somebody else wrote and that is kept as it is: of any shape, but neither deep nor large (limits.ts). */
import { TRAJECTORY_LIMITS } from './limits';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Whether a value is JSON within the limits. Walks without recursion: what comes from a file may be nested a million deep. */
export function isBoundedJson(value: unknown): value is Json {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  let seen = 0;
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    seen += 1;
    if (seen > TRAJECTORY_LIMITS.jsonValues || one.depth > TRAJECTORY_LIMITS.jsonDepth) return false;
    const { value: current, depth } = one;
    if (current === null || typeof current === 'boolean') continue;
    if (typeof current === 'number') {
      if (!Number.isFinite(current)) return false;
    } else if (typeof current === 'string') {
      if (current.length > TRAJECTORY_LIMITS.text) return false;
    } else if (Array.isArray(current)) {
      for (const inner of current) open.push({ value: inner, depth: depth + 1 });
    } else if (typeof current === 'object') {
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

/** The JSON a text is; null where it is none, or beyond the limits. */
export function readJson(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return isBoundedJson(value) ? value : null;
  } catch {
    return null;
  }
}

/** Characters of every string and key in it. */
export function jsonTextLength(value: Json): number {
  const open: Json[] = [value];
  let length = 0;
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one === 'string') length += one.length;
    else if (Array.isArray(one)) open.push(...(one as readonly Json[]));
    else if (typeof one === 'object' && one !== null) {
      for (const [key, inner] of Object.entries(one)) {
        length += key.length;
        open.push(inner);
      }
    }
  }
  return length;
}
