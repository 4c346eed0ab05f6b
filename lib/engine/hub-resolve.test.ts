/** From a repository on a hub to a manifest: formats, families, stop tokens, and each refusal with its code and its way out. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { stubStorage } from '@/lib/models/fixtures/fake-storage';
import { calmTrouble, serveHub, type HubRepo, type HubServer } from '@/lib/models/fixtures/hub-server';
import { tinyModel, type TinyFamily } from './fixtures/tiny-models';
import { parseManifest } from '@/lib/models/manifest';
import { inspectHubModel, resolveHubModel } from '@/lib/models/hub/resolve';

const live = () => new AbortController().signal;
const text = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const patience = { tries: 2, waitMs: 1 };

const CONFIG = {
  model_type: 'idefics3',
  scale_factor: 4,
  text_config: {
    hidden_size: 576,
    num_hidden_layers: 30,
    num_attention_heads: 9,
    num_key_value_heads: 3,
    head_dim: 64,
    vocab_size: 49280,
    max_position_embeddings: 8192,
  },
  vision_config: { image_size: 512, patch_size: 16 },
};
const SMOLVLM = {
  'config.json': CONFIG,
  'preprocessor_config.json': {
    do_image_splitting: true,
    image_mean: [0.5, 0.5, 0.5],
    image_std: [0.5, 0.5, 0.5],
    max_image_size: { longest_edge: 512 },
    resample: 1,
    size: { longest_edge: 2048 },
  },
  'generation_config.json': { eos_token_id: 49279 },
  'tokenizer.json': { added_tokens: [{ id: 49279, content: '<end_of_utterance>' }] },
  'tokenizer_config.json': { added_tokens_decoder: { 49279: { content: '<end_of_utterance>' } } },
  'chat_template.jinja': '{{ messages }}',
};
const GRAPHS = [
  'onnx/decoder_model_merged.onnx',
  'onnx/decoder_model_merged.onnx_data',
  'onnx/decoder_model_merged.onnx_data_1',
  'onnx/decoder_model_merged_q4f16.onnx',
  'onnx/decoder_model_merged_q4.onnx',
  'onnx/vision_encoder.onnx',
  'onnx/vision_encoder_fp16.onnx',
  'onnx/vision_encoder_q4.onnx',
  'onnx/embed_tokens.onnx',
  'onnx/embed_tokens_fp16.onnx',
  'onnx/decoder_model_merged_bnb4.onnx',
];

function repo(id: string, files: Record<string, unknown>, more: Partial<HubRepo> = {}): HubRepo {
  const graphs = GRAPHS.map((path, i): [string, Uint8Array] => [path, new Uint8Array(2000 + i)]);
  const small = Object.entries(files).map(([path, value]): [string, Uint8Array] => [path, text(value)]);
  return { id, files: new Map([...graphs, ...small]), ...more };
}

const without = (path: string) => Object.fromEntries(Object.entries(SMOLVLM).filter(([name]) => name !== path));

const TINY: readonly TinyFamily[] = ['idefics3', 'smolvlm', 'qwen2_vl', 'qwen2_5_vl', 'qwen3_vl', 'qwen3_5', 'lfm2_vl'];

let hub: HubServer;
beforeAll(async () => {
  hub = await serveHub([
    repo('org/SmolVLM_256M', SMOLVLM),
    repo('org/gated', SMOLVLM, { gated: true, token: 'hf_ok' }),
    repo('org/private', SMOLVLM, { private: true, token: 'hf_ok' }),
    repo('org/other', { ...SMOLVLM, 'config.json': { ...CONFIG, model_type: 'paligemma' } }),
    repo('org/broken', { ...SMOLVLM, 'config.json': '{' }),
    repo('org/torn', { ...SMOLVLM, 'config.json': { ...CONFIG, text_config: {} } }),
    repo('org/untemplated', without('chat_template.jinja')),
    repo('org/older', {
      ...without('chat_template.jinja'),
      'tokenizer_config.json': { eos_token: { content: '<end>' }, chat_template: '{{ x }}' },
    }),
    repo('org/endless', { ...SMOLVLM, 'generation_config.json': {} }),
    { id: 'org/torch', files: new Map([['config.json', text(CONFIG)]]) },
    {
      id: 'org/genai',
      files: new Map(
        ['decoder_q4', 'embed_images_fp16', 'embed_tokens'].map((name) => [`onnx/${name}.onnx`, text('x')]),
      ),
    },
    ...TINY.map((family) => ({ id: `tiny/${family}`, files: tinyModel({ family, dtype: 'q4', externalData: 1 }) })),
  ]);
});
afterAll(() => hub.close());
afterEach(() => {
  vi.unstubAllGlobals();
  Object.assign(hub.trouble, calmTrouble());
  hub.requests.length = 0;
});

const request = (id: string, token: string | null = null, revision = 'main') => ({
  endpoint: hub.endpoint,
  id,
  revision,
  token,
  patience,
});
const resolve = (id: string, token: string | null = null, maxPixels: number | null = null) =>
  resolveHubModel({ ...request(id, token), dtype: 'q4f16', maxPixels }, live());

describe('a repository', () => {
  it('becomes a manifest that passes the door', async () => {
    const manifest = await resolve('org/SmolVLM_256M');
    expect(parseManifest(manifest)).toEqual(manifest);
    expect(manifest).toMatchObject({
      id: 'org--smolvlm-256m.q4f16',
      name: 'SmolVLM_256M',
      version: hub.commitOf('org/SmolVLM_256M'),
      family: 'idefics3',
      protocol: 'zoom-json',
      frame: 'fractions',
      license: 'apache-2.0',
      context: 8192,
      stop: ['<end_of_utterance>'],
      decoder: { layers: 30, kvHeads: 3, headDim: 64, hidden: 576, vocab: 49280 },
      image: {
        size: 512,
        tokens: 64,
        resample: 'lanczos',
        sizing: { kind: 'tiles', tile: 512, longestEdge: 2048, split: true },
      },
    });
    const byRole = (role: string) => manifest.files.filter((file) => file.role === role);
    expect(byRole('decoder')[0]).toMatchObject({ path: 'onnx/decoder_model_merged_q4f16.onnx', bytes: 2003 });
    expect(byRole('decoder')[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(byRole('generation-config')[0]).toMatchObject({ gitSha1: expect.stringMatching(/^[0-9a-f]{40}$/) });
  });

  it('tells its formats: stand-ins for missing parts, external data, what the GPU needs', async () => {
    const model = await inspectHubModel(request('org/SmolVLM_256M'), live());
    const byName = Object.fromEntries(model.dtypes.map((option) => [option.dtype, option]));
    expect(Object.keys(byName).sort()).toEqual(['bnb4', 'fp32', 'q4', 'q4f16']);
    expect(byName['q4f16']).toMatchObject({
      parts: { decoder: 'q4f16', vision: 'fp16', embed: 'fp16' },
      features: ['shader-f16'],
      external: false,
    });
    expect(byName['q4']).toMatchObject({ parts: { decoder: 'q4', vision: 'q4', embed: 'fp16' }, features: [] });
    expect(byName['fp32']?.files.map(({ path, role }) => `${role} ${path.slice(5)}`)).toEqual([
      'decoder decoder_model_merged.onnx',
      'decoder-data decoder_model_merged.onnx_data',
      'decoder-data decoder_model_merged.onnx_data_1',
      'vision vision_encoder.onnx',
      'embed embed_tokens.onnx',
    ]);
    expect(byName['fp32']).toMatchObject({ external: true, bytes: 2000 + 2001 + 2002 + 2005 + 2008 });
    expect(model.manifest(null).files[0]?.path).toBe('onnx/decoder_model_merged_q4.onnx');
    expect(() => model.manifest('q8')).toThrow(expect.objectContaining({ code: 'unsupported-model' }));
  });

  it('keeps to the pixels a person allows', async () => {
    const sizing = async (maxPixels: number) => (await resolve('org/SmolVLM_256M', null, maxPixels)).image.sizing;
    expect(await sizing(1024 * 1024)).toEqual({ kind: 'tiles', tile: 512, longestEdge: 1024, split: true });
    expect(await sizing(1000)).toEqual({ kind: 'tiles', tile: 512, longestEdge: 512, split: false });
  });

  it('of an older export: the template among the tokenizer’s, the end named by its text', async () => {
    const manifest = await resolve('org/older');
    expect(manifest).toMatchObject({ stop: ['<end>'], stopIds: [49279] });
    expect(manifest.files.find(({ role }) => role === 'chat-template')?.path).toBe('tokenizer_config.json');
  });

  it.each(TINY)('%s, as the hub has it, is understood', async (family) => {
    const model = await inspectHubModel(request(`tiny/${family}`), live());
    const manifest = model.manifest('q4', { maxPixels: 700_000 });
    expect(model.thinking).toBe(family === 'qwen3_5');
    expect(parseManifest(manifest)).toEqual(manifest);
    expect(manifest.family).toBe(family);
    expect(manifest.files.map(({ role }) => role)).toEqual(expect.arrayContaining(['decoder-data', 'chat-template']));
    const kinds = { qwen: 'smart', lfm2: 'lfm2' } as const;
    const kind = family.startsWith('qwen') ? kinds.qwen : family.startsWith('lfm2') ? kinds.lfm2 : 'tiles';
    expect(manifest.image.sizing?.kind).toBe(kind);
    if (manifest.image.sizing?.kind === 'smart') {
      const { factor, patch, maxPixels } = manifest.image.sizing;
      expect(factor).toBe(family.startsWith('qwen3') ? 32 : 28);
      expect(patch).toBe(family.startsWith('qwen3') ? 16 : 14);
      expect(maxPixels).toBeLessThanOrEqual(700_000);
    }
    const qwen = family === 'qwen3_5' ? 'qwen-xml' : 'qwen-tools';
    expect(manifest.protocol).toBe(family.startsWith('qwen') ? qwen : 'zoom-json');
  });
});

describe('a refusal has its code and says what to do', () => {
  it.each([
    ['a name nobody has', 'org/nobody', null, 'model-not-found', 'not-public'],
    ['a gated one, no token', 'org/gated', null, 'gated', 'gated'],
    ['a gated one, no permission', 'org/gated', 'hf_other', 'gated', 'gated'],
    ['a private one, no token', 'org/private', null, 'model-not-found', 'not-public'],
    ['a private one, a wrong token', 'org/private', 'hf_other', 'gated', 'token-refused'],
    ['another family', 'org/other', null, 'unsupported-model', 'other-family'],
    ['nothing for a browser', 'org/torch', null, 'unsupported-model', 'no-onnx'],
    ['another program’s files', 'org/genai', null, 'unsupported-model', 'other-layout'],
    ['no JSON', 'org/broken', null, 'bad-manifest', 'config-not-json'],
    ['no measures', 'org/torn', null, 'unsupported-model', 'no-measures'],
    ['no template', 'org/untemplated', null, 'unsupported-model', 'no-template'],
    ['no end', 'org/endless', null, 'unsupported-model', 'no-end-token'],
  ])('%s', async (_name, id, token, code, problem) => {
    await expect(resolve(id, token)).rejects.toMatchObject({ code, problem: { code: problem } });
  });

  it('a revision that is not there', async () => {
    const asked = inspectHubModel(request('org/SmolVLM_256M', null, 'v9'), live());
    await expect(asked).rejects.toMatchObject({ code: 'model-not-found', problem: { code: 'no-revision' } });
  });

  it('a mirror that tells no hashes', async () => {
    hub.trouble.tellNoBlobs = true;
    await expect(resolve('org/SmolVLM_256M')).rejects.toMatchObject({
      code: 'bad-manifest',
      problem: { code: 'no-hashes' },
    });
  });

  it('no connection: offline where the browser knows, else a matter of the network', async () => {
    const gone = { ...request('org/SmolVLM_256M'), endpoint: 'http://localhost:9' };
    await expect(inspectHubModel(gone, live())).rejects.toMatchObject({
      code: 'network',
      problem: { code: 'unreachable' },
    });
    stubStorage().onLine = false;
    await expect(inspectHubModel(gone, live())).rejects.toMatchObject({
      code: 'offline',
      problem: { code: 'offline' },
    });
  });

  it('an endpoint that is none', async () => {
    const asked = inspectHubModel({ ...request('org/x'), endpoint: 'huggingface' }, live());
    await expect(asked).rejects.toMatchObject({ code: 'bad-request' });
  });
});

it('with permission a gated one opens; a busy hub is asked again', async () => {
  hub.trouble.status.set('config.json', { status: 503, times: 1 });
  expect((await resolve('org/gated', 'hf_ok')).family).toBe('idefics3');
  expect((await inspectHubModel(request('org/gated', 'hf_ok'), live())).gated).toBe(true);
});

it('the token goes to the hub and to nobody else', async () => {
  await resolveHubModel({ ...request('tiny/qwen2_vl', 'hf_secret'), dtype: 'q4' }, live());
  expect(hub.requests.filter(({ host }) => host === 'hub').every((one) => one.authorization !== null)).toBe(true);
  const elsewhere = hub.requests.filter(({ host }) => host === 'cdn');
  expect(elsewhere.length).toBeGreaterThan(0);
  expect(elsewhere.map((one) => one.authorization)).toEqual(elsewhere.map(() => null));
});
