/** What was given, as files that can be read: folders walked already, archives opened, archives within archives too, but not endlessly. */
import { FORMATS, formatOf } from './all';
import { delimitedRecords, delimiterOf } from './containers/delimited';
import { parquetRecords } from './containers/parquet';
import type { Records } from './containers/record-file';
import { createRecordReader, indexRecords } from './containers/records';
import { isLitter, SourceError, sourceOf, type GivenFile, type Source } from './containers/source';
import { workbookRecords } from './containers/workbook';
import { zipSources } from './containers/zip';
import type { Format } from './contract';
import { isObject } from './json-shape';
import { isPicturePath } from './picture-name';

/** An archive in an archive is usual; one in that is a trap. */
const MOST_NESTED = 2;

export interface Unread {
  readonly path: string;
  readonly problem: SourceError['problem'] | 'unknown-format' | 'no-records' | 'other-file' | 'pickle' | 'compressed';
  /** Of JSON that no format knows: its keys. */
  readonly keys?: readonly string[];
}

export interface Unpacked {
  readonly sources: readonly Source[];
  readonly unread: readonly Unread[];
}

export async function unpack(given: readonly GivenFile[]): Promise<Unpacked> {
  const sources: Source[] = [];
  const unread: Unread[] = [];
  const take = async (source: Source, nested: number): Promise<void> => {
    try {
      if (!(await isArchive(source))) {
        sources.push(source);
        return;
      }
      if (nested >= MOST_NESTED) throw new SourceError('bomb', source.path);
      for (const inner of await zipSources(await source.blob(), source.path)) await take(inner, nested + 1);
    } catch (error) {
      unread.push({ path: source.path, problem: error instanceof SourceError ? error.problem : 'unreadable' });
    }
  };
  for (const one of given) if (!isLitter(one.path)) await take(sourceOf(one), 0);
  return { sources, unread };
}

async function isArchive(source: Source): Promise<boolean> {
  if (isPicturePath(source.path) || /\.(?:jsonl?|xlsx)$/i.test(source.path)) return false;
  const head = await source.head(4);
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);
}

/** A file of records that a format knows. */
export interface RecordFile extends Records {
  readonly source: Source;
  readonly format: Format;
}

/** So many records are tried before a file counts as unknown. */
const TRIED = 8;

/** @returns why it is none, where no format knows it. @throws the signal's reason when stopped */
export async function recognize(
  source: Source,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<RecordFile | Unread> {
  try {
    const records = await recordsOf(source, signal, onProgress);
    if (typeof records === 'string') return { path: source.path, problem: records };
    const { index, read: readPlace } = records;
    let keys: readonly string[] | undefined;
    for (const place of index.records.slice(0, TRIED)) {
      const read = await readPlace(place, place.to);
      if (!('json' in read)) continue;
      const format = formatOf(read.json, { file: source.path, record: '0' }, FORMATS);
      if (format) return { source, index, read: readPlace, format };
      if (isObject(read.json)) keys ??= Object.keys(read.json).slice(0, 12);
    }
    return {
      path: source.path,
      problem: index.records.length === 0 ? 'no-records' : 'unknown-format',
      ...(keys && { keys }),
    };
  } catch (error) {
    signal.throwIfAborted();
    return { path: source.path, problem: error instanceof SourceError ? error.problem : 'unreadable' };
  }
}

/** So much of a file says what it is: the first line of a table may be long. */
const HEAD_BYTES = 4096;

/** Records of whatever holds them, by its first bytes; why there are none, where it holds none. */
async function recordsOf(
  source: Source,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<Records | Unread['problem']> {
  const head = await source.head(HEAD_BYTES);
  const begins = (...bytes: readonly number[]) => bytes.every((byte, at) => head[at] === byte);
  if (begins(0x50, 0x41, 0x52, 0x31)) return parquetRecords(source);
  if (begins(0x50, 0x4b) && /\.xlsx$/i.test(source.path)) return workbookRecords(source);
  if (begins(0x28, 0xb5, 0x2f, 0xfd)) return 'compressed';
  // Protocol 2 and newer say so, older ones end alike.
  const isPickle = head[0] === 0x80 && (head[1] ?? 0) >= 2 && (head[1] ?? 0) <= 5;
  if (isPickle || /\.(?:pkl|pickle)$/i.test(source.path)) return 'pickle';
  const start = new TextDecoder().decode(head).replace(/^\uFEFF/, '');
  if (/^\s*[{[]/.test(start)) {
    const blob = await source.blob();
    return { index: await indexRecords(blob, signal, onProgress), read: createRecordReader(blob) };
  }
  const sign = delimiterOf(start);
  return sign === null ? 'other-file' : delimitedRecords(await source.blob(), sign, signal, onProgress);
}
