/**
 * From a model's files to a session. ONNX Runtime copies a graph file into WebAssembly's memory, which never gets smaller, and
 * keeps its weights there several times over; so a graph is handed over without its weights, and these are told to be in
 * the file where they are. ONNX Runtime then reads them from disk one by one, and on WebGPU they go on to the GPU at once.
 */
import { EngineError, type ModelManifest } from '../contract';
import { fileOf } from '../manifest';
import { withoutWeights } from './onnx/graph-file';
import type { ExternalData, Ort, Runtime } from './runtime';
import type { ModelFiles, StoredFile } from './stored-file';

export type GraphRole = 'embed' | 'vision' | 'decoder';

export interface GraphParts {
  readonly runtime: Runtime;
  readonly manifest: ModelManifest;
  readonly files: ModelFiles;
}

/** Smaller files are as quick as they are. */
const WORTH_BYTES = 2 ** 20;
/** The name under which a graph finds its own file; no export names external data so. */
const OWN_FILE = 'loupe-own-file';

/** @throws EngineError as `createSession`, and those of reading a file */
export async function openGraph(
  { runtime, manifest, files }: GraphParts,
  role: GraphRole,
  place: 'device' | 'cpu',
  outputsOnGpu = false,
): Promise<Ort.InferenceSession> {
  const file = graphFile(manifest, files, role);
  const data: ExternalData[] = [];
  for (const [path, one] of dataOf(manifest, files, role)) data.push({ path, data: await one.blob() });
  const create = (model: Uint8Array, more: readonly ExternalData[]) =>
    runtime.createSession(model, place, { data: [...data, ...more], outputsOnGpu });
  if (file.size >= WORTH_BYTES) {
    try {
      const blob = await file.blob();
      const small = await withoutWeights(blob, OWN_FILE);
      if (small) return await create(small, [{ path: OWN_FILE, data: blob }]);
    } catch (error) {
      // A graph that does not bear it may still load as it is; what else is wrong will be wrong again.
      if (error instanceof EngineError && error.code === 'device-lost') throw error;
    }
  }
  return create(await file.bytes(), []);
}

/** A graph's file as it is on the disk, and its external data by the names it uses. */
export async function graphBlobs(
  { manifest, files }: GraphParts,
  role: GraphRole,
): Promise<{ file: Blob; outside: ReadonlyMap<string, Blob> }> {
  const outside = new Map<string, Blob>();
  for (const [path, one] of dataOf(manifest, files, role)) outside.set(path, await one.blob());
  return { file: await graphFile(manifest, files, role).blob(), outside };
}

function graphFile(manifest: ModelManifest, files: ModelFiles, role: GraphRole): StoredFile {
  const file = files.get(fileOf(manifest, role)?.path ?? '');
  // Required roles were checked with the manifest.
  if (!file) throw new EngineError('bad-manifest', `No file has the role "${role}".`);
  return file;
}

/** A graph's name for its external data is the file's, without folders. */
function dataOf(manifest: ModelManifest, files: ModelFiles, role: GraphRole): [string, StoredFile][] {
  return manifest.files.flatMap((file): [string, StoredFile][] => {
    const data = file.role === `${role}-data` ? files.get(file.path) : undefined;
    return data ? [[file.path.slice(file.path.lastIndexOf('/') + 1), data]] : [];
  });
}
