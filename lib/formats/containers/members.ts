/**
 * What lies in one object of a file, by its places: rows are often kept under a name (`{"results": [...]}`), under several
 * (`{"direct_attributes": [...], …}`), or each under its own (`{"0": {...}, "1": {...}}`). Nothing is parsed, so that the object may be any size.
 */
import { RECORD_LIMITS, type RecordPlace } from './records';

export interface Member {
  readonly key: string;
  readonly kind: 'object' | 'list' | 'other';
  readonly place: RecordPlace;
  /** Of a list; empty of all else. */
  readonly elements: readonly RecordPlace[];
}

const CHUNK = 4 * 1024 * 1024;

const [QUOTE, APOSTROPHE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE, COMMA, COLON] = [...'"\'\\[]{},:'].map(
  (letter) => letter.charCodeAt(0),
);
/** Bytes of a key that are kept. */
const LONGEST_KEY = 200;

/** @param place of an object. @throws the signal's reason when stopped */
export async function indexMembers(file: Blob, place: RecordPlace, signal: AbortSignal): Promise<readonly Member[]> {
  const members: Member[] = [];
  let elements: RecordPlace[] = [];
  let count = 0;
  let depth = 0;
  /** The deepest since the value, and since the element, began. */
  let [deepest, elementDeepest] = [0, 0];
  let [from, elementFrom] = [-1, -1];
  let key: number[] = [];
  let inKey = false;
  let kind: Member['kind'] = 'other';
  let afterColon = false;
  let quote = 0;
  let escaped = false;

  const endElement = (to: number) => {
    if (elementFrom >= 0 && (count += 1) <= RECORD_LIMITS.records)
      elements.push({ from: elementFrom, to, depth: Math.max(0, elementDeepest - 2) });
    elementFrom = -1;
  };
  const endValue = (to: number) => {
    if (from >= 0 && (count += 1) <= RECORD_LIMITS.records) {
      const name = new TextDecoder().decode(new Uint8Array(key));
      members.push({ key: name, kind, place: { from, to, depth: Math.max(0, deepest - 1) }, elements });
    }
    [from, afterColon, elements, key] = [-1, false, [], []];
  };

  for (let base = place.from; base < place.to; base += CHUNK) {
    signal.throwIfAborted();
    const bytes = new Uint8Array(await file.slice(base, Math.min(place.to, base + CHUNK)).arrayBuffer());
    for (let i = 0; i < bytes.length; i += 1) {
      const byte = bytes[i] as number; // i is inside
      if (quote !== 0) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === quote) [quote, inKey] = [0, false];
        if (inKey && key.length < LONGEST_KEY) key.push(byte);
        continue;
      }
      if (byte <= 32) continue;
      const isQuote = byte === QUOTE || byte === APOSTROPHE;
      if (depth === 1 && !afterColon) {
        if (isQuote) [quote, inKey, key] = [byte, true, []];
        else if (byte === COLON) afterColon = true;
        else if (byte === CLOSE) depth = 0;
        continue;
      }
      if (depth === 1 && (byte === COMMA || byte === CLOSE)) {
        endValue(base + i);
        if (byte === CLOSE) depth = 0;
        continue;
      }
      if (depth === 1 && from < 0) {
        [from, deepest] = [base + i, 1];
        kind = byte === OPEN ? 'object' : byte === OPEN_LIST ? 'list' : 'other';
      } else if (depth === 2 && kind === 'list') {
        if (byte === COMMA || byte === CLOSE_LIST) endElement(base + i);
        else if (elementFrom < 0) [elementFrom, elementDeepest] = [base + i, 2];
      }
      if (isQuote) quote = byte;
      else if (byte === OPEN || byte === OPEN_LIST) {
        depth += 1;
        deepest = Math.max(deepest, depth);
        elementDeepest = Math.max(elementDeepest, depth);
      } else if (byte === CLOSE || byte === CLOSE_LIST) depth = Math.max(0, depth - 1);
    }
  }
  // An object that broke off still has what it had.
  endElement(place.to);
  endValue(place.to);
  return members;
}
