/**
 * A model from the person's own disk: a folder in the hub's layout, or one of ours with manifest.json. Its files are hashed and
 * copied to where downloads are kept, so that it opens again after a reload without asking for the folder, and everything after
 * is as with any other model: `local:<name>`. What of it can be chosen later is kept with it.
 */
import {
  EngineError,
  type LoadProgress,
  type ManifestImage,
  type ModelFile,
  type ModelManifest,
} from '@/lib/engine/contract';
import { keptAs } from '../kept-as';
import { parseManifest } from '../manifest';
import { createSha256, sha256 } from '../files/sha256';
import { createSlicer, sliceBody } from '../files/ranges';
import { holdCache, keepGiven } from '../files/kept-models';
import { filesToRead } from '../files/folder';
import { openModelCache } from '../files/model-cache';
import { TRANSFER } from '../files/transfer';
import type { Dtype } from './dtypes';
import { formatModelUrl, parseModelUrl, type AddressWishes } from './model-url';
import type { Repo, RepoFile } from './repo';
import { inspectRepo, type InspectedModel } from './resolve';

/** Path within the folder, without the folder's own name → file. */
export type LocalFolder = ReadonlyMap<string, Blob>;

type Copying = Extract<LoadProgress, { phase: 'download' }>;

/** What `<input type="file" multiple>` or one with `webkitdirectory` gives. */
export function folderOfFiles(files: Iterable<File>): LocalFolder {
  const entries = [...files].map((file): [string, Blob] => {
    const path = file.webkitRelativePath || file.name;
    return [path.includes('/') ? path.slice(path.indexOf('/') + 1) : path, file];
  });
  // Files picked one by one have no folders: graphs belong into `onnx/`.
  const flat = entries.every(([path]) => !path.includes('/'));
  return new Map(
    flat ? entries.map(([path, file]) => [/\.onnx(_data.*)?$/.test(path) ? `onnx/${path}` : path, file]) : entries,
  );
}

/** Looked at of each file for its name: enough to tell one training from another of the same shape. */
const SAMPLE_BYTES = 4096;

/**
 * A name for files that lie in no folder: what kind of model they are, if they say so, and six hex digits of what they are. The
 * same files have the same name; others that are called the same (and nearly all are) have another.
 */
export async function nameOfLooseFiles(folder: LocalFolder): Promise<string> {
  const parts: BlobPart[] = [];
  for (const [path, blob] of [...folder].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const middle = Math.floor(blob.size / 2);
    parts.push(`${path} ${blob.size}\n`, blob.slice(middle, middle + SAMPLE_BYTES));
  }
  const digest = await sha256(new Uint8Array(await new Blob(parts).arrayBuffer()));
  return `${await kindOf(folder)} ${digest.slice(0, 6)}`;
}

async function kindOf(folder: LocalFolder): Promise<string> {
  try {
    // Only looked at for words; whoever reads it as a description checks it.
    const config = JSON.parse((await folder.get('config.json')?.text()) ?? '{}') as { model_type?: unknown } | null;
    if (typeof config?.model_type === 'string' && /^[\w.-]{1,40}$/.test(config.model_type)) return config.model_type;
  } catch {
    // Whoever reads it says so.
  }
  return 'files';
}

/** What `showDirectoryPicker()` gives. Hidden folders are passed over. */
export async function folderOfHandle(folder: FileSystemDirectoryHandle): Promise<LocalFolder> {
  const files = new Map<string, Blob>();
  async function walk(handle: FileSystemDirectoryHandle, prefix: string): Promise<void> {
    for await (const [name, entry] of handle.entries()) {
      if (name.startsWith('.')) continue;
      if (entry.kind === 'directory') await walk(entry, `${prefix}${name}/`);
      else files.set(prefix + name, await entry.getFile());
    }
  }
  await walk(folder, '');
  return files;
}

/**
 * What a folder in the hub's layout holds. Nothing large is read: files are known by name and size, and have no hashes yet.
 * @throws EngineError `unsupported-model`, `bad-manifest`
 */
export function inspectLocalModel(name: string, folder: LocalFolder): Promise<InspectedModel> {
  return inspectRepo(repoOf(name, folder));
}

/** What is wished of it stands in the address that comes back; the copy is the same without. */
export interface ImportRequest extends Partial<AddressWishes> {
  /** What the person calls it; the folder's name. */
  readonly name: string;
  readonly folder: LocalFolder;
  /** null for the one that runs everywhere. */
  readonly dtype: Dtype | null;
}

/**
 * Copies a model in, told in bytes as a download is. It has its name once all of it is here; one that had it before goes then.
 * @returns the address to load it by
 * @throws EngineError `bad-request` (a name that is none), `unsupported-model`, `bad-manifest`, `bad-weights`, `quota`; the
 * abort's reason when aborted.
 */
export async function* importLocalModel(
  { name, folder, dtype, maxPixels = null, thinking = null }: ImportRequest,
  signal: AbortSignal,
): AsyncGenerator<Copying, string, undefined> {
  const modelUrl = formatModelUrl({ kind: 'local', name, maxPixels, thinking });
  parseModelUrl(modelUrl);
  const { draft, own } = await manifestOf(name, folder, dtype);
  // What is there for other programs only stays where it is.
  const wanted = filesToRead(draft);
  const total = wanted.reduce((sum, file) => sum + file.bytes, 0);
  const release = await holdCache(signal);
  try {
    const cache = await openModelCache({ pieceBytes: TRANSFER.pieceBytes, memoryWillDo: false });
    if (!cache.keeps) {
      throw new EngineError('quota', { code: 'keeps-nothing' });
    }
    const files: ModelFile[] = [];
    let loaded = 0;
    for (const file of wanted) {
      signal.throwIfAborted();
      const blob = folder.get(file.path);
      if (!blob) throw new EngineError('bad-manifest', { code: 'not-in-folder', params: { path: file.path } });
      const known = { ...file, gitSha1: undefined, sha256: await hashBlob(blob, signal) };
      if (file.sha256 !== undefined && file.sha256 !== known.sha256) {
        throw new EngineError('bad-weights', { code: 'other-in-folder', params: { path: file.path } });
      }
      const shelf = await cache.shelf(known, true);
      if (!shelf.sealed) {
        if (known.bytes === 0) await shelf.put(0, new Uint8Array(0));
        const slicer = createSlicer(shelf, {
          first: 0,
          last: shelf.count - 1,
          onBytes: () => undefined,
          onPiece: () => signal.throwIfAborted(),
        });
        await sliceBody(blob.stream(), 0, slicer);
        await shelf.seal();
      }
      files.push(known);
      loaded += file.bytes;
      yield { phase: 'download', file: file.path, loaded, total, fileLoaded: file.bytes, fileTotal: file.bytes };
    }
    // Not before: what is under this name until then stays whole, and a copy that was stopped is no model. What it leaves behind
    // is nobody's, and goes with the next load.
    await keep(keptAs(modelUrl), { ...draft, files }, own);
  } finally {
    await release();
  }
  return modelUrl;
}

async function keep(modelUrl: string, manifest: ModelManifest, own: ManifestImage): Promise<void> {
  try {
    await keepGiven(modelUrl, manifest, own);
  } catch (error) {
    throw new EngineError('quota', { code: 'not-written' }, { cause: error });
  }
}

interface Draft {
  readonly draft: ModelManifest;
  readonly own: ManifestImage;
}

async function manifestOf(name: string, folder: LocalFolder, dtype: Dtype | null): Promise<Draft> {
  const ours = folder.get('manifest.json');
  if (!ours) {
    const model = await inspectLocalModel(name, folder);
    return { draft: model.manifest(dtype), own: model.ownImage(dtype) };
  }
  try {
    const draft = parseManifest(JSON.parse(await ours.text()));
    return { draft, own: draft.image };
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError('bad-manifest', { code: 'manifest-not-json', params: { detail: '' } }, { cause: error });
  }
}

/** Hashes come when the files are copied: until then a file is known by its size. */
function repoOf(name: string, folder: LocalFolder): Repo {
  const files = new Map<string, RepoFile>();
  for (const [path, blob] of folder) files.set(path, { path, bytes: blob.size });
  return {
    id: name,
    commit: 'local',
    license: '',
    gated: false,
    files,
    text: async (path) => (await folder.get(path)?.text()) ?? null,
  };
}

/** What fits into memory with ease is hashed by the browser itself, which is many times faster. */
const AT_ONCE = 64 * 1024 * 1024;

async function hashBlob(blob: Blob, signal: AbortSignal): Promise<string> {
  if (blob.size <= AT_ONCE) return sha256(new Uint8Array(await blob.arrayBuffer()));
  const hasher = await createSha256();
  for (let at = 0; at < blob.size; at += TRANSFER.pieceBytes) {
    signal.throwIfAborted();
    hasher.update(new Uint8Array(await blob.slice(at, at + TRANSFER.pieceBytes).arrayBuffer()));
  }
  return hasher.hex();
}
