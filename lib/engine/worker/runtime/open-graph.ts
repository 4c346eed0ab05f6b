/**
 * From a model's files to a session. ONNX Runtime copies a graph file into WebAssembly's memory, which never gets smaller, and
 * keeps its weights there several times over; so a graph is handed over without its weights, and these are told to be in
 * the file where they are. ONNX Runtime then reads them from disk one by one, and on WebGPU they go on to the GPU at once.
 */
import { EngineError, type EngineErrorCode } from '../../contract';
import { type Folder, type ExternalData } from '@/lib/models/files';
import { withoutWeights } from './onnx/graph-file';
import type { Ort, Runtime } from './runtime';

/** Smaller files are as quick as they are. */
const WORTH_BYTES = 2 ** 20;
/** The name under which a graph finds its own file; no export names external data so. */
export const OWN_FILE = 'loupe-own-file';

/** What the whole file would not mend. */
const FINAL: readonly EngineErrorCode[] = ['device-lost', 'out-of-memory'];

export interface OpenGraphOptions {
  readonly role: 'embed' | 'vision' | 'decoder';
  readonly place: 'device' | 'cpu';
  readonly outputsOnGpu?: boolean;
}

/** @throws EngineError as `createSession`, and those of reading a file */
export async function openGraph(
  runtime: Runtime,
  folder: Folder,
  { role, place, outputsOnGpu = false }: OpenGraphOptions,
): Promise<Ort.InferenceSession> {
  const data = await folder.data(role);
  const create = (model: Uint8Array, more: readonly ExternalData[]) =>
    runtime.createSession(model, place, { data: [...data, ...more], outputsOnGpu });
  const file = await folder.graphBlob(role);
  if (file.size >= WORTH_BYTES) {
    try {
      const small = await withoutWeights(file, OWN_FILE);
      if (small) return await create(small, [{ path: OWN_FILE, data: file }]);
    } catch (error) {
      // A graph that does not bear it may still load as it is; what else is wrong will be wrong again. Weights inside take more.
      if (error instanceof EngineError && FINAL.includes(error.code)) throw error;
      console.warn(`The ${role} graph is loaded with its weights inside:`, error);
    }
  }
  return create(await folder.graph(role), []);
}
