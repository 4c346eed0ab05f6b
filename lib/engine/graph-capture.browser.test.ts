/**
 * Whether ONNX Runtime can record a decoder's run and replay it (`enableGraphCapture`). It refuses decoders as exports have
 * them; when it takes one, this test fails, and decoding has something to gain (docs/engine.md). Prints what stays on the CPU.
 */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ORT_PATH } from './client';
import { tinyModel } from './fixtures/tiny-models';
import { createRuntime, type Runtime } from './worker/runtime/runtime';

const SLOW = 900_000;
const { warn } = console;
const without = new Set<string>();
let runtime: Runtime;

beforeAll(async () => {
  // ONNX Runtime keeps the console's methods that it finds when it begins.
  const listen = (...words: unknown[]) => {
    for (const [, type] of words.join(' ').matchAll(/kernel not found in registries for Op type: (\w+)/g)) {
      without.add(type!);
    }
  };
  for (const level of ['log', 'info', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(listen);
  const ortUrl = new URL(ORT_PATH, location.href).href;
  runtime = await createRuntime({ device: 'webgpu', ortUrl, subgroups: true });
}, SLOW);
afterAll(() => {
  vi.restoreAllMocks();
});

it.each([
  { family: 'smolvlm', onCpu: ['Shape'] },
  { family: 'qwen3_vl', onCpu: ['Neg', 'ReduceProd', 'Shape', 'Slice'] },
] as const)(
  'the decoder of $family is refused, for what it computes of lengths',
  async ({ family, onCpu }) => {
    without.clear();
    const model = tinyModel({ family }).get('onnx/decoder_model_merged.onnx')!;
    const opening = runtime.ort.InferenceSession.create(model, {
      // As in runtime.ts.
      executionProviders: [{ name: 'webgpu' as const, device: runtime.gpu! }],
      preferredOutputLocation: 'gpu-buffer',
      enableGraphCapture: true,
      logSeverityLevel: 1,
    });
    await expect(opening).rejects.toThrow('have not been partitioned to the WebGpuExecutionProvider');
    const names = [...without].sort();
    warn(`${family}: no kernel for ${names.join(', ')}`);
    expect(names).toEqual(onCpu);
  },
  SLOW,
);
