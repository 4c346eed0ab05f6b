/**
 * Gemma 4 with a small model of the shape that descriptions give: a lookup with two outputs, pictures within a budget of tokens, patches
 * that say where they are. A conversation that grows is what it is from nothing, and both outputs and every patch's place count.
 */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Message } from './contract';
import { furthest, hear, type HeardTurn } from './fixtures/heard-model';
import { GREEDY } from './fixtures/nano-conversation';
import { loadTinyModel, scene, see } from './fixtures/tiny-engine';
import { imageTokens } from './sizing';
import type { LoadedModel } from './worker/load-model';

/** Other work may hold the processor. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const picture = scene({ width: 260, height: 190 }, 3);
let loaded: LoadedModel;
beforeAll(async () => {
  loaded = await loadTinyModel({ family: 'gemma4' });
});
afterAll(() => loaded.dispose());

const crop = (region: readonly [number, number, number, number]): Message => ({
  role: 'user',
  content: [
    { type: 'text', text: 'closer' },
    { type: 'image', image: see(loaded.manifest.image, picture, region) },
  ],
});
const opening = (): Message[] => [
  { role: 'system', text: 'Look closely.' },
  {
    role: 'user',
    content: [
      { type: 'image', image: see(loaded.manifest.image, picture) },
      { type: 'text', text: 'What is it?', typed: true },
    ],
  },
];
const ask = (model: LoadedModel, messages: readonly Message[], chunk = 23): Promise<HeardTurn> =>
  hear(model).ask({ messages, sampling: GREEDY, maxNewTokens: 10 }, chunk);

it('is described as the hub’s files have it', () => {
  expect(loaded.manifest).toMatchObject({
    family: 'gemma4',
    protocol: 'gemma-tools',
    stop: ['<turn|>', '<|tool_response>'],
    training: { boxes: 'unknown', calls: 'trained' },
    // The last layer reads what the second keeps.
    decoder: { layers: 3, attentionLayers: 2 },
    image: { mean: [0, 0, 0], std: [1, 1, 1], sizing: { kind: 'pooled', patch: 8, pool: 3, maxTokens: 70 } },
  });
});

it('frames a picture’s tokens, as many as the budget allows', () => {
  const { positions } = loaded.renderPrompt(opening());
  const { tokenizer, manifest } = loaded;
  const ids = positions.map(({ id }) => id);
  const [begin, image, end] = ['<|image>', '<|image|>', '<image|>'].map((token) => tokenizer.idOf(token) ?? -1);
  const count = imageTokens(manifest.image, picture.width, picture.height);
  expect(count).toBeGreaterThan(50);
  expect(count).toBeLessThanOrEqual(70);
  const first = ids.indexOf(begin ?? -1);
  expect(ids.slice(first, first + count + 2)).toEqual([begin, ...Array<number>(count).fill(image ?? -1), end]);
  expect(ids.slice(0, 2)).toEqual([tokenizer.idOf('<bos>'), tokenizer.idOf('<|turn>')]);
});

it('a conversation that grows says what it says from nothing', async () => {
  const first = await ask(loaded, opening());
  const messages = [...opening(), first.message, crop([10, 10, 210, 130])];
  const second = await ask(loaded, messages);
  expect(second.end.usage).toMatchObject({ imagesEncoded: 1 });
  expect(second.end.usage.reusedTokens).toBe(first.end.usage.promptTokens + first.tokens.length - 1);
  const other = await loadTinyModel({ family: 'gemma4' });
  const afresh = await ask(other, messages, 4096);
  await other.dispose();
  expect(second.end.tokenIds).toEqual(afresh.end.tokenIds);
  expect(furthest(second, afresh)).toBeLessThanOrEqual(1e-3);
});

it('the lookup’s second output counts, and at a picture’s places is that of the token that stands for nothing', async () => {
  const { embedder } = loaded;
  const { positions } = loaded.renderPrompt(opening());
  const at = positions.findIndex(({ feature }) => feature !== null);
  const features = await loaded.model.encodeImage(see(loaded.manifest.image, picture));
  await embedder.embed([positions[at]!, positions[at - 2]!], () => features);
  const given = embedder.extras['per_layer_inputs'];
  expect(given?.dims).toEqual([1, 2, 3, 8]);
  const both = [...(given?.data as Float32Array)];
  const pad = loaded.tokenizer.idOf('<pad>') ?? -1;
  await embedder.embed([{ id: pad, feature: null, place: [0, 0, 0] }], () => features);
  expect(both.slice(0, 24)).toEqual([...(embedder.extras['per_layer_inputs']?.data as Float32Array)]);
  expect(both.slice(24)).not.toEqual(both.slice(0, 24));
});

it('a picture turned on its side is another picture', async () => {
  const tall = scene({ width: 190, height: 260 }, 3);
  const turned: Message[] = [
    {
      role: 'user',
      content: [
        { type: 'image', image: see(loaded.manifest.image, tall) },
        { type: 'text', text: 'What is it?' },
      ],
    },
  ];
  const upright = await ask(loaded, opening().slice(1));
  const other = await ask(loaded, turned);
  expect(other.tokens[0]!.logprob).not.toBe(upright.tokens[0]!.logprob);
});
