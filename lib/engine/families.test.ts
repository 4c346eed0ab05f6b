/**
 * Every family on WASM with its tiny model: conversations that grow by a crop a turn give what the same conversations give
 * computed from nothing, in every logit that a token was chosen from; each image is encoded once; what two conversations
 * share is computed once.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ofThisSuite } from '@/scripts/suite';
import type { GenerateRequest, ManifestImage, Message } from './contract';
import { furthest, hear, type HeardTurn } from './fixtures/heard-model';
import { GREEDY } from './fixtures/nano-conversation';
import { loadTinyModel, scene, see } from './fixtures/tiny-engine';
import { FAMILIES, type TinyModelOptions } from './fixtures/tiny-models';
import { imageTokens } from './sizing';
import type { LoadedModel } from './worker/load-model';

const VARIANTS: readonly TinyModelOptions[] = [
  ...FAMILIES.map((family) => ({ family })),
  { family: 'smolvlm', tiling: false },
  { family: 'lfm2_vl', tiling: false },
];
/** Families whose decoders keep states: what is reused ends at a kept one. */
const KEEP_STATES = ['qwen3_5', 'lfm2_vl'];
const NEW_TOKENS = 10;
/** Of the picture below: large and small, wide and tall, so that each takes another number of positions. */
const CROPS = [
  [10, 10, 210, 130],
  [150, 20, 230, 190],
  [0, 100, 260, 180],
] as const;

const picture = scene({ width: 260, height: 190 }, 3);
const ask = (messages: readonly Message[], maxNewTokens = NEW_TOKENS): GenerateRequest => {
  return { messages, sampling: GREEDY, maxNewTokens };
};

function opening(spec: ManifestImage, text: string, system = 'Look closely.'): Message[] {
  const image = see(spec, picture);
  return [
    { role: 'system', text: system },
    {
      role: 'user',
      content: [
        { type: 'image', image },
        { type: 'text', text },
      ],
    },
  ];
}

function crop(spec: ManifestImage, region: readonly [number, number, number, number]): Message {
  return {
    role: 'user',
    content: [
      { type: 'text', text: '<tool_response>' },
      { type: 'image', image: see(spec, picture, region) },
      { type: 'text', text: '</tool_response>' },
    ],
  };
}

function expectSame(given: HeardTurn, expected: HeardTurn): void {
  expect(given.end.tokenIds).toEqual(expected.end.tokenIds);
  expect(given.text).toBe(expected.text);
  expect(furthest(given, expected)).toBeLessThanOrEqual(1e-3);
  given.tokens.forEach(({ logprob }, i) => {
    expect(Math.abs(logprob - expected.tokens[i]!.logprob)).toBeLessThanOrEqual(1e-3);
  });
}

/** Small, so that images lie across them. */
const CHUNK = 23;
const ONE_PIECE = 4096;

/** In tiles, by smart sizing, and those with states. */
const SHORT = ['smolvlm', 'qwen3_vl', 'qwen3_5', 'lfm2_vl'];
const isShort = ({ family, tiling }: TinyModelOptions) => tiling === undefined && SHORT.includes(family);

describe.each(ofThisSuite(VARIANTS, isShort))('$family, tiling $tiling', (options) => {
  const keepsStates = KEEP_STATES.includes(options.family);
  /** By another model, which has seen nothing yet. */
  const afresh = async (request: GenerateRequest, prefillChunk = ONE_PIECE) => {
    const loaded = await loadTinyModel(options);
    try {
      const turn = await hear(loaded).ask(request, prefillChunk);
      expect(turn.end.usage.reusedTokens).toBe(0);
      return turn;
    } finally {
      await loaded.dispose();
    }
  };
  let loaded: LoadedModel;
  let spec: ManifestImage;
  let say: (request: GenerateRequest) => Promise<HeardTurn>;
  /** Messages before each turn, and what it gave. */
  const asked: Message[][] = [];
  const turns: HeardTurn[] = [];

  beforeAll(async () => {
    loaded = await loadTinyModel(options);
    spec = loaded.manifest.image;
    const model = hear(loaded);
    say = (request) => model.ask(request, CHUNK);
    let messages = opening(spec, 'What is it?');
    for (const region of [...CROPS, null]) {
      const turn = await say(ask(messages));
      asked.push(messages);
      turns.push(turn);
      if (region) messages = [...messages, turn.message, crop(spec, region)];
    }
  });
  afterAll(() => loaded.dispose());

  it('four turns: each encodes its own image and computes its own tokens', () => {
    turns.forEach(({ end: { usage }, events, tokens }, i) => {
      const before = turns[i - 1];
      // All of the turn before but its last token, which was drawn and never fed.
      const known = before ? before.end.usage.promptTokens + before.tokens.length - 1 : 0;
      expect(usage).toMatchObject({ reusedTokens: known, prefilledTokens: usage.promptTokens - known });
      expect(usage).toMatchObject({ imagesEncoded: 1, outputTokens: tokens.length });
      const encoded = events.filter((event) => event.type === 'image-encoded');
      const { width, height } = i === 0 ? picture : sizeOf(CROPS[i - 1]!);
      expect(encoded.map((event) => event.tokens)).toEqual([imageTokens(spec, width, height)]);
      expect(usage.prefilledTokens).toBeGreaterThan(encoded[0]!.tokens);
    });
    expect(new Set(turns.map(({ text }) => text)).size).toBeGreaterThan(1);
  });

  it.each([1, 2, 3, 4])('turn %i equals the same conversation from nothing', async (turn) => {
    expectSame(turns[turn - 1]!, await afresh(ask(asked[turn - 1]!)));
  });

  it('the same request again computes one position', async () => {
    const again = await say(ask(asked[3]!));
    expectSame(again, turns[3]!);
    expect(again.end.usage).toMatchObject({ prefilledTokens: 1, imagesEncoded: 0 });
  });

  it('a fork at the third turn keeps the first two', async () => {
    const messages = [...asked[2]!.slice(0, -1), crop(spec, [30, 60, 120, 150])];
    const fork = await say(ask(messages));
    const known = turns[1]!.end.usage.promptTokens + turns[1]!.tokens.length - 1;
    expect(fork.end.usage.reusedTokens).toBeGreaterThanOrEqual(known);
    expect(fork.end.usage.imagesEncoded).toBe(1);
    expectSame(fork, await afresh(ask(messages)));
    // And back: what the fork overwrote is computed again, no image is encoded again.
    const back = await say(ask(asked[3]!));
    expect(back.end.usage.reusedTokens).toBeGreaterThanOrEqual(known);
    expect(back.end.usage.imagesEncoded).toBe(0);
    expectSame(back, turns[3]!);
  });

  it('another question about the same picture keeps the picture', async () => {
    const messages = opening(spec, 'How many are there?');
    const other = await say(ask(messages));
    const { width, height } = picture;
    expect(other.end.usage.imagesEncoded).toBe(0);
    expect(other.end.usage.reusedTokens).toBeGreaterThan(imageTokens(spec, width, height));
    expectSame(other, await afresh(ask(messages)));
  });

  it('two images of different sizes in one message', async () => {
    const both = [see(spec, picture, CROPS[1]), see(spec, picture, CROPS[2])];
    const messages: Message[] = [
      { role: 'system', text: 'Two pictures.' },
      {
        role: 'user',
        content: [...both.map((image) => ({ type: 'image', image }) as const), { type: 'text', text: 'Which?' }],
      },
    ];
    const turn = await afresh(ask(messages), CHUNK);
    expect(turn.end.usage.imagesEncoded).toBe(2);
    expectSame(turn, await afresh(ask(messages)));
    const swapped: Message[] = [
      messages[0]!,
      {
        role: 'user',
        content: [
          ...both.toReversed().map((image) => ({ type: 'image', image }) as const),
          { type: 'text', text: 'Which?' },
        ],
      },
    ];
    const other = await say(ask(swapped, 1));
    expect(other.tokens[0]!.logprob).not.toBe(turn.tokens[0]!.logprob);
  });

  it.runIf(keepsStates)('going back to where no state is kept computes from the nearest one', async () => {
    const text = 'x '.repeat(40);
    const long = (end: string): Message[] => [{ role: 'user', content: [{ type: 'text', text: text + end }] }];
    const first = await say(ask(long('one')));
    const second = await say(ask(long('two')));
    expect(second.end.usage.reusedTokens).toBeLessThan(40);
    expect(second.end.usage.prefilledTokens).toBe(first.end.usage.promptTokens - second.end.usage.reusedTokens);
    expectSame(second, await afresh(ask(long('two'))));
  });
});

function sizeOf([x1, y1, x2, y2]: readonly [number, number, number, number]): { width: number; height: number } {
  return { width: x2 - x1, height: y2 - y1 };
}
