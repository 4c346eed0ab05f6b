/**
 * Which files of onnxruntime-web the app serves itself, and where. One list for the build (prepare.mjs) and the browser
 * tests. Three bundles: `jspi` (WebGPU where the browser can suspend wasm), `asyncify` (WebGPU
 * elsewhere), plain (no WebGPU). The default JSEP bundle computes some operators wrongly and is left out on purpose.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The version is part of the address, so that every answer can be immutable. A unit test holds it to package-lock.json. */
export const ORT_VERSION = '1.30.0';
export const ORT_BASE = `/ort/${ORT_VERSION}/`;
export const ORT_DIST = join(root, 'node_modules/onnxruntime-web/dist');

export const ORT_FILES = [
  'ort-wasm-simd-threaded.mjs',
  'ort-wasm-simd-threaded.wasm',
  'ort-wasm-simd-threaded.jspi.mjs',
  'ort-wasm-simd-threaded.jspi.wasm',
  'ort-wasm-simd-threaded.asyncify.mjs',
  'ort-wasm-simd-threaded.asyncify.wasm',
];

/**
 * The builds without their wasm: with the others every bundler copies 57 MB of wasm into its output, which nothing loads.
 * For bundlers' alias tables; paths from the root.
 */
export const ORT_ALIASES = {
  'onnxruntime-web/jspi': './node_modules/onnxruntime-web/dist/ort.jspi.min.mjs',
  'onnxruntime-web/wasm': './node_modules/onnxruntime-web/dist/ort.wasm.min.mjs',
  'onnxruntime-web/webgpu': './node_modules/onnxruntime-web/dist/ort.webgpu.min.mjs',
};
