/** The engine's own worker with instruments in front of it. Its name is the device. */
import { countRuns, takeReport } from './probe';
import { serveCalls } from './calls';

async function openOrt() {
  // As ort-bundle.ts chooses: the same module, so the same class of sessions.
  if (self.name === 'wasm') return import('onnxruntime-web/wasm');
  return 'Suspending' in WebAssembly ? import('onnxruntime-web/jspi') : import('onnxruntime-web/webgpu');
}

const { InferenceSession } = await openOrt();
// Typed as a factory; it is the class.
countRuns((InferenceSession as unknown as { prototype: Parameters<typeof countRuns>[0] }).prototype);
await import('@/lib/engine/worker/engine-worker');
serveCalls({ report: takeReport });
