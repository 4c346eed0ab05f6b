/**
 * Parquet, as data sets of the hub are kept: rows are read by their number, a few at a time, and pictures in them become data URLs. The reader
 * is loaded when such a file is opened.
 */
import type { AsyncBuffer } from 'hyparquet';
import type { Json } from '@/lib/trajectory';
import { countedRecords, type Records } from './record-file';
import type { ReadRecord } from './records';
import { SourceError, type Source } from './source';

/** Rows that are read at once: rows follow each other, and their columns are unpacked anew for each piece. */
const WINDOW = 32;
const MOST_ROWS = 1_000_000;
const MOST_PICTURE = 64 * 1024 * 1024;

/** @throws SourceError where it cannot be read */
export async function parquetRecords(source: Source): Promise<Records> {
  const blob = await source.blob();
  const [{ parquetMetadataAsync, parquetReadObjects }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
  ]);
  const file: AsyncBuffer = {
    byteLength: blob.size,
    slice: (start, end) => blob.slice(start < 0 ? blob.size + start : start, end).arrayBuffer(),
  };
  try {
    const metadata = await parquetMetadataAsync(file);
    const count = Math.min(MOST_ROWS, Number(metadata.num_rows));
    let held: { readonly from: number; readonly rows: readonly Record<string, unknown>[] } | null = null;
    const rowAt = async (row: number): Promise<ReadRecord> => {
      if (!held || row < held.from || row >= held.from + held.rows.length) {
        const rowEnd = Math.min(count, row + WINDOW);
        const options = { file, metadata, compressors, utf8: false, useOffsetIndex: true };
        held = { from: row, rows: await parquetReadObjects({ ...options, rowStart: row, rowEnd }) };
      }
      const found = held.rows[row - held.from];
      return found ? { json: jsonOf(found) } : { problem: { code: 'not-json' } };
    };
    return countedRecords(count, rowAt);
  } catch (cause) {
    throw new SourceError('damaged', source.path, cause);
  }
}

const DEEPEST = 20;

/** Bytes that are a picture as a data URL, other bytes as text. */
function jsonOf(value: unknown, depth = 0): Json {
  if (value === null || value === undefined || depth > DEEPEST) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return textOfBytes(value);
  if (ArrayBuffer.isView(value))
    return Array.from(value as unknown as ArrayLike<number>, (one) => jsonOf(one, depth + 1));
  if (Array.isArray(value)) return value.map((one) => jsonOf(one, depth + 1));
  if (typeof value !== 'object') return null;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, jsonOf(one, depth + 1)]));
}

function textOfBytes(bytes: Uint8Array): Json {
  if (bytes.length > MOST_PICTURE) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    let binary = '';
    for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return `data:;base64,${btoa(binary)}`;
  }
}
