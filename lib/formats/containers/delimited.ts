/**
 * Tables of text: a line each, fields between tabs or commas, in quotes where they hold either. The first line names the columns. Bytes are looked
 * at once and none are kept, as with JSON.
 */
import type { Json } from '@/lib/trajectory';
import { textOf } from '../json-shape';
import type { Records } from './record-file';
import { createRecordReader, RECORD_LIMITS, type RecordPlace } from './records';

const CHUNK = 4 * 1024 * 1024;
const [QUOTE, NEWLINE, RETURN] = [0x22, 0x0a, 0x0d];
const MOST_COLUMNS = 1_000;

/** Which sign stands between the fields, by the first line; null where it is no table with a column of questions or answers. */
export function delimiterOf(start: string): '\t' | ',' | null {
  const line = start.split(/\r?\n/, 1)[0] ?? '';
  for (const sign of ['\t', ','] as const) {
    const names = fieldsOf(line, sign).map((name) => name.trim().toLowerCase());
    if (
      names.length > 1 &&
      names.some((name) =>
        /^(?:question|prediction|answer|messages|conversations|prompt|response|input|output)$/.test(name),
      )
    )
      return sign;
  }
  return null;
}

/** @throws the signal's reason when stopped */
export async function delimitedRecords(
  file: Blob,
  sign: '\t' | ',',
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<Records> {
  const scan = scanRows(sign.charCodeAt(0));
  for (let at = 0; at < file.size && !scan.full(); at += CHUNK) {
    signal.throwIfAborted();
    scan.feed(new Uint8Array(await file.slice(at, at + CHUNK).arrayBuffer()), at);
    onProgress(Math.min(file.size, at + CHUNK));
  }
  const [head, ...records] = scan.end(file.size);
  const reader = createRecordReader(file, (text) => ({ json: text }));
  const read = head ? await reader(head, head.to) : null;
  const names = read && 'json' in read ? fieldsOf(textOf(read.json), sign).slice(0, MOST_COLUMNS) : [];
  return {
    index: { kind: 'lines', records },
    async read(place, upTo) {
      const row = await reader(place, upTo);
      return 'json' in row ? { json: rowOf(names, fieldsOf(textOf(row.json), sign)) } : row;
    },
  };
}

export function rowOf(names: readonly string[], fields: readonly Json[]): Json {
  return Object.fromEntries(names.map((name, at) => [name.replace(/^\uFEFF/, ''), fields[at] ?? null]));
}

/** A quote opens a field only at its beginning; elsewhere it is a letter (`5" screen`). */
function scanRows(sign: number) {
  const rows: RecordPlace[] = [];
  let from = 0;
  let fieldStarts = true;
  let quoted = false;
  let said = false;
  let last = 0;
  const end = (to: number) => {
    if (said) rows.push({ from, to, depth: 1 });
    [from, fieldStarts, quoted, said] = [to + 1, true, false, false];
  };
  return {
    full: () => rows.length > RECORD_LIMITS.records,
    feed(bytes: Uint8Array, base: number): void {
      for (let i = 0; i < bytes.length; i += 1) {
        const byte = bytes[i] as number; // i is inside
        const before = last;
        last = byte;
        if (quoted) {
          // Two quotes are one letter: the second opens again.
          if (byte === QUOTE) quoted = false;
          continue;
        }
        if (byte === NEWLINE) {
          end(base + i);
          continue;
        }
        if (byte === QUOTE && (fieldStarts || before === QUOTE)) quoted = true;
        fieldStarts = byte === sign;
        said ||= byte !== RETURN;
      }
    },
    end(size: number): readonly RecordPlace[] {
      end(size);
      return rows;
    },
  };
}

/** Fields of one line. */
export function fieldsOf(line: string, sign: string): readonly string[] {
  const text = line.replace(/^\uFEFF/, '').replace(/\r$/, '');
  const fields: string[] = [];
  for (let at = 0; at <= text.length;) {
    if (text[at] !== '"') {
      const next = text.indexOf(sign, at);
      const to = next < 0 ? text.length : next;
      fields.push(text.slice(at, to));
      at = to + 1;
      continue;
    }
    let said = '';
    let from = at + 1;
    let close = text.indexOf('"', from);
    while (close >= 0 && text[close + 1] === '"') {
      said += text.slice(from, close + 1);
      from = close + 2;
      close = text.indexOf('"', from);
    }
    const to = close < 0 ? text.length : close;
    const next = text.indexOf(sign, to);
    fields.push(said + text.slice(from, to) + text.slice(to + 1, next < 0 ? text.length : next));
    at = next < 0 ? text.length + 1 : next + 1;
  }
  return fields;
}
