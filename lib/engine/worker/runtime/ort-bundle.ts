/**
 * Which of ONNX Runtime's bundles serves a device, and the WebAssembly file that belongs to it. ONNX Runtime would fetch that
 * file by itself, unseen, while the first graph compiles; Loupe fetches it with the model's files instead, so that the bar
 * counts all that travels and a connection that breaks is told as one.
 */
import type * as Ort from 'onnxruntime-web/wasm';
import type { PackedFile } from '@/lib/models/files';
import { EngineError, type Device } from '../../contract';

export interface OrtBundle {
  /** @throws EngineError `network` */
  open(): Promise<typeof Ort>;
  readonly wasm: PackedFile;
  /** Whether its WebAssembly can wait for a promise while a session is made. */
  readonly waits: boolean;
}

const PLAIN: OrtBundle = {
  open: () => import('onnxruntime-web/wasm').catch(unreachable),
  wasm: { name: 'ort-wasm-simd-threaded.wasm', bytes: 14_239_897, packed: 2_674_080 },
  waits: false,
};
const JSPI: OrtBundle = {
  open: () => import('onnxruntime-web/jspi').catch(unreachable),
  wasm: { name: 'ort-wasm-simd-threaded.jspi.wasm', bytes: 16_758_545, packed: 3_036_395 },
  waits: true,
};
const ASYNCIFY: OrtBundle = {
  open: () => import('onnxruntime-web/webgpu').catch(unreachable),
  wasm: { name: 'ort-wasm-simd-threaded.asyncify.wasm', bytes: 26_781_914, packed: 4_611_920 },
  waits: false,
};

/** For the test that holds the sizes to the installed files. */
export const ORT_BUNDLES: readonly OrtBundle[] = [PLAIN, JSPI, ASYNCIFY];

export function bundleFor(device: Device): OrtBundle {
  if (device === 'wasm') return PLAIN;
  // JSPI suspends natively where asyncify rewrites the whole binary: smaller and faster, where the browser has it.
  return 'Suspending' in WebAssembly ? JSPI : ASYNCIFY;
}

function unreachable(error: unknown): never {
  throw new EngineError('network', `ONNX Runtime could not be fetched: ${String(error)}`, { cause: error });
}
