/**
 * From the text of a call in Gemma 4's form to what it asks for (docs/protocol.md M4): `call:name{key:value,…}`, with `<|"|>` around
 * texts and keys bare. Read generously: ends that are missing end with the text, and JSON's own quotes are quotes. A call in JSON is
 * read as JSON.
 */
import type { ReadCall } from '../contract';
import { readJsonCall } from '../read-call';

export const QUOTE = '<|"|>';

const CALL = /^\s*call:\s*([\w.-]+)\s*(?=\{)/;

/** A call holds a list of numbers; what is nested deeper than this is none. */
const DEEPEST = 8;

export function readGemmaCall(written: string): ReadCall {
  const [whole, name] = CALL.exec(written) ?? [];
  if (whole === undefined || name === undefined) return readJsonCall(written);
  const input = readValue(written.slice(whole.length));
  // What a call may hold, and how large it may be, is one question, answered in one place.
  return readJsonCall(JSON.stringify({ name, arguments: input }));
}

/** The value that a text begins with; null for one that is nested too deeply. */
function readValue(text: string): unknown {
  let at = 0;

  const skip = (): void => {
    while (/\s/.test(text.charAt(at))) at += 1;
  };
  /** Whether the sign is next; it is passed over. */
  const take = (sign: string): boolean => {
    skip();
    if (!text.startsWith(sign, at)) return false;
    at += sign.length;
    return true;
  };
  /** Up to the sign and past it, or to the end. */
  const upTo = (sign: string): string => {
    const end = text.indexOf(sign, at);
    const found = text.slice(at, end < 0 ? text.length : end);
    at = end < 0 ? text.length : end + sign.length;
    return found;
  };

  function quoted(): string | null {
    if (take(QUOTE)) return upTo(QUOTE);
    skip();
    const [json] = /^"(?:[^"\\]|\\.)*"/s.exec(text.slice(at)) ?? [];
    if (json === undefined) return null;
    at += json.length;
    return String(asJson(json));
  }
  function bare(ends: RegExp): string {
    const [found = ''] = ends.exec(text.slice(at)) ?? [];
    at += found.length;
    return found.trim();
  }

  function value(depth: number): unknown {
    if (depth > DEEPEST) throw new RangeError('nested too deeply');
    if (take('{')) return object(depth);
    if (take('[')) return list(depth);
    return quoted() ?? asJson(bare(/^[^,\]}]*/));
  }
  function object(depth: number): unknown {
    const entries = new Map<string, unknown>();
    while (!take('}') && at < text.length) {
      const key = quoted() ?? bare(/^[^:,}]*/);
      const one = take(':') ? value(depth + 1) : null;
      // Of a name that comes twice the first counts.
      if (key !== '' && !entries.has(key)) entries.set(key, one);
      if (!take(',') && !/^\s*(?:\}|$)/.test(text.slice(at))) at += 1;
    }
    return Object.fromEntries(entries);
  }
  function list(depth: number): unknown {
    const items: unknown[] = [];
    while (!take(']') && at < text.length) {
      items.push(value(depth + 1));
      if (!take(',') && !/^\s*(?:\]|$)/.test(text.slice(at))) at += 1;
    }
    return items;
  }

  try {
    return value(0);
  } catch {
    return null;
  }
}

/** As JSON; a text where it is none. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
