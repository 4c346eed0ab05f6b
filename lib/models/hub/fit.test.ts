/** The verdict before a download: good, doubtful and impossible, each for its reason. */
import { describe, expect, it } from 'vitest';
import type { TextConfig } from './configs';
import { DTYPES, dtypeOptions, preferredDtypes, type Dtype } from './dtypes';
import { estimateMemory, judgeFit, type Machine } from './fit';
import { makeManifest } from './make-manifest';
import type { Repo, RepoFile } from './repo';

const MB = 1e6;
const SUFFIX: Partial<Record<Dtype, string>> = { fp32: '', q8: '_quantized', q4: '_q4', q4f16: '_q4f16' };

/** Of SmolVLM-256M's measures; the graphs as large as they are asked to be. */
function model(dtype: Dtype, megabytes: number, external = false, vocab = 49_280, layers: Partial<TextConfig> = {}) {
  const files = new Map<string, RepoFile>([['tokenizer.json', { path: 'tokenizer.json', bytes: 1, gitSha1: 'a' }]]);
  const add = (path: string, bytes: number) => files.set(path, { path, bytes, sha256: 'b' });
  for (const [name, share] of [
    ['decoder_model_merged', 0.7],
    ['vision_encoder', 0.2],
    ['embed_tokens', 0.1],
  ] as const) {
    const path = `onnx/${name}${SUFFIX[dtype] ?? ''}.onnx`;
    add(path, external ? 1 : megabytes * MB * share);
    if (external) add(`${path}_data`, megabytes * MB * share);
  }
  const repo: Repo = { id: 'o/m', commit: 'c', license: '', gated: false, files, text: () => Promise.resolve(null) };
  const option = dtypeOptions(files).find((one) => one.dtype === dtype)!;
  const text = {
    hidden_size: 576,
    num_hidden_layers: 30,
    num_attention_heads: 9,
    num_key_value_heads: 3,
    vocab_size: vocab,
    ...layers,
  };
  const config = { model_type: 'idefics3', ...text };
  const configs = {
    config,
    text,
    preprocessor: {},
    imageSeqLen: null,
    stop: ['<end>'],
    stopIds: [],
    templateInTokenizer: true,
    template: '',
  };
  files.set('tokenizer_config.json', { path: 'tokenizer_config.json', bytes: 1, gitSha1: 'a' });
  return { manifest: makeManifest(repo, configs, option, {}), option };
}

const machine = (change: Partial<Machine> = {}): Machine => ({
  device: 'webgpu',
  gpu: { maxBufferSize: 2 ** 31, features: new Set(['shader-f16']) },
  deviceMemory: 8,
  storage: { quota: 50e9, usage: 0 },
  ...change,
});
const wasm = machine({ device: 'wasm', gpu: null });
const judge = ({ manifest, option }: ReturnType<typeof model>, on: Machine, kept = 0) =>
  judgeFit(manifest, option, on, kept);

describe('judgeFit', () => {
  it('is good where all is well, and tells what is still to come', () => {
    const fit = judge(model('q4', 200), machine(), 50 * MB);
    expect(fit).toMatchObject({ verdict: 'good', reasons: [] });
    expect(fit.downloadBytes).toBeCloseTo(150 * MB, -3);
    expect(judge(model('q8', 200), wasm).verdict).toBe('good');
  });

  it('warns of half floats where others found them wrong: SmolVLM’s on a GPU', () => {
    const { verdict, reasons } = judge(model('q4f16', 200), machine());
    expect(verdict).toBe('tight');
    expect(reasons[0]).toEqual({ code: 'half-precision-doubtful' });
  });

  it('prefers on each device what is known to be right over what is smallest', () => {
    expect(preferredDtypes('webgpu').slice(0, 3)).toEqual(['q4', 'bnb4', 'q4f16']);
    expect(preferredDtypes('wasm')[0]).toBe('q8');
    for (const device of ['webgpu', 'wasm'] as const)
      expect([...preferredDtypes(device)].sort()).toEqual([...DTYPES].sort());
  });

  it.each([
    [
      'half floats without shader-f16',
      model('q4f16', 200),
      machine({ gpu: { maxBufferSize: 2 ** 31, features: new Set() } }),
      'lacks-features',
    ],
    [
      'a table beyond a buffer',
      model('fp32', 900, true, 152_000),
      machine({ gpu: { maxBufferSize: 2 ** 28, features: new Set() } }),
      'table-too-large',
    ],
    ['more than WebAssembly has', model('q8', 1500), wasm, 'heap-too-large'],
    [
      'a full disk',
      model('q8', 200),
      machine({ device: 'wasm', gpu: null, storage: { quota: 1e9, usage: 0.9e9 } }),
      'disk-full',
    ],
  ])('says no to %s', (_, what, on, reason) => {
    const fit = judge(what, on);
    expect(fit.verdict).toBe('no');
    expect(fit.reasons[0]?.code).toBe(reason);
  });

  it.each([
    ['four bits on WASM', model('q4', 200), wasm, 'four-bits-on-wasm'],
    ['eight bits on WebGPU', model('q8', 200), machine(), 'eight-bits-on-gpu'],
    ['most of the memory', model('q8', 700, true), machine({ ...wasm, deviceMemory: 2 }), 'most-of-machine'],
    ['more than the memory', model('q8', 700, true), machine({ ...wasm, deviceMemory: 1 }), 'more-than-machine'],
  ])('doubts %s', (_, what, on, reason) => {
    const fit = judge(what, on);
    expect(fit.verdict).toBe('tight');
    expect(fit.reasons.map(({ code }) => code)).toContain(reason);
  });
});

it('external data leaves the heap small on a GPU', () => {
  const within = model('fp32', 500);
  const beside = model('fp32', 500, true);
  const heap = ({ manifest, option }: typeof within) => estimateMemory(manifest, option, 'webgpu').heapBytes;
  expect(heap(within)).toBeGreaterThan(1500 * MB);
  expect(heap(beside)).toBeLessThan(150 * MB);
});

it('counts everything that is looked up on a GPU there, and keys and values as wide as they are', () => {
  const bytes = ({ manifest, option }: ReturnType<typeof model>) => estimateMemory(manifest, option, 'webgpu').gpuBytes;
  const numbers = 2 * 30 * 3 * 64;
  const full = model('q4', 500, true);
  expect(full.manifest.context).toBe(8192);
  expect(bytes(full)).toBeCloseTo(500 * MB + 8192 * numbers * 4, -2);
  expect(bytes(model('q4f16', 500, true))).toBeCloseTo(500 * MB + 8192 * numbers * 2, -2);
});

it.each([
  [
    'with recurrences',
    { layer_types: Array.from({ length: 30 }, (_, i) => (i % 5 ? 'linear_attention' : 'full_attention')) },
  ],
  ['with convolutions', { full_attn_idxs: [0, 5, 10, 15, 20, 25] }],
])('counts keys and values of the layers that have them, in a model %s', (_, layers) => {
  const kv = ({ manifest, option }: ReturnType<typeof model>) =>
    estimateMemory(manifest, option, 'webgpu').gpuBytes - 100 * MB;
  const [all, some] = [model('q4', 100, true), model('q4', 100, true, 49_280, layers)];
  expect(some.manifest.decoder.attentionLayers).toBe(6);
  expect(kv(all) / kv(some)).toBeCloseTo(5, 3);
});
