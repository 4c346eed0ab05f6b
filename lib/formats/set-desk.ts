/**
 * A set being opened: what was given is unpacked, recognized and leafed through row by row, with facts told as they come; a row is read again,
 * whole, when it is looked at. Nothing is kept of a run but its facts. Rows are numbered in the order of the files as they were given.
 */
import { answerReading, withAnswerMarks } from '@/lib/notations';
import { factsOf } from '@/lib/sets';
import type { Json, StepOf, Trajectory } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { knownIn, type Known } from './all';
import { RECORD_LIMITS } from './containers/records';
import type { GivenFile } from './containers/source';
import type { Format, FormatProblem, Read, Reading, Wanted, Where } from './contract';
import { isObject } from './json-shape';
import { recognize, unpack, type RecordFile, type Unread } from './open-files';
import { mayBePicture, wantedKey } from './picture-name';
import { batchRequests } from './readers/batch';
import { vlmEvalData } from './readers/evaluations';
import { vStar } from './readers/vstar';
import { createPictureShelf } from './picture-shelf';
import type { FoundFile, OpenedRow, ReadRow, SetEvent, SetRow } from './set-contract';

/** What tells something of runs that lie beside it. */
const BESIDE: ReadonlySet<Format> = new Set([vStar, vlmEvalData, ...batchRequests]);
/** Of these the rows that tell what others leave out. */
const TABLES: ReadonlySet<Format> = new Set([vlmEvalData, ...batchRequests]);

/** Rows are told in bundles, so that neither the page nor the messages to it are busy with each. */
const BUNDLE = 64;

/** Of a file that is one run: so many bytes of records at most are held at once. */
const WHOLE_FILE_BYTES = 256 * 1024 * 1024;

/** Where a row comes from: the n-th run of a record, or of a file. */
interface RowPlace {
  readonly file: number;
  readonly record: number;
  readonly nth: number;
}

export interface SetDesk {
  open(given: readonly GivenFile[], signal: AbortSignal): AsyncGenerator<SetEvent, void>;
  /** More files, of which pictures are put where they are missing: rows that missed one are read again. */
  supply(given: readonly GivenFile[], signal: AbortSignal): AsyncGenerator<SetEvent, void>;
  /** Files of the set that have changed, and new ones beside them: rows that came are told, and the last of those before, which may have grown. */
  refresh(given: readonly GivenFile[], signal: AbortSignal): AsyncGenerator<SetEvent, void>;
  /** A person says which picture is meant. */
  assign(wanted: Wanted['is'], path: string, signal: AbortSignal): AsyncGenerator<SetEvent, void>;
  /** How a file's boxes are read; its rows are read again. */
  setReading(file: number, reading: Reading, signal: AbortSignal): AsyncGenerator<SetEvent, void>;
  row(index: number): Promise<OpenedRow>;
}

export function createSetDesk(): SetDesk {
  const shelf = createPictureShelf();
  const files: RecordFile[] = [];
  const readings: Reading[] = [];
  const places: RowPlace[] = [];
  const wanted = new Map<number, readonly Wanted[]>();

  const readingOf = (file: number): Reading => readings[file] ?? {};

  /** All runs of a record, or of a file where that is the unit. */
  async function* readsOf({ file, record }: Omit<RowPlace, 'nth'>, whole: boolean): AsyncGenerator<Read, void> {
    const from = files[file] as RecordFile; // places name files that are there
    const where = { file: from.source.path, record: String(record) };
    const finder = shelf.finder(from.source.path, whole);
    try {
      if (from.format.stream) {
        const reads = from.format.stream(() => eachRecord(from), where, finder, readingOf(file));
        yield* markedAll(from.format, reads, readingOf(file));
        return;
      }
      const records = from.format.unit === 'file' ? await allRecords(from) : await oneRecord(from, record, whole);
      if ('problem' in records) {
        yield records;
        return;
      }
      if (from.format.unit === 'file') {
        yield* markedAll(from.format, from.format.read(records, where, finder, readingOf(file)), readingOf(file));
        return;
      }
      const json = records[0] ?? null;
      const known = knownFor(from.format, json, where);
      if (known) {
        const reads = known.format.read([known.record], where, finder, readingOf(file));
        yield* markedAll(known.format, reads, readingOf(file));
      } else yield { problem: unknown(json) };
    } catch (error) {
      yield {
        problem: { code: 'reader-failed', params: { message: error instanceof Error ? error.message : String(error) } },
      };
    }
  }

  const rowOf = (index: number, place: RowPlace, read: Read): SetRow => {
    wanted.delete(index);
    if ('problem' in read) return { index, file: place.file, record: place.record, problem: read.problem };
    if (read.wanted.length > 0) wanted.set(index, read.wanted);
    return {
      index,
      file: place.file,
      record: place.record,
      facts: factsOf(read.run),
      notes: read.notes,
      wanted: read.wanted.map(({ is }) => is),
      ...sourceOfRun(read.run, files[place.file] as RecordFile),
      boxes: boxesOf(read.run),
    };
  };

  /** @param begin the first record that is read. @param numbers of rows that were told before, by their places */
  async function* rowsOfFile(
    file: number,
    signal: AbortSignal,
    begin = 0,
    numbers: ReadonlyMap<string, number> = new Map(),
  ): AsyncGenerator<SetEvent, void> {
    const from = files[file] as RecordFile;
    const records = from.format.unit === 'file' ? 1 : from.index.records.length;
    let bundle: SetRow[] = [];
    for (let record = begin; record < records; record += 1) {
      let nth = 0;
      for await (const read of readsOf({ file, record }, false)) {
        signal.throwIfAborted();
        const place = { file, record, nth };
        nth += 1;
        const index = numbers.get(placeKey(place)) ?? places.push(place) - 1;
        bundle.push(safely(index, place, () => rowOf(index, place, read)));
        if (bundle.length < BUNDLE) continue;
        yield { type: 'rows', rows: bundle };
        bundle = [];
      }
      signal.throwIfAborted();
    }
    if (bundle.length > 0) yield { type: 'rows', rows: bundle };
  }

  async function* again(indices: readonly number[], signal: AbortSignal): AsyncGenerator<SetEvent, void> {
    let bundle: SetRow[] = [];
    for (const [key, wantedHere] of byRecord(indices)) {
      let nth = 0;
      let left = wantedHere.size;
      for await (const read of readsOf(key, false)) {
        signal.throwIfAborted();
        const index = wantedHere.get(nth);
        nth += 1;
        if (index === undefined) continue;
        const place = places[index] as RowPlace; // indices name rows that are there
        bundle.push(safely(index, place, () => rowOf(index, place, read)));
        if (bundle.length >= BUNDLE) {
          yield { type: 'rows', rows: bundle };
          bundle = [];
        }
        left -= 1;
        if (left === 0) break;
      }
    }
    if (bundle.length > 0) yield { type: 'rows', rows: bundle };
  }

  /** Rows by the record they are of, which is read once for all of them: its runs by their number. */
  const byRecord = (indices: readonly number[]): ReadonlyMap<Omit<RowPlace, 'nth'>, ReadonlyMap<number, number>> => {
    const keys = new Map<string, Omit<RowPlace, 'nth'>>();
    const rows = new Map<Omit<RowPlace, 'nth'>, Map<number, number>>();
    for (const index of indices) {
      const place = places[index];
      if (!place) continue;
      const { file, record, nth } = place;
      const name = `${file} ${record}`;
      const key = keys.get(name) ?? { file, record };
      keys.set(name, key);
      rows.set(key, (rows.get(key) ?? new Map<number, number>()).set(nth, index));
    }
    return rows;
  };

  return {
    async *open(given, signal) {
      const { sources, unread } = await unpack(given);
      shelf.add(sources);
      const missed: Unread[] = [...unread];
      const candidates = sources.filter(({ path }) => !mayBePicture(path));
      const total = candidates.reduce((sum, { size }) => sum + size, 0);
      const known: RecordFile[] = [];
      let done = 0;
      for (const source of candidates) {
        let told = 0;
        const recognized = await recognize(source, signal, (bytes) => (told = bytes));
        done += Math.max(told, source.size);
        yield { type: 'progress', stage: 'looking', done, total };
        if ('index' in recognized) known.push(recognized);
        else missed.push(recognized);
      }
      // Annotations that lie beside runs say what is true of them; alone they are what there is.
      const others = known.filter(({ format }) => !BESIDE.has(format));
      for (const file of known) if (TABLES.has(file.format)) shelf.addTable(file);
      for (const file of others.length > 0 ? others : known) {
        const index = files.push(file) - 1;
        yield { type: 'file', file: foundFile(index, file) };
      }
      yield { type: 'unread', files: missed, pictures: shelf.paths().length };
      for (const file of files.keys()) yield* rowsOfFile(file, signal);
    },
    async *supply(given, signal) {
      const before = new Set(shelf.paths());
      shelf.add((await unpack(given)).sources);
      const fresh = shelf.paths().filter((path) => !before.has(path));
      // One picture for the one that is missing is that, whatever it is called.
      const missing = new Map([...wanted.values()].flat().map(({ is }) => [wantedKey(is), is]));
      const [only] = missing.values();
      const told = only?.hash !== undefined && (await shelf.finder('', false).find(only)) === null;
      if (missing.size === 1 && fresh.length === 1 && only && !told) shelf.assign(only, fresh[0] as string);
      yield* again([...wanted.keys()], signal);
    },
    async *refresh(given, signal) {
      const { sources } = await unpack(given);
      const pictures = sources.filter(({ path }) => mayBePicture(path));
      shelf.add(pictures);
      const numbers = new Map(places.map((place, index) => [placeKey(place), index]));
      for (const source of sources) {
        if (mayBePicture(source.path)) continue;
        const made = await recognize(source, signal, () => undefined);
        // What is being written may be nothing yet.
        if (!('index' in made)) continue;
        const known = files.findIndex((file) => file.source.path === source.path);
        const before = known < 0 ? undefined : files[known];
        const index = before ? known : files.push(made) - 1;
        files[index] = made;
        if (!before) {
          const like = files.findIndex((file, at) => at !== index && file.format === made.format);
          readings[index] = readings[like] ?? {};
        }
        yield { type: 'file', file: foundFile(index, made) };
        yield* rowsOfFile(
          index,
          signal,
          before && made.format.unit === 'record' ? firstChanged(before, made) : 0,
          numbers,
        );
      }
      if (pictures.length > 0) yield* again([...wanted.keys()], signal);
    },
    async *assign(is, path, signal) {
      shelf.assign(is, path);
      const key = wantedKey(is);
      yield* again(
        [...wanted].filter(([, list]) => list.some((one) => wantedKey(one.is) === key)).map(([index]) => index),
        signal,
      );
    },
    async *setReading(file, reading, signal) {
      readings[file] = reading;
      yield* again(
        [...places.keys()].filter((index) => places[index]?.file === file),
        signal,
      );
    },
    async row(index) {
      const place = places[index];
      const read = place ? await nthOf(readsOf(place, true), place.nth) : null;
      if (!place || !read) return { problem: { code: 'no-messages' } };
      if ('problem' in read) return read;
      return whole(read, files[place.file] as RecordFile, (hash) => shelf.bytesOf(hash));
    },
  };
}

/** A run as it is shown: sound by the document's own schema, dated, with the bytes of its pictures. */
function whole(
  read: Extract<Read, { run: Trajectory }>,
  { source }: RecordFile,
  bytesOf: (hash: string) => Blob | null,
): OpenedRow {
  const when = read.run.createdAt || source.changed || new Date().toISOString();
  const parsed = parseTrajectory({ ...read.run, createdAt: when, updatedAt: read.run.updatedAt || when });
  if (!parsed.ok) return { problem: { code: 'not-a-run', params: { path: parsed.problems[0]?.path ?? '' } } };
  const files = new Map<string, Blob>();
  for (const picture of parsed.trajectory.pictures) {
    const hash = picture.from === 'view' ? null : picture.file.hash;
    const bytes = hash === null ? null : bytesOf(hash);
    if (hash !== null && bytes) files.set(hash, bytes);
  }
  return { run: parsed.trajectory, files, notes: read.notes, wanted: read.wanted };
}

/** Facts are drawn from whatever a reader made; one that cannot be measured is a problem of its row alone. */
function safely(index: number, { file, record }: RowPlace, make: () => SetRow): SetRow {
  try {
    return make();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { index, file, record, problem: { code: 'reader-failed', params: { message } } };
  }
}

/** But Loupe's own runs: what their documents say is what was read. */
async function* markedAll(format: Format, reads: AsyncIterable<Read>, reading: Reading): AsyncGenerator<Read, void> {
  for await (const read of reads) yield format.id === 'loupe' ? read : marked(read, reading);
}

/** What answers say in words is read like any text; how a person chose boxes to be read holds for them, too. */
function marked(read: Read, { frame }: Reading): Read {
  if ('problem' in read) return read;
  return { ...read, run: withAnswerMarks(read.run, frame === undefined ? {} : { range: RANGE_OF_FRAME[frame] }) };
}

const RANGE_OF_FRAME = {
  thousandths: 1000,
  fractions: 1,
  'original-pixels': 'pixels',
  'resized-pixels': 'seen-pixels',
} as const;

async function nthOf(reads: AsyncGenerator<Read, void>, nth: number): Promise<Read | null> {
  let at = 0;
  for await (const read of reads) {
    if (at === nth) return read;
    at += 1;
  }
  return null;
}

/** @param alone no other record is read after it */
async function oneRecord(
  { read, index: { records } }: RecordFile,
  record: number,
  alone: boolean,
): Promise<readonly Json[] | { problem: FormatProblem }> {
  const place = records[record];
  if (!place) return { problem: { code: 'not-json' } };
  const made = await read(place, alone ? place.to : (records.at(-1)?.to ?? place.to));
  return 'json' in made ? [made.json] : made;
}

/** Of a file that is one run, rows that are no JSON are passed over: the others still say what happened. */
async function allRecords({ read, index }: RecordFile): Promise<readonly Json[] | { problem: FormatProblem }> {
  const bytes = index.records.reduce((sum, { from, to }) => sum + to - from, 0);
  if (bytes > WHOLE_FILE_BYTES) return { problem: { code: 'too-long', params: { bytes } } };
  const records: Json[] = [];
  for (const place of index.records.slice(0, RECORD_LIMITS.records)) {
    const made = await read(place, index.records.at(-1)?.to ?? place.to);
    if ('json' in made) records.push(made.json);
  }
  return records;
}

/** One after the other, so that of a file of any size one record is held; what is no JSON is passed over. */
async function* eachRecord({ read, index }: RecordFile): AsyncGenerator<Json, void> {
  const last = index.records.at(-1)?.to ?? 0;
  for (const place of index.records) {
    const made = await read(place, last);
    if ('json' in made) yield made.json;
  }
}

const placeKey = ({ file, record, nth }: RowPlace): string => `${file} ${record} ${nth}`;

/** The first record that may not be what it was: the last of those before may have been cut off, and a file may have been written anew. */
function firstChanged({ index: before }: RecordFile, { index: now }: RecordFile): number {
  const last = before.records.length - 1;
  const [was, is] = [before.records[last - 1], now.records[last - 1]];
  const isGrown = now.records.length > last && was?.from === is?.from && was?.to === is?.to;
  return isGrown ? Math.max(0, last) : 0;
}

/** A file of rows may hold some of another kind. */
function knownFor(usual: Format, record: Json, where: Where): Known | null {
  const known = knownIn(record, where, [usual]) ?? knownIn(record, where);
  return known?.format.unit === 'file' ? null : known;
}

function unknown(record: Json): FormatProblem {
  return { code: 'unknown-format', params: { keys: isObject(record) ? Object.keys(record).slice(0, 12) : [] } };
}

function foundFile(index: number, { source, format, index: { records } }: RecordFile): FoundFile {
  return {
    index,
    path: source.path,
    format: format.id,
    records: format.unit === 'file' ? 1 : records.length,
    rules: format.rules,
  };
}

function sourceOfRun({ source }: Trajectory, { format }: RecordFile): Pick<ReadRow, 'system' | 'rule'> {
  const [usual = 'as-recorded'] = format.rules;
  // Readers name themselves and their rules by the words' own keys; runs of Loupe's own may name none.
  return { system: (source?.system ?? format.id) as Format['id'], rule: (source?.rule ?? usual) as ReadRow['rule'] };
}

/** How the first box of a run was read; null where it has none. */
function boxesOf(run: Trajectory): ReadRow['boxes'] {
  const call = run.steps.find((step): step is StepOf<'call'> => step.type === 'call' && step.asked !== null);
  if (call?.asked) return { frame: call.asked.frame, by: call.asked.by ?? 'file' };
  return answerReading(run);
}
