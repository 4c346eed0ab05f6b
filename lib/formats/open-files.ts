/** What was given, as files that can be read: folders walked already, archives opened, archives within archives too, but not endlessly. */
import { FORMATS, formatOf } from './all';
import { createRecordReader, indexRecords, type RecordIndex } from './containers/records';
import { isLitter, SourceError, sourceOf, type GivenFile, type Source } from './containers/source';
import { isEventStream, linesOfEvents } from './containers/event-stream';
import { zipSources } from './containers/zip';
import type { Format } from './contract';
import { isObject } from './json-shape';
import { isPicturePath } from './picture-name';

/** An archive in an archive is usual; one in that is a trap. */
const MOST_NESTED = 2;

export interface Unread {
  readonly path: string;
  readonly problem: SourceError['problem'] | 'unknown-format' | 'no-records' | 'other-file';
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
  if (isPicturePath(source.path) || /\.jsonl?$/i.test(source.path)) return false;
  const head = await source.head(4);
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);
}

/** A file of records that a format knows. */
export interface RecordFile {
  readonly source: Source;
  readonly index: RecordIndex;
  readonly read: ReturnType<typeof createRecordReader>;
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
    const start = new TextDecoder()
      .decode(await source.head(256))
      .replace(/^\uFEFF/, '')
      .trimStart();
    const streamed = isEventStream(start);
    if (!streamed && !/^[{[]/.test(start)) return { path: source.path, problem: 'other-file' };
    const blob = streamed ? await linesOfEvents(await source.blob(), signal) : await source.blob();
    const index = await indexRecords(blob, signal, onProgress);
    const readPlace = createRecordReader(blob);
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
