/**
 * Kept runs as files to take away: one run as JSON with its picture in it, several as a zip with `runs/*.json` and
 * `pictures/<hash>.<ending>`, each picture once. More than one zip may hold goes on in the next, each of which can be taken
 * in by itself. Written piece by piece, one run in memory at a time; the page breathes between runs. The zip is fflate's.
 */
import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { LoadedRun, RunSummary, TrajectoryLibrary } from '../contract';
import { LibraryError } from '../contract';
import { filesOf } from '@/lib/trajectory';
import { ARCHIVE_LIMITS, fileName, picturePath, writeRunFile, type ArchiveLimits } from './run-file';

export interface ExportedFile {
  readonly name: string;
  readonly blob: Blob;
}

export interface RunExport {
  /** In order. None where no run could be read. */
  readonly files: readonly ExportedFile[];
  /** How many runs are in them. */
  readonly runs: number;
  /** Names of runs that could not be read and are in none. */
  readonly left: readonly string[];
}

export type Progress = (done: number, total: number) => void;

type Exported = Pick<RunSummary, 'id' | 'title' | 'question' | 'tags' | 'createdAt'>;

/** Rejects with `LibraryError` where the one run that was asked for cannot be read. */
export async function exportRuns(
  library: Pick<TrajectoryLibrary, 'load'>,
  runs: readonly Exported[],
  progress: Progress = () => undefined,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<RunExport> {
  const [only] = runs;
  const one = only && runs.length === 1 ? await exportOne(library, only, limits) : null;
  return one ?? exportSeveral(library, runs, progress, limits);
}

/** Null where the run and its pictures are more than one file may hold. */
async function exportOne(
  library: Pick<TrajectoryLibrary, 'load'>,
  run: Exported,
  limits: ArchiveLimits,
): Promise<RunExport | null> {
  const kept = await library.load(run.id);
  if (!kept) throw new LibraryError('not-found');
  if (fileSize(kept) > limits.json) return null;
  const text = await writeRunFile(kept.trajectory, run.tags, kept.files);
  const name = `${fileName(run.title || run.question, run.createdAt)}.json`;
  return { files: [{ name, blob: new Blob([text], { type: 'application/json' }) }], runs: 1, left: [] };
}

/** Of a run with its pictures in it, in base64: at most. */
function fileSize({ trajectory, files }: LoadedRun): number {
  const text = new Blob([JSON.stringify(trajectory)]).size;
  return [...files.values()].reduce((sum, { size }) => sum + Math.ceil((size * 4) / 3) + 1024, text);
}

async function exportSeveral(
  library: Pick<TrajectoryLibrary, 'load'>,
  runs: readonly Exported[],
  progress: Progress,
  limits: ArchiveLimits,
): Promise<RunExport> {
  const archives = createArchives(limits);
  const left: string[] = [];
  // Over all archives: they may be unpacked into one folder.
  const names = new Set<string>();
  let written = 0;
  for (const [index, run] of runs.entries()) {
    progress(index, runs.length);
    const kept = await library.load(run.id).catch(() => null);
    if (!kept) {
      left.push(run.title || run.question);
      continue;
    }
    const base = fileName(run.title || run.question, run.createdAt);
    let name = base;
    for (let copy = 2; names.has(name); copy += 1) name = `${base}-${copy}`;
    names.add(name);
    await archives.add(`runs/${name}.json`, strToU8(await writeRunFile(kept.trajectory, run.tags, new Map())), kept);
    written += 1;
  }
  progress(runs.length, runs.length);
  const day = new Date().toISOString().slice(0, 10);
  const blobs = archives.end();
  const files = blobs.map((blob, at) => ({
    name: blobs.length > 1 ? `loupe-runs-${day}-${at + 1}.zip` : `loupe-runs-${day}.zip`,
    blob,
  }));
  return { files, runs: written, left };
}

/** One archive after the other, none beyond the limits; a run and its picture lie in the same one. */
function createArchives(limits: ArchiveLimits) {
  const done: Blob[] = [];
  let archive = createArchive();
  let pictures = new Set<string>();
  return {
    async add(path: string, text: Uint8Array, run: LoadedRun): Promise<void> {
      const own = picturesOf(run);
      const coming = [...own].filter(([picture]) => !pictures.has(picture));
      // At most: by how much the text shrinks is known only afterwards.
      const more = coming.reduce((sum, [, file]) => sum + file.size, text.length);
      const { bytes, entries } = archive.size();
      const full = bytes + more > limits.bytes || entries + 1 + coming.length > limits.entries;
      if (entries > 0 && full) {
        done.push(archive.end());
        archive = createArchive();
        pictures = new Set();
      }
      archive.add(path, text, 6);
      for (const [picture, file] of own) {
        if (pictures.has(picture)) continue;
        pictures.add(picture);
        // Pictures are compressed already.
        archive.add(picture, new Uint8Array(await file.arrayBuffer()), 0);
      }
    },
    end: (): readonly Blob[] => (archive.size().entries > 0 ? [...done, archive.end()] : done),
  };
}

/** The run's files by where they lie in an archive. */
function picturesOf({ trajectory, files }: LoadedRun): ReadonlyMap<string, Blob> {
  const pictures = new Map<string, Blob>();
  for (const ref of filesOf(trajectory)) {
    const file = ref.hash === null ? undefined : files.get(ref.hash);
    if (ref.hash !== null && file) pictures.set(picturePath(ref.hash, ref), file);
  }
  return pictures;
}

/** So much is held as bytes before it is handed to the browser, which may put a Blob on disk. */
const HELD = 8 * 1024 * 1024;

function createArchive() {
  const parts: BlobPart[] = [];
  let held: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  let bytes = 0;
  let entries = 0;
  const release = () => {
    if (held.length > 0) parts.push(new Blob(held));
    held = [];
    size = 0;
  };
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    held.push(chunk); // fflate makes no shared memory
    size += chunk.length;
    bytes += chunk.length;
    if (size > HELD) release();
  });
  return {
    /** So far; the directory comes with the end. */
    size: () => ({ bytes, entries }),
    add(path: string, content: Uint8Array, level: 0 | 6) {
      const entry = new ZipDeflate(path, { level });
      zip.add(entry);
      entry.push(content, true);
      entries += 1;
    },
    end(): Blob {
      zip.end();
      release();
      return new Blob(parts, { type: 'application/zip' });
    },
  };
}
