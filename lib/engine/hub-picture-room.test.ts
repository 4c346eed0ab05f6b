/**
 * The models that people will try first, by the numbers of their public config.json and preprocessor_config.json: as they are
 * sized here unless somebody says otherwise, a run of the usual length fits, and sizes that are offered differ.
 */
import { describe, expect, it } from 'vitest';
import { imageTokens, layOutImage } from './sizing';
import { nextSmaller } from '@/lib/models/picture-steps';
import { USUAL_RUN, USUAL_TEXT } from '@/lib/models/usual-run';
import type { ManifestImage } from './contract';
import type { Dtype } from '@/lib/models/hub/dtypes';
import type { Repo, RepoFile } from '@/lib/models/hub/repo';
import { inspectRepo } from '@/lib/models/hub/resolve';

const text = (hidden: number, layers: number, heads: number, kvHeads: number, headDim: number, vocab: number) => ({
  hidden_size: hidden,
  num_hidden_layers: layers,
  num_attention_heads: heads,
  num_key_value_heads: kvHeads,
  head_dim: headDim,
  vocab_size: vocab,
  max_position_embeddings: 32_768,
});
const smol = (edge: number, patch: number, scale: number) => ({
  config: { scale_factor: scale, vision_config: { image_size: edge, patch_size: patch } },
  preprocessor: { max_image_size: { longest_edge: edge }, size: { longest_edge: 4 * edge }, do_image_splitting: true },
});
const qwen = (patch: number, min: number, max: number) => ({
  config: { vision_config: { patch_size: patch, spatial_merge_size: 2 } },
  preprocessor: { patch_size: patch, merge_size: 2, size: { shortest_edge: min, longest_edge: max } },
});

const MODELS = {
  'Qwen2-VL-2B': { type: 'qwen2_vl', text: text(1536, 28, 12, 2, 128, 151_936), ...qwen(14, 3136, 12_845_056) },
  'Qwen2.5-VL-3B': { type: 'qwen2_5_vl', text: text(2048, 36, 16, 2, 128, 151_936), ...qwen(14, 3136, 12_845_056) },
  'Qwen3-VL-2B': { type: 'qwen3_vl', text: text(2048, 28, 16, 8, 128, 151_936), ...qwen(16, 65_536, 16_777_216) },
  'SmolVLM-256M': { type: 'idefics3', text: text(576, 30, 9, 3, 64, 49_280), ...smol(512, 16, 4) },
  'SmolVLM-500M': { type: 'idefics3', text: text(960, 32, 15, 5, 64, 49_280), ...smol(512, 16, 4) },
  'SmolVLM 2.2B': { type: 'idefics3', text: text(2048, 24, 32, 32, 64, 49_155), ...smol(384, 14, 3) },
  'LFM2-VL-450M': {
    type: 'lfm2_vl',
    text: { ...text(1024, 16, 16, 8, 64, 65_536), full_attn_idxs: [2, 5, 8, 10, 12, 14] },
    config: { tile_size: 512, encoder_patch_size: 16, downsample_factor: 2, min_tiles: 2, max_tiles: 10 },
    preprocessor: { max_image_tokens: 256, min_image_tokens: 64, do_image_splitting: true, use_thumbnail: true },
  },
} as const;
type Name = keyof typeof MODELS;

const SUFFIX = { q4: '_q4', q4f16: '_q4f16' } as const satisfies Partial<Record<Dtype, string>>;

function repo(name: Name): Repo {
  const { type, preprocessor } = MODELS[name];
  const small = {
    'config.json': { model_type: type, ...MODELS[name].config, text_config: MODELS[name].text },
    'preprocessor_config.json': preprocessor,
    'tokenizer.json': {},
    'tokenizer_config.json': { eos_token: '<end>', chat_template: '{{ messages }}' },
  };
  const texts = new Map(Object.entries(small).map(([path, value]) => [path, JSON.stringify(value)]));
  const files = new Map<string, RepoFile>();
  for (const path of texts.keys()) files.set(path, { path, bytes: 1, gitSha1: 'a' });
  for (const suffix of Object.values(SUFFIX)) {
    for (const graph of ['decoder_model_merged', 'vision_encoder', 'embed_tokens']) {
      const path = `onnx/${graph}${suffix}.onnx`;
      files.set(path, { path, bytes: 1, sha256: 'b' });
    }
  }
  const read = (path: string) => Promise.resolve(texts.get(path) ?? null);
  return { id: `o/${name}`, commit: 'c', license: '', gated: false, files, text: read };
}
const modelOf = (name: Name) => inspectRepo(repo(name));

/** Tokens that frame a picture in the prompt: of the Qwen families, Idefics3's and LFM2's (worker/models). */
function framing(image: ManifestImage, width: number, height: number): number {
  const { rows, columns } = layOutImage(image, { width, height });
  if (image.sizing?.kind === 'smart') return 2;
  return image.sizing?.kind === 'lfm2' ? rows * columns + 3 : 2 * rows * columns + rows + 3;
}

const takes = (image: ManifestImage, [width, height]: readonly [number, number]) =>
  imageTokens(image, width, height) + framing(image, width, height);

/** A photo of twelve megapixels, upright or not, and what is cut out of it: squares are cut into the most tiles. */
const RUNS = [
  [
    [4000, 3000],
    [1500, 1500],
    [2000, 1500],
    [900, 1200],
    [300, 300],
  ],
  [
    [3000, 4000],
    [3000, 3000],
    [3000, 3000],
    [64, 64],
    [2000, 2000],
  ],
] as const;

describe.each(Object.keys(MODELS) as Name[])('%s', (name) => {
  it.each(['q4', 'q4f16'] as const)('in %s: a photo, every look at it, and all their words fit', async (dtype) => {
    const { image, context } = (await modelOf(name)).manifest(dtype);
    for (const pictures of RUNS) {
      expect(pictures).toHaveLength(1 + USUAL_RUN.looks);
      const total = pictures.reduce((sum, size) => sum + takes(image, size), 0);
      expect(total + USUAL_TEXT).toBeLessThanOrEqual(context);
    }
  });

  it('sees no two of the sizes it offers alike, nor one of them as without it', async () => {
    const model = await modelOf(name);
    const usual = JSON.stringify(model.manifest('q4').image);
    const seen = model.pictureSizes('q4').map((maxPixels) => JSON.stringify(model.manifest('q4', { maxPixels }).image));
    expect(seen.length).toBeGreaterThan(0);
    expect(new Set([...seen, usual]).size).toBe(seen.length + 1);
  });

  it('sees less with each step down, until there is none', async () => {
    const model = await modelOf(name);
    const large = [4096, 4096] as const;
    let { image } = model.manifest('q4', { maxPixels: 1e7 });
    let steps = 0;
    for (let next = nextSmaller(image); next !== null; next = nextSmaller(image)) {
      const smaller = model.manifest('q4', { maxPixels: next }).image;
      expect(takes(smaller, large)).toBeLessThan(takes(image, large));
      image = smaller;
      steps++;
    }
    expect(steps).toBeGreaterThan(1);
  });
});

it('what a person says wins, whether it fits or not', async () => {
  const model = await modelOf('Qwen3-VL-2B');
  const overview = (maxPixels: number | null) => imageTokens(model.manifest('q4', { maxPixels }).image, 4000, 3000);
  expect(overview(null)).toBeLessThan(200);
  expect(overview(1_000_000)).toBeGreaterThan(900);
  expect(overview(4_000_000)).toBeGreaterThan(3700);
});

/** Positions of a run, and of them a photo of twelve megapixels: what half-sized keys and values are good for. */
it.each([
  ['Qwen2-VL-2B', 'q4', 8192, 1230],
  ['Qwen2.5-VL-3B', 'q4', 7168, 1131],
  ['Qwen2.5-VL-3B', 'q4f16', 8192, 1230],
  ['Qwen3-VL-2B', 'q4', 2304, 165],
  ['Qwen3-VL-2B', 'q4f16', 4608, 609],
  ['SmolVLM-256M', 'q4', 8192, 832],
  ['SmolVLM-500M', 'q4', 6400, 640],
  ['SmolVLM-500M', 'q4f16', 8192, 832],
  ['SmolVLM 2.2B', 'q4', 2048, 81],
  ['SmolVLM 2.2B', 'q4f16', 2560, 81],
  ['LFM2-VL-450M', 'q4', 8192, 1258],
] as const)('%s in %s: %d positions, %d of them the overview', async (name, dtype, positions, overview) => {
  const { image, context } = (await modelOf(name)).manifest(dtype);
  expect([context, imageTokens(image, 4000, 3000)]).toEqual([positions, overview]);
});
