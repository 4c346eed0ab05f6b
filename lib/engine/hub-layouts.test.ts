/**
 * Repositories as hubs really lay them out, which are not all alike: other names for eight bits, parts in other formats than the
 * decoder, tiling said in other files, templates with names, tokenizers that are long.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveHub, type HubServer } from '@/lib/models/fixtures/hub-server';
import { inspectHubModel, resolveHubModel } from '@/lib/models/hub/resolve';
import { dtypeOptions } from '@/lib/models/hub/dtypes';
import { traitsOf } from '@/lib/models/hub/traits';
import { tinyModel, type TinyFamily } from './fixtures/tiny-models';

const live = () => new AbortController().signal;
type Folder = Map<string, Uint8Array>;
const encode = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)) as Uint8Array;

function edited(family: TinyFamily, edit: (files: Folder) => void): Folder {
  const files: Folder = new Map(tinyModel({ family, dtype: 'q4' }));
  edit(files);
  return files;
}

function change(files: Folder, path: string, edit: (value: Record<string, unknown>) => void): void {
  const value = JSON.parse(new TextDecoder().decode(files.get(path) ?? encode('{}'))) as Record<string, unknown>;
  edit(value);
  files.set(path, encode(value));
}

const NAMED = [
  { name: 'rag', template: 'documents' },
  { name: 'default', template: '{% if enable_thinking %}{% endif %}{{ messages }}' },
];

const FOLDERS: Readonly<Record<string, Folder>> = {
  'org/long-tokenizer': edited('qwen3_5', (files) => {
    change(files, 'tokenizer_config.json', (value) => delete value['added_tokens_decoder']);
  }),
  'org/tiling-beside': edited('lfm2_vl', (files) => {
    change(files, 'preprocessor_config.json', (value) => {
      for (const key of ['max_tiles', 'min_tiles', 'use_thumbnail', 'tile_size', 'max_image_tokens']) value[key] = null;
    });
    change(files, 'processor_config.json', (value) => {
      Object.assign(value, { max_tiles: 4, min_tiles: 3, use_thumbnail: false, tile_size: 64, max_image_tokens: 12 });
    });
  }),
  'org/named-templates': edited('qwen3_vl', (files) => {
    files.delete('chat_template.jinja');
    change(files, 'tokenizer_config.json', (value) => (value['chat_template'] = NAMED));
  }),
  'org/LFM2.5-VL-450M-ONNX': edited('lfm2_vl', () => undefined),
  'org/LFM2.5-VL-3B-ONNX': edited('lfm2_vl', () => undefined),
};

let hub: HubServer;
beforeAll(async () => {
  hub = await serveHub(Object.entries(FOLDERS).map(([id, files]) => ({ id, files })));
});
afterAll(() => hub.close());

const request = (id: string) => ({ endpoint: hub.endpoint, id, revision: 'main', token: null });
const resolve = (id: string) => resolveHubModel({ ...request(id), dtype: 'q4' }, live());

function listing(names: Readonly<Record<string, number>>) {
  return new Map(
    Object.entries(names).map(([name, bytes]) => [
      `onnx/${name}`,
      { path: `onnx/${name}`, bytes, sha256: '0'.repeat(64) },
    ]),
  );
}

describe('the formats of a repository', () => {
  it('eight bits are called _quantized or _q8', () => {
    const files = listing({
      'decoder_model_merged_q8.onnx': 4,
      'decoder_model_merged_q8.onnx_data': 400,
      'vision_encoder_q8.onnx': 3,
      'embed_tokens.onnx': 90,
      'embed_tokens_fp16.onnx': 2,
      'embed_tokens_fp16.onnx_data': 40,
    });
    const [option, ...others] = dtypeOptions(files);
    expect(others).toEqual([]);
    expect(option).toMatchObject({ dtype: 'q8', parts: { decoder: 'q8', vision: 'q8', embed: 'fp16' }, features: [] });
    expect(option?.files.map(({ path }) => path.slice(5))).toEqual([
      'decoder_model_merged_q8.onnx',
      'decoder_model_merged_q8.onnx_data',
      'vision_encoder_q8.onnx',
      'embed_tokens_fp16.onnx',
      'embed_tokens_fp16.onnx_data',
    ]);
  });

  it('a four-bit decoder with half-precision embeddings, which run anywhere, and a half-precision encoder, which does not', () => {
    const files = { 'decoder_model_merged_q4.onnx': 1, 'embed_tokens_fp16.onnx': 1, 'embed_tokens.onnx': 2 };
    const own = dtypeOptions(listing({ ...files, 'vision_encoder_q4.onnx': 1, 'vision_encoder_fp16.onnx': 1 }));
    expect(own).toMatchObject([{ parts: { decoder: 'q4', vision: 'q4', embed: 'fp16' }, features: [], bytes: 3 }]);
    const half = dtypeOptions(listing({ ...files, 'vision_encoder_fp16.onnx': 1 }));
    expect(half).toMatchObject([{ parts: { vision: 'fp16' }, features: ['shader-f16'] }]);
  });
});

describe('what a repository says of itself', () => {
  it('the tokenizer is not fetched for a look at its ends', async () => {
    const manifest = await resolve('org/long-tokenizer');
    expect(hub.requests.filter(({ path }) => path.endsWith('/tokenizer.json'))).toEqual([]);
    const { eos_token_id: ends } = JSON.parse(
      new TextDecoder().decode(FOLDERS['org/long-tokenizer']?.get('generation_config.json')),
    ) as { eos_token_id: number[] };
    expect(manifest).toMatchObject({ stop: ['<|im_end|>'], stopIds: ends });
  });

  it('tiling at the top of processor_config.json counts where the preprocessor says nothing', async () => {
    const { image } = await resolve('org/tiling-beside');
    expect(image.sizing).toMatchObject({ maxTiles: 4, minTiles: 3, thumbnail: false, tile: 64, maxTokens: 12 });
  });

  it('of several templates the default is for conversations', async () => {
    const model = await inspectHubModel(request('org/named-templates'), live());
    expect(model.thinking).toBe(true);
    const chat = model.manifest('q4').files.find(({ role }) => role === 'chat-template');
    expect(chat?.path).toBe('tokenizer_config.json');
  });

  it('the frame is a model’s, not a family’s', async () => {
    expect(await resolve('org/LFM2.5-VL-450M-ONNX')).toMatchObject({
      frame: 'fractions',
      training: { boxes: 'trained', calls: 'untrained' },
    });
    expect(await resolve('org/LFM2.5-VL-3B-ONNX')).toMatchObject({ frame: 'thousandths' });
    expect(traitsOf('org/LFM2-VL-450M', 'lfm2_vl')).toMatchObject({ frame: 'fractions', frameKnown: false });
  });
});
