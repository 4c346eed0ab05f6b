/**
 * The formats in which the hub keeps models: half and quarter precision, weights beside the graph; and folders that are not
 * what they should be.
 */
import { describe, expect, it } from 'vitest';
import type { GenerateRequest, Message } from './contract';
import { GREEDY, type Turn } from './fixtures/nano-conversation';
import { loadTiny, scene, see, type TinyEngine, type TinyEngineOptions } from './fixtures/tiny-engine';
import type { TinyModelOptions } from './fixtures/tiny-models';

const picture = scene({ width: 200, height: 150 }, 5);
const ask = (messages: readonly Message[]): GenerateRequest => ({ messages, sampling: GREEDY, maxNewTokens: 8 });

function question(engine: TinyEngine, text: string): Message[] {
  const image = see(engine.manifest.image, picture);
  return [
    {
      role: 'user',
      content: [
        { type: 'image', image },
        { type: 'text', text },
      ],
    },
  ];
}

async function load(options: TinyEngineOptions): Promise<TinyEngine> {
  return loadTiny({ tiling: false, ...options });
}

/** Sums of 16-bit numbers differ with the order in which they are made. */
function expectNear(given: Turn, expected: Turn, tolerance: number): void {
  const [first, other] = [given.tokens[0]!, expected.tokens[0]!];
  const logprobs = new Map(other.top.map(({ id, logprob }) => [id, logprob]));
  const common = first.top.filter(({ id }) => logprobs.has(id));
  expect(common.length).toBeGreaterThanOrEqual(4);
  for (const { id, logprob } of common) expect(Math.abs(logprob - logprobs.get(id)!)).toBeLessThanOrEqual(tolerance);
}

const FORMATS: readonly (TinyModelOptions & { tolerance: number })[] = [
  { family: 'idefics3', dtype: 'fp16', tolerance: 0.05 },
  { family: 'qwen3_5', dtype: 'fp16', tolerance: 0.05 },
  { family: 'lfm2_vl', dtype: 'q4f16', externalData: 1, tolerance: 0.05 },
  { family: 'qwen3_vl', dtype: 'q4', externalData: 3, tolerance: 1e-3 },
  // Eight bits are chosen for each run's own numbers, so that parts of a prompt round otherwise than the whole.
  { family: 'smolvlm', dtype: 'q8', externalData: 2, tolerance: 0.6 },
];

describe.each(FORMATS)('$family in $dtype, $externalData files beside the decoder', ({ tolerance, ...options }) => {
  it('goes on, goes back, and says what it says from nothing', async () => {
    const engine = await load(options);
    const first = await engine.ask(ask(question(engine, 'What?')));
    const crop = see(engine.manifest.image, picture, [20, 30, 140, 90]);
    const messages: Message[] = [
      ...question(engine, 'What?'),
      first.message,
      { role: 'user', content: [{ type: 'image', image: crop }] },
    ];
    const second = await engine.ask(ask(messages));
    expect(second.end.usage).toMatchObject({ imagesEncoded: 1 });
    expect(second.end.usage.reusedTokens).toBe(first.end.usage.promptTokens + first.tokens.length - 1);
    const fresh = await load({ ...options, prefillChunk: 4096 });
    expectNear(second, await fresh.ask(ask(messages)), tolerance);
    const other = await engine.ask(ask(question(engine, 'Why?')));
    expect(other.end.usage.reusedTokens).toBeGreaterThan(4);
    expectNear(other, await fresh.ask(ask(question(engine, 'Why?'))), tolerance);
  });
});

it('weights beside the graph or in it are the same model', async () => {
  const turns: Turn[] = [];
  for (const externalData of [0, 2]) {
    const engine = await load({ family: 'qwen2_5_vl', externalData });
    const paths = engine.manifest.files.filter(({ role }) => role.endsWith('-data')).map(({ path }) => path);
    expect(paths).toHaveLength(externalData === 0 ? 0 : 4);
    turns.push(await engine.ask(ask(question(engine, 'What?'))));
  }
  expect(turns[1]!.end.tokenIds).toEqual(turns[0]!.end.tokenIds);
});

describe('a folder that is not what it should be', () => {
  const json = (
    files: Map<string, Uint8Array<ArrayBuffer>>,
    path: string,
    change: (value: Record<string, unknown>) => void,
  ) => {
    const value = JSON.parse(new TextDecoder().decode(files.get(path))) as Record<string, unknown>;
    change(value);
    files.set(path, new TextEncoder().encode(JSON.stringify(value)));
  };
  const refused = (message: RegExp) => ({
    code: 'unsupported-model',
    message: expect.stringMatching(message) as unknown,
  });

  it('a Qwen without an image token, or with another', async () => {
    const without = load({
      family: 'qwen2_5_vl',
      edit: (files) => json(files, 'config.json', (value) => delete value['image_token_id']),
    });
    await expect(without).rejects.toMatchObject(refused(/Qwen2\.5-VL.*image_token_id/));
    const other = load({
      family: 'qwen2_5_vl',
      edit: (files) => json(files, 'config.json', (value) => (value['image_token_id'] = 5)),
    });
    await expect(other).rejects.toMatchObject(refused(/image_pad/));
  });

  it('another family under this name', async () => {
    const rename = (model_type: string) => (files: Map<string, Uint8Array<ArrayBuffer>>) =>
      json(files, 'config.json', (value) => (value['model_type'] = model_type));
    await expect(load({ family: 'qwen2_5_vl', edit: rename('qwen2_vl') })).rejects.toMatchObject(refused(/grid_thw/));
    await expect(load({ family: 'qwen2_5_vl', edit: rename('idefics3') })).rejects.toMatchObject(
      refused(/image tokens/),
    );
    await expect(load({ family: 'smolvlm', edit: rename('lfm2_vl') })).rejects.toMatchObject(refused(/image_start/));
  });

  it('a decoder that wants what this engine cannot give', async () => {
    const swap = (files: Map<string, Uint8Array<ArrayBuffer>>) =>
      files.set('onnx/decoder_model_merged.onnx', files.get('onnx/vision_encoder.onnx')!);
    await expect(load({ family: 'qwen2_5_vl', edit: swap })).rejects.toMatchObject(
      refused(/decoder takes "pixel_values"/),
    );
  });

  it('a template that has no place for pictures', async () => {
    const engine = await load({
      family: 'qwen2_5_vl',
      edit: (files) => files.set('chat_template.jinja', new TextEncoder().encode('{{ messages[0].role }}')),
    });
    await expect(engine.ask(ask(question(engine, 'What?')))).rejects.toMatchObject(refused(/leaves out an image/));
  });
});

it('a picture that was not resized for the model is refused, and one that cannot be', async () => {
  const engine = await load({ family: 'qwen2_5_vl' });
  const send = (image: typeof picture) => engine.ask(ask([{ role: 'user', content: [{ type: 'image', image }] }]));
  await expect(send(picture)).rejects.toMatchObject({ code: 'bad-request' });
  expect(() => see(engine.manifest.image, scene({ width: 2010, height: 10 }, 1))).toThrow(
    expect.objectContaining({ code: 'bad-request' }),
  );
});
