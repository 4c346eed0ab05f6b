/** The shaders that choose among tokens against the sampler's definition, on the browser's WebGPU. Prints the time for one. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Sampling } from './contract';
import { toHalf, fromHalf } from './worker/runtime/floats';
import { createStorage, openGpu } from './worker/runtime/gpu';
import { questionFor, sampleSummary } from './worker/decode/row-summary';
import { logSumExp, sampleToken, scoreToken } from './worker/decode/sampler';
import { createTokenChoice, type TokenChoice } from './worker/decode/token-choice';

const SLOW = 900_000;
let device: GPUDevice;
beforeAll(async () => {
  ({ device } = await openGpu(true));
}, SLOW);

/** Values that repeat, so that there are ties, among others that do not. */
function row(vocab: number, seed: number): Float32Array {
  return Float32Array.from({ length: vocab }, (_, i) => {
    const wave = Math.sin((i + 1) * 12.9898 * seed) * 43758.5453;
    const share = wave - Math.floor(wave);
    return i % 3 === 0 ? Math.round(share * 8) : share * 9 - 2;
  });
}

function upload(choice: TokenChoice, values: Float32Array, first: number): void {
  const all = new Float32Array(Math.ceil((first + values.length) / 2) * 2);
  all.set(values, first);
  device.queue.writeBuffer(choice.row, 0, choice.type === 'float16' ? (toHalf(all) as Uint16Array<ArrayBuffer>) : all);
}

const KINDS: readonly Sampling[] = [
  { temperature: 0, topK: 0, topP: 1, seed: 1 },
  { temperature: 0.7, topK: 40, topP: 0.9, seed: 2 },
  { temperature: 0.4, topK: 0, topP: 0.5, seed: 3 },
  { temperature: 1.5, topK: 0, topP: 1, seed: 4 },
];

describe.each([
  { vocab: 5, type: 'float32', first: 0 },
  { vocab: 1024, type: 'float32', first: 0 },
  { vocab: 49_280, type: 'float32', first: 0 },
  { vocab: 151_937, type: 'float32', first: 0 },
  { vocab: 4099, type: 'float16', first: 0 },
  { vocab: 4099, type: 'float16', first: 1 },
] as const)('$vocab tokens, $type from $first on', ({ vocab, type, first }) => {
  it(
    'choose what the definition chooses',
    async () => {
      const choice = await createTokenChoice(device, vocab, type);
      // A draw differs by its position whatever the size, and the definition takes seconds for a large row.
      const positions = vocab > 10_000 ? 1 : 3;
      const drawn = row(vocab, 1);
      drawn[vocab - 2] = -Infinity;
      const values = type === 'float16' ? fromHalf(toHalf(drawn)) : drawn;
      upload(choice, values, first);
      const read = await choice.read(first);
      expect(read instanceof Uint16Array ? fromHalf(read) : read).toEqual(values);
      const mask = new Uint32Array(Math.ceil(vocab / 32)).map((_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 0);
      for (const sampling of KINDS) {
        for (const allowed of [null, mask]) {
          for (let position = 0; position < positions; position++) {
            const start = performance.now();
            const summary = await choice.summarise(questionFor(sampling, allowed), first);
            const ms = performance.now() - start;
            if (position === positions - 1 && !allowed)
              console.warn(`${vocab} tokens, top-k ${sampling.topK}: ${ms.toFixed(1)} ms`);
            expect(summary.logSum).toBeCloseTo(logSumExp(values), 4);
            const expected = sampleToken(values, sampling, position, allowed);
            expect(summary.top.map(({ id }) => id)).toEqual(expected.top.map(({ id }) => id));
            const given = sampleSummary(summary, sampling, position);
            if (given) expect(given.id).toBe(expected.id);
            if (sampling.temperature === 0) expect(given).not.toBeNull();
          }
        }
      }
      choice.dispose();
    },
    SLOW,
  );
});

it.each([
  { vocab: 5, type: 'float32' },
  { vocab: 4099, type: 'float32' },
  { vocab: 4099, type: 'float16' },
] as const)(
  'score tokens that are given in many rows of $vocab tokens, $type, with one read',
  async ({ vocab, type }) => {
    const choice = await createTokenChoice(device, vocab, type);
    const rows = [1, 2, 3, 4].map((seed) => row(vocab, seed));
    rows[1]![vocab - 2] = -Infinity;
    const ids = [0, vocab - 2, vocab - 1, Math.floor(vocab / 2)];
    const all = new Float32Array(Math.ceil((rows.length * vocab) / 2) * 2);
    rows.forEach((values, i) => all.set(values, i * vocab));
    const given = type === 'float16' ? (toHalf(all) as Uint16Array<ArrayBuffer>) : all;
    const logits = createStorage(device, 'rows', given.byteLength);
    device.queue.writeBuffer(logits, 0, given);
    const scored = await choice.score(logits, ids);
    rows.forEach((values, i) => {
      const told = scored[i]!;
      const expected = scoreToken(type === 'float16' ? fromHalf(toHalf(values)) : values, ids[i]!);
      expect(told.id).toBe(expected.id);
      if (expected.logprob === -Infinity) expect(told.logprob).toBe(-Infinity);
      else expect(told.logprob).toBeCloseTo(expected.logprob, 4);
      expect(told.top.map(({ id }) => id)).toEqual(expected.top.map(({ id }) => id));
      told.top.forEach(({ logprob }, k) => expect(logprob).toBeCloseTo(expected.top[k]!.logprob, 4));
    });
    expect(scored[1]!.logprob).toBe(-Infinity);
    rows[2]![vocab - 1] = NaN;
    rows.forEach((values, i) => all.set(values, i * vocab));
    device.queue.writeBuffer(logits, 0, type === 'float16' ? (toHalf(all) as Uint16Array<ArrayBuffer>) : all);
    await expect(choice.score(logits, ids)).rejects.toMatchObject({ code: 'internal' });
    logits.destroy();
    choice.dispose();
  },
  SLOW,
);

/** What each choice should be, from the row itself. */
async function sameAsRow(choice: TokenChoice, values: Float32Array, allowed: Uint32Array | null, kinds = KINDS) {
  upload(choice, values, 0);
  for (const sampling of kinds) {
    const summary = await choice.summarise(questionFor(sampling, allowed), 0);
    const given = sampleSummary(summary, sampling, 3);
    const expected = sampleToken(values, sampling, 3, allowed);
    expect(summary.top.map(({ id }) => id)).toEqual(expected.top.map(({ id }) => id));
    if (given) expect(given.id).toBe(expected.id);
    else expect(summary.allowed).toHaveLength(64);
  }
}

it(
  'choose among equals, among the least numbers there are, and by the mask that is given',
  async () => {
    const vocab = 3000;
    const choice = await createTokenChoice(device, vocab, 'float32');
    const every = new Uint32Array(Math.ceil(vocab / 32)).fill(0xffffffff);
    const few = new Uint32Array(every.length);
    few.set([0b1010], 40);
    // All equal, zeros of both signs among them.
    await sameAsRow(choice, new Float32Array(vocab).fill(1.5), null);
    await sameAsRow(
      choice,
      Float32Array.from({ length: vocab }, (_, i) => (i % 2 ? 0 : -0)),
      few,
    );
    // As exports write "never": it can be all that a grammar allows.
    const least = row(vocab, 4);
    least.fill(-3.4028234663852886e38, 1200, 1400);
    await sameAsRow(choice, least, null);
    await sameAsRow(choice, least, few);
    await sameAsRow(choice, new Float32Array(vocab).fill(-3.4028234663852886e38), null);
    // A word of a mask that is left out forbids, whatever the last mask said there.
    await sameAsRow(choice, row(vocab, 5), every);
    await sameAsRow(choice, row(vocab, 5), every.subarray(0, 50));
    // Temperatures at either end, and a number of 32 bits too small for one.
    const ends = [1e-40, 1e-7, 1e7, Infinity].map((temperature) => ({ temperature, topK: 20, topP: 0.9, seed: 9 }));
    await sameAsRow(choice, least, null, ends);
    await sameAsRow(
      choice,
      least,
      few,
      ends.map((one) => ({ ...one, topK: 0, topP: 1 })),
    );
    choice.dispose();
  },
  SLOW,
);

it.each([NaN, Infinity])(
  'refuse a row with %s in it',
  async (wrong) => {
    for (const type of ['float32', 'float16'] as const) {
      const choice = await createTokenChoice(device, 5000, type);
      const values = row(5000, 2);
      values[4321] = wrong;
      upload(choice, values, 0);
      const question = questionFor(KINDS[0]!, null);
      await expect(choice.summarise(question, 0)).rejects.toMatchObject({ code: 'internal' });
      upload(choice, new Float32Array(5000).fill(-Infinity), 0);
      await expect(choice.summarise(question, 0)).rejects.toThrow('offers no token');
      choice.dispose();
    }
  },
  SLOW,
);
