/** What a token rests on, by the shipped model on WASM in Node: against what it said, against nudges, and what is refused. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { divergence, predictedDivergence, randomDirection, spectrumOf } from '@/lib/review/lenses';
import type { PixelsRead, PixelsRequest } from '@/lib/engine/contract';
import { serveFolder, type ModelServer } from '@/lib/engine/fixtures/model-server';
import { collectTurn, GREEDY, pattern, question } from '@/lib/engine/fixtures/nano-conversation';
import { createEngineHost } from '@/lib/engine/worker/engine-host';

const FOLDER = fileURLToPath(new URL('../../public/models/loupe-nano/', import.meta.url));
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });
const live = () => new AbortController().signal;

let server: ModelServer;
const host = createEngineHost({ findOrtByPackage: true });
const image = pattern(1);
const messages = question(image, 'What does the tag on the dog say?');
const AT = 3;
let request: PixelsRequest;
let said: readonly number[];

beforeAll(async () => {
  server = await serveFolder(FOLDER);
  const load = { modelUrl: server.url, ortUrl: '', device: 'wasm', refuseSoftwareGpu: true } as const;
  for await (const progress of host.load(load, live())) void progress;
  const turn = await collectTurn(host.generate({ messages, sampling: GREEDY, maxNewTokens: AT + 1 }, live()));
  const top = turn.tokens[AT]?.top ?? [];
  const all = Math.log(top.reduce((sum, { logprob }) => sum + Math.exp(logprob), 0));
  said = top.map(({ logprob }) => logprob - all);
  const options = top.map(({ id }) => id ?? -1);
  request = { messages, begun: turn.end.tokenIds.slice(0, AT).map(Number), image: image.key, options };
});
afterAll(() => server.close());

async function read(changed: Partial<PixelsRequest> = {}, signal = live()): Promise<PixelsRead> {
  for await (const one of host.pixels({ ...request, ...changed }, signal)) return one;
  throw new Error('Nothing was read.');
}

describe('what a token rests on', () => {
  it('begins with the probabilities that were told, and its gradients say what nudges do', async () => {
    const { logProbabilities, gradients, side } = await read();
    const [own = []] = logProbabilities;
    own.forEach((value, i) => expect(value).toBeCloseTo(said[i]!, 3));
    expect([side, gradients.length, gradients[0]?.length]).toEqual([256, 5, 3 * 256 * 256]);
    const spectrum = spectrumOf(own, gradients);
    expect(spectrum.residue).toBeLessThan(1e-4);
    const small = 0.03;
    const chance = randomDirection(spectrum.direction.length, 1);
    const times = (direction: Float32Array, by: number) => direction.map((value) => value * by);
    const nudges = [times(spectrum.direction, small), times(spectrum.direction, -small), times(chance, small)];
    const after = (await read({ nudges })).logProbabilities;
    // Finite differences, both ways.
    own.forEach((_, i) => {
      const slope = gradients[i]!.reduce((sum, value, at) => sum + value * spectrum.direction[at]!, 0);
      expect((after[0]![i]! - after[1]![i]!) / (2 * small)).toBeCloseTo(slope, 1);
    });
    const along = divergence(own, after[0]!);
    expect(Math.abs(along / predictedDivergence(spectrum, small) - 1)).toBeLessThan(0.05);
    expect(divergence(own, after[2]!)).toBeLessThan(along / 20);
  });

  it('refuses what it cannot read', async () => {
    await expect(read({ image: 'another' })).rejects.toMatchObject({ code: 'bad-request' });
    await expect(read({ options: [1] })).rejects.toMatchObject({ code: 'bad-request' });
    await expect(read({ nudges: [new Float32Array(3)] })).rejects.toMatchObject({ code: 'bad-request' });
    await expect(read({}, AbortSignal.abort(new Error('gone')))).rejects.toThrow();
  });
});
