/**
 * What models write as JSON and evaluations read with Python's `eval`: JSON, or Python's way of writing the same (single quotes, None, True,
 * tuples, commas at the end). Parsed by hand, within bounds, and never evaluated.
 */
import { TRAJECTORY_LIMITS, type Json } from '@/lib/trajectory';

export interface LenientValue {
  readonly value: Json;
  /** Where the text goes on behind it. */
  readonly end: number;
}

export interface LenientLimits {
  readonly depth: number;
  readonly values: number;
}

const USUAL: LenientLimits = { depth: TRAJECTORY_LIMITS.jsonDepth, values: TRAJECTORY_LIMITS.jsonValues };

/** The value that begins at `from` (white space before it is passed over); null where none does, or it is too deep or too large. */
export function readLenient(text: string, from = 0, limits: LenientLimits = USUAL): LenientValue | null {
  const reader = new Reader(text, from, limits);
  const value = reader.value(0);
  return value === undefined ? null : { value, end: reader.at };
}

/** The first object in the text that can be read; what stands around it is passed over. */
export function objectIn(text: string): { readonly [key: string]: Json } | null {
  // A few tries are enough for what a model writes, and keep a text of braces from being read a thousand times.
  for (let at = text.indexOf('{'), tries = 0; at >= 0 && tries < 8; at = text.indexOf('{', at + 1), tries += 1) {
    const read = readLenient(text, at);
    if (read) return read.value as { readonly [key: string]: Json }; // it began with a brace
  }
  return null;
}

const WORDS: Readonly<Record<string, Json>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  null: null,
  None: null,
  nan: null,
  NaN: null,
  inf: null,
};

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

class Reader {
  at: number;
  private left: number;

  constructor(
    private readonly text: string,
    from: number,
    private readonly limits: LenientLimits,
  ) {
    this.at = from;
    this.left = limits.values;
  }

  value(depth: number): Json | undefined {
    this.left -= 1;
    if (this.left < 0 || depth > this.limits.depth) return undefined;
    this.space();
    const first = this.text[this.at];
    if (first === '{') return this.object(depth);
    if (first === '[' || first === '(') return this.list(depth, first === '[' ? ']' : ')');
    if (first === '"' || first === "'") return this.string(first);
    return this.plain();
  }

  private object(depth: number): Json | undefined {
    this.at += 1;
    // No prototype: a key may be `__proto__`.
    const object = Object.create(null) as Record<string, Json>;
    for (;;) {
      this.space();
      if (this.take('}')) return { ...object };
      const quote = this.text[this.at];
      const key = quote === '"' || quote === "'" ? this.string(quote) : undefined;
      this.space();
      if (key === undefined || !this.take(':')) return undefined;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      object[key] = value;
      this.space();
      if (!this.take(',') && this.text[this.at] !== '}') return undefined;
    }
  }

  private list(depth: number, close: string): Json | undefined {
    this.at += 1;
    const list: Json[] = [];
    for (;;) {
      this.space();
      if (this.take(close)) return list;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      list.push(value);
      this.space();
      if (!this.take(',') && this.text[this.at] !== close) return undefined;
    }
  }

  private string(quote: string): string | undefined {
    let read = '';
    let from = this.at + 1;
    for (let at = from; at < this.text.length; at += 1) {
      const letter = this.text[at];
      if (letter === quote) {
        this.at = at + 1;
        return read + this.text.slice(from, at);
      }
      if (letter !== '\\') continue;
      const escaped = this.text[at + 1] ?? '';
      const code = /^[xu]/.test(escaped) ? this.text.slice(at + 2, at + (escaped === 'x' ? 4 : 6)) : '';
      const isCode = /^([0-9a-f]{2}|[0-9a-f]{4})$/i.test(code);
      read +=
        this.text.slice(from, at) + (isCode ? String.fromCharCode(parseInt(code, 16)) : (ESCAPES[escaped] ?? escaped));
      at += 1 + (isCode ? code.length : 0);
      from = at + 1;
    }
    return undefined;
  }

  private plain(): Json | undefined {
    const word = /^(?:[A-Za-z]+|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(
      this.text.slice(this.at, this.at + 64),
    )?.[0];
    if (word === undefined) return undefined;
    this.at += word.length;
    if (Object.hasOwn(WORDS, word)) return WORDS[word];
    const number = Number(word);
    return Number.isFinite(number) && /[0-9]/.test(word) ? number : undefined;
  }

  private take(letter: string): boolean {
    if (this.text[this.at] !== letter) return false;
    this.at += 1;
    return true;
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
  }
}
