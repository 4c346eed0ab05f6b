/**
 * Where records lie in a file of JSON: lines, elements of one array, or one value alone. Bytes are looked at once and none are kept, so that a
 * file of any size is opened; a record is read again by its place when it is needed. What is nested too deep or is too long is never parsed.
 */
import type { Json } from '@/lib/trajectory';
import type { FormatProblem } from '../contract';
import { readLenient } from '../lenient-json';

export interface RecordPlace {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** How deep its lists and objects are nested. */
  readonly depth: number;
}

export interface RecordIndex {
  /** `one`: the file is one value. */
  readonly kind: 'lines' | 'array' | 'one';
  readonly records: readonly RecordPlace[];
}

export const RECORD_LIMITS = {
  /** Bytes of a record. */
  bytes: 64 * 1024 * 1024,
  depth: 100,
  records: 1_000_000,
} as const;

const CHUNK = 4 * 1024 * 1024;

/** @param onProgress told the bytes looked at so far. @throws the signal's reason when stopped */
export async function indexRecords(
  file: Blob,
  signal: AbortSignal,
  onProgress: (bytes: number) => void = () => undefined,
): Promise<RecordIndex> {
  const scan = createScan();
  for (let at = 0; at < file.size; at += CHUNK) {
    signal.throwIfAborted();
    scan.feed(new Uint8Array(await file.slice(at, at + CHUNK).arrayBuffer()), at);
    onProgress(Math.min(file.size, at + CHUNK));
    if (scan.full()) break;
  }
  return scan.end(file.size);
}

const [QUOTE, APOSTROPHE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE, COMMA, COLON, NEWLINE] = [
  ...'"\'\\[]{},:\n',
].map((letter) => letter.charCodeAt(0));

/**
 * Values at the outermost level, and elements of the first of them where that is a list. A newline ends a record wherever it cannot belong to
 * JSON (inside a string, before an object that no comma leads to, in a file of lines): a row that broke off takes no other with it.
 */
function createScan() {
  const outer: RecordPlace[] = [];
  const elements: RecordPlace[] = [];
  let depth = 0;
  let deepest = 0;
  let from = -1;
  let elementFrom = -1;
  let elementDeepest = 0;
  let inString = false;
  /** Python prints strings between either. */
  let quote = 0;
  let escaped = false;
  /** The last byte that says something: neither white space nor inside a string. */
  let last = 0;
  let freshLine = false;
  /** A value that stood whole in a line was found: every value of this file does, and one that does not broke off. */
  let byLines = false;
  let manyLines = false;
  /** Whether the first value was a list; whether it was closed, and nothing of it broke off. */
  let isList = false;
  let listClosed = false;

  const endOuter = (to: number) => {
    if (from >= 0) outer.push({ from, to, depth: deepest });
    if (outer.length === 1 && isList && depth === 0) listClosed = true;
    [from, depth, deepest, inString, escaped, manyLines] = [-1, 0, 0, false, false, false];
  };
  const endElement = (to: number) => {
    if (elementFrom >= 0 && outer.length === 0) elements.push({ from: elementFrom, to, depth: elementDeepest });
    [elementFrom, elementDeepest] = [-1, 0];
  };

  return {
    full: () => outer.length > RECORD_LIMITS.records || elements.length > RECORD_LIMITS.records,
    feed(bytes: Uint8Array, base: number): void {
      for (let i = 0; i < bytes.length; i += 1) {
        const byte = bytes[i] as number; // i is inside
        if (inString) {
          if (escaped) escaped = false;
          else if (byte === BACKSLASH) escaped = true;
          else if (byte === quote) {
            inString = false;
            last = byte;
          } else if (byte === NEWLINE) {
            // No string of JSON holds one.
            endOuter(base + i);
            freshLine = true;
          }
          continue;
        }
        if (byte <= 32) {
          if (byte === NEWLINE) {
            freshLine = true;
            manyLines = from >= 0;
            // A scalar, or whatever else stands alone in its line.
            if (from >= 0 && (depth === 0 || byLines)) endOuter(base + i);
          }
          continue;
        }
        if (
          from >= 0 &&
          depth > 0 &&
          freshLine &&
          byte === OPEN &&
          last !== COMMA &&
          last !== COLON &&
          last !== OPEN_LIST
        )
          endOuter(base + i);
        freshLine = false;
        if (from < 0) {
          // A mark of the order of bytes is no part of JSON.
          if (byte === 0xef || byte === 0xbb || byte === 0xbf) continue;
          from = base + i;
          if (outer.length === 0 && byte === OPEN_LIST) isList = true;
        }
        last = byte;
        const startsElement = isList && outer.length === 0 && depth === 1 && elementFrom < 0;
        if (startsElement && byte !== COMMA && byte !== CLOSE_LIST) elementFrom = base + i;
        if (byte === QUOTE || byte === APOSTROPHE) [inString, quote] = [true, byte];
        else if (byte === OPEN || byte === OPEN_LIST) {
          depth += 1;
          deepest = Math.max(deepest, depth);
          elementDeepest = Math.max(elementDeepest, depth - 1);
        } else if (byte === CLOSE || byte === CLOSE_LIST) {
          depth -= 1;
          if (depth === 1 && isList) endElement(base + i + 1);
          if (depth <= 0) {
            if (isList) endElement(base + i);
            depth = 0;
            byLines ||= from >= 0 && !manyLines;
            endOuter(base + i + 1);
          }
        } else if (byte === COMMA && depth === 1 && isList) endElement(base + i);
      }
    },
    end(size: number): RecordIndex {
      if (isList && outer.length === 0 && elementFrom >= 0)
        elements.push({ from: elementFrom, to: size, depth: elementDeepest });
      const isOpen = from >= 0;
      if (isOpen) outer.push({ from, to: size, depth: deepest });
      // A list that broke off still has its elements.
      if (isList && outer.length === 1 && (listClosed || isOpen)) return { kind: 'array', records: elements };
      return { kind: outer.length === 1 ? 'one' : 'lines', records: outer };
    },
  };
}

export type ReadRecord = { readonly json: Json } | { readonly problem: FormatProblem };

/** So much is read at once where records follow each other: a browser asks another process for each piece of a file. */
const WINDOW = 1024 * 1024;

/**
 * Reads records of a file by their places; throws only where the file itself is gone. `upTo`: where the last of those to come ends, so that what
 * follows is read along; of one alone, its own end.
 */
export function createRecordReader(
  file: Blob,
  parse: (text: string) => ReadRecord = parseRecord,
): (place: RecordPlace, upTo: number) => Promise<ReadRecord> {
  const decoder = new TextDecoder();
  let base = 0;
  let held = new Uint8Array(0);
  return async ({ from, to, depth }, upTo) => {
    if (depth > RECORD_LIMITS.depth) return { problem: { code: 'too-deep' } };
    if (to - from > RECORD_LIMITS.bytes) return { problem: { code: 'too-long', params: { bytes: to - from } } };
    let [at, bytes] = [base, held];
    if (from < at || to > at + bytes.length) {
      bytes = new Uint8Array(await file.slice(from, Math.max(to, Math.min(upTo, from + WINDOW))).arrayBuffer());
      at = from;
      // Both at once: another record may be read meanwhile.
      [base, held] = [at, bytes];
    }
    return parse(decoder.decode(bytes.subarray(from - at, to - at)));
  };
}

const LENIENT = { depth: RECORD_LIMITS.depth, values: 1_000_000 } as const;

export function parseRecord(text: string): ReadRecord {
  try {
    return { json: JSON.parse(text) as Json };
  } catch {
    // Python writes what JSON has no numbers for.
    const without = text.replace(/([:[,]\s*)(?:NaN|-?Infinity)(?=\s*[,}\]])/g, '$1null');
    try {
      return { json: JSON.parse(without) as Json };
    } catch {
      // And some files hold what it prints: single quotes, None, True.
      const read = readLenient(text, 0, LENIENT);
      return read?.end === text.trimEnd().length ? { json: read.value } : { problem: { code: 'not-json' } };
    }
  }
}
