/** What was given, as files that can be read: folders walked already, archives opened, archives within archives too, but not endlessly. */
import { knownIn } from './all';
import { delimitedRecords, delimiterOf } from './containers/delimited';
import { indexMembers, type Member } from './containers/members';
import { parquetRecords } from './containers/parquet';
import type { Records } from './containers/record-file';
import { createRecordReader, indexRecords, type RecordPlace } from './containers/records';
import { isLitter, SourceError, sourceOf, type GivenFile, type Source } from './containers/source';
import { isEventStream, linesOfEvents } from './containers/event-stream';
import { isTar, tarSources } from './containers/tar';
import { unwrapped, wrappingOf } from './containers/unwrapped';
import { workbookRecords } from './containers/workbook';
import { zipSources } from './containers/zip';
import type { Format } from './contract';
import { isList, isObject } from './json-shape';
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
      const inside = await insideOf(source, nested);
      if (inside === null) sources.push(source);
      else for (const inner of inside.sources) await take(inner, nested + inside.deeper);
    } catch (error) {
      unread.push({ path: source.path, problem: error instanceof SourceError ? error.problem : 'unreadable' });
    }
  };
  for (const one of given) if (!isLitter(one.path)) await take(sourceOf(one), 0);
  return { sources, unread };
}

/** Enough to tell an archive: the mark of tar stands behind the first name. */
const HEAD = 263;

/** The files that a file holds, and by how much deeper they lie; null of one that is none but itself. @throws SourceError */
async function insideOf(
  source: Source,
  nested: number,
): Promise<{ readonly sources: readonly Source[]; readonly deeper: number } | null> {
  if (isPicturePath(source.path) || /\.xlsx$/i.test(source.path)) return null;
  const head = await source.head(HEAD);
  const wrapping = wrappingOf(head);
  if (wrapping !== null && wrapping !== 'gzip') return { sources: [unwrapped(source, wrapping)], deeper: 0 };
  const isZip = head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);
  if (!isZip && wrapping === null && !isTar(head)) return null;
  if (nested >= MOST_NESTED) throw new SourceError('bomb', source.path);
  if (wrapping === 'gzip') return { sources: [unwrapped(source, wrapping)], deeper: 1 };
  const open = isZip ? zipSources : tarSources;
  return { sources: await open(await source.blob(), source.path), deeper: 1 };
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
  const { path } = source;
  try {
    const records = await recordsOf(source, signal, onProgress);
    if (typeof records === 'string') return { path, problem: records };
    const { index, read, json } = records;
    const [only] = index.records;
    const { format, keys, inside } = await formatAmong(index.records, read, path);
    const within = json && (!format || inside) && only ? await rowsWithin(json, only, path, signal) : null;
    if (within) return { source, ...within };
    if (format) return { source, index, read, format };
    return { path, problem: only ? 'unknown-format' : 'no-records', ...(keys && { keys }) };
  } catch (error) {
    signal.throwIfAborted();
    return { path, problem: error instanceof SourceError ? error.problem : 'unreadable' };
  }
}

/** So much of a file says what it is: the first line of a table may be long. */
const HEAD_BYTES = 4096;

interface Found extends Records {
  /** Of a file of JSON that is one value: rows may lie in it. */
  readonly json?: Blob;
}

/** Records of whatever holds them, by its first bytes; why there are none, where it holds none. */
async function recordsOf(
  source: Source,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<Found | Unread['problem']> {
  const head = await source.head(HEAD_BYTES);
  const begins = (...bytes: readonly number[]) => bytes.every((byte, at) => head[at] === byte);
  if (begins(0x50, 0x41, 0x52, 0x31)) return parquetRecords(source);
  if (begins(0x50, 0x4b) && /\.xlsx$/i.test(source.path)) return workbookRecords(source);
  if (begins(0x28, 0xb5, 0x2f, 0xfd)) return 'compressed';
  // Protocol 2 and newer say so, older ones end alike.
  const isPickle = head[0] === 0x80 && (head[1] ?? 0) >= 2 && (head[1] ?? 0) <= 5;
  if (isPickle || /\.(?:pkl|pickle)$/i.test(source.path)) return 'pickle';
  const start = new TextDecoder().decode(head).replace(/^\uFEFF/, '');
  const streamed = isEventStream(start.trimStart());
  if (streamed || /^\s*[{[]/.test(start)) {
    const blob = streamed ? await linesOfEvents(await source.blob(), signal) : await source.blob();
    const index = await indexRecords(blob, signal, onProgress);
    return { index, read: createRecordReader(blob), ...(index.kind === 'one' && { json: blob }) };
  }
  if (isEventStream(start.trimStart())) {
    const lines = await linesOfEvents(await source.blob(), signal);
    return { index: await indexRecords(lines, signal, onProgress), read: createRecordReader(lines) };
  }
  const sign = delimiterOf(start);
  return sign === null ? 'other-file' : delimitedRecords(await source.blob(), sign, signal, onProgress);
}

type ReadPlace = RecordFile['read'];

/** The format of the first record that one knows, and whether it is known by what lies in it; else what the first object says of itself. */
async function formatAmong(
  records: readonly RecordPlace[],
  read: ReadPlace,
  file: string,
): Promise<{ readonly format: Format | null; readonly keys?: readonly string[]; readonly inside?: boolean }> {
  let keys: readonly string[] | undefined;
  for (const place of records.slice(0, TRIED)) {
    const made = await read(place, place.to);
    if (!('json' in made)) continue;
    const known = knownIn(made.json, { file, record: '0' });
    if (known) return { format: known.format, inside: known.record !== made.json };
    if (isObject(made.json)) keys ??= Object.keys(made.json).slice(0, 12);
  }
  return { format: null, ...(keys && { keys }) };
}

/** Rows lie no deeper in an object than this. */
const DEEPEST = 3;
/** So many objects at most are looked into for rows. */
const MOST_LOOKED_INTO = 200;

/** Rows that an object holds: in lists under a name or several, as a table of columns, or each under its own name; null where there are none. */
async function rowsWithin(
  blob: Blob,
  place: RecordPlace,
  file: string,
  signal: AbortSignal,
  depth = 1,
): Promise<Omit<RecordFile, 'source'> | null> {
  const members = await indexMembers(blob, place, signal);
  const read = createRecordReader(blob);
  const found = (format: Format, records: readonly RecordPlace[], by = read) => ({
    index: { kind: 'array' as const, records },
    read: by,
    format,
  });
  const columns = members.find(({ key, kind }) => key === 'columns' && kind === 'list');
  const table = members.find(({ key, kind }) => key === 'data' && kind === 'list');
  if (columns && table) {
    const readRow = await tableReader(columns, read);
    const { format } = await formatAmong(table.elements, readRow, file);
    if (format) return found(format, table.elements, readRow);
  }
  // Several lists of the same kind of rows are one set: a list for each part of a benchmark.
  let format: Format | null = null;
  const records: RecordPlace[] = [];
  for (const { elements } of members) {
    const own = (await formatAmong(elements, read, file)).format;
    if (!own || (format && own !== format)) continue;
    format = own;
    records.push(...elements);
  }
  if (format) return found(format, records);
  const objects = members.filter(({ kind }) => kind === 'object').map((member) => member.place);
  const { format: each, inside } = await formatAmong(objects, read, file);
  const ofObjects = each?.unit === 'record' ? found(each, objects) : null;
  if ((ofObjects && !inside) || depth >= DEEPEST) return ofObjects;
  const deeper = await rowsBelow(blob, objects, file, signal, depth + 1);
  return deeper && deeper.index.records.length > (ofObjects ? objects.length : 0) ? deeper : ofObjects;
}

/** All rows of the first kind found that lie in one object or another. */
async function rowsBelow(
  blob: Blob,
  objects: readonly RecordPlace[],
  file: string,
  signal: AbortSignal,
  depth: number,
): Promise<Omit<RecordFile, 'source'> | null> {
  let first: Omit<RecordFile, 'source'> | null = null;
  const records: RecordPlace[] = [];
  for (const object of objects.slice(0, MOST_LOOKED_INTO)) {
    const own = await rowsWithin(blob, object, file, signal, depth);
    if (!own || (first && first.format !== own.format)) continue;
    first ??= own;
    records.push(...own.index.records);
  }
  return first && { ...first, index: { kind: 'array', records } };
}

/** Rows of a table, which name their columns once, as objects. */
async function tableReader({ place }: Member, read: ReadPlace): Promise<ReadPlace> {
  const names = await read(place, place.to);
  const columns =
    'json' in names && isList(names.json)
      ? names.json.map((name) => (typeof name === 'string' ? name : JSON.stringify(name)))
      : [];
  return async (row, upTo) => {
    const made = await read(row, upTo);
    if (!('json' in made) || !isList(made.json)) return made;
    const values = made.json;
    return { json: Object.fromEntries(columns.map((name, at) => [name, values[at] ?? null])) };
  };
}
