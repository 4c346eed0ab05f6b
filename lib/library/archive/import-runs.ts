/**
 * Runs from files: what export-runs.ts writes, any trajectory document, and files of one run a line as evaluations write them
 * (run-lines.ts), whose pictures may be given along with them. Nothing kept is ever overwritten: a run that is
 * kept already, with the same steps, is passed over; one that was deleted, with the same steps, is brought back as it was;
 * one with the same id and other steps comes in beside it under a new id. A file or a run that cannot be taken is named with
 * the reason, and the others are taken all the same.
 */
import { strFromU8, unzipSync } from 'fflate';
import { filesOf, hashesOf, type Trajectory } from '@/lib/trajectory';
import { LibraryError, type LoadedRun, type LoadOptions, type RunFiles, type TrajectoryLibrary } from '../contract';
import type { Progress } from './export-runs';
import { isLines, isPictureName, readRunLines } from './run-lines';
import { FILE_LIMITS, FileProblem, hashOf, readRunFile, type ImportReason, type RunFile } from './run-file';

export interface ImportProblem {
  readonly file: string;
  /** Counted from 1, where it is about one line. */
  readonly line?: number;
  readonly reason: ImportReason;
}

export interface ImportReport {
  /** Ids as they are kept now. */
  readonly added: readonly string[];
  /** Runs that were kept already. */
  readonly known: number;
  /** Runs that came without their picture, or with another one. */
  readonly withoutPicture: number;
  readonly problems: readonly ImportProblem[];
}

interface Tally {
  added: string[];
  known: number;
  withoutPicture: number;
  problems: ImportProblem[];
}

type NamedFile = Blob & { readonly name: string };
type Into = Pick<TrajectoryLibrary, 'load' | 'save' | 'restore'>;

/** Rejects with `LibraryError` only where the library refuses (a full disk): what was taken before stays. */
export async function importRuns(
  library: Into,
  files: readonly NamedFile[],
  progress: Progress = () => undefined,
): Promise<ImportReport> {
  const tally: Tally = { added: [], known: 0, withoutPicture: 0, problems: [] };
  const documents = files.filter(({ name }) => !isPictureName(name));
  // Pictures alone are no runs; that is said of each below, as of any other file.
  const beside = documents.length > 0 ? await picturesAmong(files) : new Map<string, Blob>();
  for (const file of documents.length > 0 ? documents : files) {
    try {
      if (await isZip(file)) await importArchive(library, file, tally, progress);
      else await importOne(library, file, beside, tally, progress);
    } catch (error) {
      tally.problems.push({ file: file.name, reason: reasonOf(error) });
      if (error instanceof LibraryError && error.code === 'quota') break;
    }
  }
  return tally;
}

function reasonOf(error: unknown): ImportReason {
  if (error instanceof FileProblem) return error.reason;
  if (!(error instanceof LibraryError)) return { code: 'unread' };
  const { code, message } = error;
  return code === 'corrupt' || code === 'internal' ? { code, params: { detail: message } } : { code };
}

async function isZip(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);
}

/** The file of that hash, if it is anywhere near. */
type FindFile = (hash: string) => Blob | null;

/** By hash. */
async function picturesAmong(files: readonly NamedFile[]): Promise<RunFiles> {
  const pictures = new Map<string, Blob>();
  for (const file of files) {
    if (isPictureName(file.name) && file.size <= FILE_LIMITS.picture) pictures.set(await hashOf(file), file);
  }
  return pictures;
}

async function importOne(
  library: Into,
  file: NamedFile,
  beside: RunFiles,
  tally: Tally,
  progress: Progress,
): Promise<void> {
  if (file.size > FILE_LIMITS.json) throw new FileProblem({ code: 'too-large' });
  const text = await file.text();
  const find: FindFile = (hash) => beside.get(hash) ?? null;
  if (isLines(file.name)) return takeLines(library, { name: file.name, text }, find, tally, progress);
  await take(library, readRunFile(text), find, tally);
}

/** A bad line is named; the others are taken. */
async function takeLines(
  library: Into,
  file: { readonly name: string; readonly text: string },
  find: FindFile,
  tally: Tally,
  progress: Progress,
): Promise<void> {
  const lines = readRunLines(file.text);
  if (lines.length === 0) throw new FileProblem({ code: 'no-runs-in-file' });
  for (const [done, { line, read }] of lines.entries()) {
    progress(done, lines.length);
    try {
      await take(library, read(), find, tally);
    } catch (error) {
      if (error instanceof LibraryError && error.code === 'quota') throw error;
      tally.problems.push({ file: file.name, line, reason: reasonOf(error) });
    }
    // The page lives on meanwhile.
    if (done % AT_ONCE.runs === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  progress(lines.length, lines.length);
}

interface Entry {
  readonly name: string;
  readonly size: number;
  /** Its place in the archive: names may repeat. */
  readonly place: number;
}

/** Each look into an archive reads all of its directory: so many runs are taken out at a time. */
const AT_ONCE = { runs: 16, bytes: 32 * 1024 * 1024 } as const;

async function importArchive(library: Into, file: NamedFile, tally: Tally, progress: Progress): Promise<void> {
  if (file.size > FILE_LIMITS.archive) throw new FileProblem({ code: 'archive-too-large' });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const entries = listEntries(bytes);
  const runs = entries.filter(({ name }) => /\.jsonl?$/.test(name) && !name.startsWith('__MACOSX/'));
  if (runs.length === 0) throw new FileProblem({ code: 'no-runs-in-archive' });
  const pictures = new Map<string, Entry>();
  for (const entry of entries) {
    const hash = /(?:^|\/)([0-9a-f]{64})\.[a-z0-9]+$/.exec(entry.name)?.[1];
    if (hash !== undefined) pictures.set(hash, entry);
  }
  let done = 0;
  for (const batch of inBatches(runs, tally, file.name)) {
    progress(done, runs.length);
    const texts = extract(bytes, batch);
    for (const entry of batch) {
      try {
        const text = texts?.get(entry.place) ?? extract(bytes, [entry])?.get(entry.place);
        if (!text) throw new FileProblem({ code: 'damaged' });
        const find: FindFile = (hash) => pictureBeside(bytes, pictures.get(hash));
        if (isLines(entry.name)) {
          const name = `${file.name} › ${entry.name}`;
          await takeLines(library, { name, text: strFromU8(text) }, find, tally, () => undefined);
        } else {
          await take(library, readRunFile(strFromU8(text)), find, tally);
        }
      } catch (error) {
        if (error instanceof LibraryError && error.code === 'quota') throw error;
        tally.problems.push({ file: `${file.name} › ${entry.name}`, reason: reasonOf(error) });
      }
    }
    done += batch.length;
    // The page lives on meanwhile.
    await new Promise((resolve) => setTimeout(resolve));
  }
  progress(runs.length, runs.length);
}

function* inBatches(entries: readonly Entry[], tally: Tally, archive: string): Generator<readonly Entry[]> {
  let batch: Entry[] = [];
  let size = 0;
  for (const entry of entries) {
    if (entry.size > FILE_LIMITS.json) {
      tally.problems.push({ file: `${archive} › ${entry.name}`, reason: { code: 'too-large' } });
      continue;
    }
    if (batch.length > 0 && (batch.length >= AT_ONCE.runs || size + entry.size > AT_ONCE.bytes)) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(entry);
    size += entry.size;
  }
  if (batch.length > 0) yield batch;
}

function pictureBeside(bytes: Uint8Array, entry: Entry | undefined): Blob | null {
  if (!entry || entry.size > FILE_LIMITS.picture) return null;
  const picture = extract(bytes, [entry])?.get(entry.place);
  return picture ? new Blob([picture]) : null;
}

function listEntries(bytes: Uint8Array): readonly Entry[] {
  const entries: Entry[] = [];
  let [packed, unpacked] = [0, 0];
  try {
    unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        entries.push({ name, size: originalSize, place: entries.length });
        packed += size;
        unpacked += originalSize;
        if (entries.length > FILE_LIMITS.entries) throw new FileProblem({ code: 'too-many-files' });
        return false;
      },
    });
  } catch (error) {
    throw error instanceof FileProblem ? error : new FileProblem({ code: 'archive-damaged' });
  }
  const { ratio, harmless } = FILE_LIMITS;
  if (unpacked > harmless && unpacked > ratio * packed) throw new FileProblem({ code: 'unpacks-too-far' });
  return entries;
}

/** By place. Each gets the room that its entry says, and no more. Null where one of them is damaged. */
function extract(bytes: Uint8Array, entries: readonly Entry[]): Map<number, Uint8Array<ArrayBuffer>> | null {
  // fflate answers by name: of two entries of one name only one would come back.
  const wanted = new Map(entries.map(({ place, name }) => [place, name]));
  if (new Set(wanted.values()).size < wanted.size) return null;
  let place = -1;
  try {
    const found = unzipSync(bytes, { filter: () => wanted.has((place += 1)) });
    const byPlace = new Map<number, Uint8Array<ArrayBuffer>>();
    for (const [at, name] of wanted) {
      const content = found[name];
      if (content) byPlace.set(at, content); // fflate makes no shared memory
    }
    return byPlace;
  } catch {
    return null;
  }
}

/** Files that are what they are named after, of those that the run names. */
async function matchingFiles({ trajectory, files }: RunFile, find: FindFile): Promise<RunFiles> {
  const matching = new Map<string, Blob>();
  for (const { hash, mimeType } of filesOf(trajectory)) {
    if (hash === null || matching.has(hash)) continue;
    const given = files.get(hash) ?? find(hash);
    if (!given || given.size > FILE_LIMITS.picture || (await hashOf(given)) !== hash) continue;
    matching.set(hash, new Blob([given], { type: given.type || mimeType }));
  }
  return matching;
}

async function take(library: Into, file: RunFile, find: FindFile, tally: Tally): Promise<void> {
  const { trajectory, tags } = file;
  const files = await matchingFiles(file, find);
  const isWhole = (have: RunFiles) => hashesOf(trajectory).every((hash) => have.has(hash));
  const kept = await loadHealthy(library, trajectory.id);
  // What was deleted is not overwritten either: it may be brought back, with the name and tags that it has.
  const here = kept ?? (await loadHealthy(library, trajectory.id, { evenRemoved: true }));
  if (here !== null && here !== 'damaged' && sameRun(here.trajectory, trajectory)) {
    if (kept === null) await library.restore([trajectory.id]);
    const all = new Map([...here.files, ...files]);
    if (all.size > here.files.size) await library.save(here.trajectory, all, null);
    if (kept !== null) return void (tally.known += 1);
    tally.added.push(trajectory.id);
    if (!isWhole(all)) tally.withoutPicture += 1;
    return;
  }
  const id = here === null ? trajectory.id : crypto.randomUUID();
  await library.save({ ...trajectory, id }, files, null, { tags });
  tally.added.push(id);
  if (!isWhole(files)) tally.withoutPicture += 1;
}

/** A damaged record is no reason to refuse a whole one. */
async function loadHealthy(library: Into, id: string, options?: LoadOptions): Promise<LoadedRun | 'damaged' | null> {
  try {
    return await library.load(id, options);
  } catch (error) {
    if (error instanceof LibraryError && error.code === 'corrupt') return 'damaged';
    throw error;
  }
}

/** The same run, whatever it is called by now. */
function sameRun(a: Trajectory, b: Trajectory): boolean {
  return JSON.stringify({ ...a, title: '' }) === JSON.stringify({ ...b, title: '' });
}
