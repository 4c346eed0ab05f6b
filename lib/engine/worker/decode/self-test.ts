/**
 * The known answer of a model folder (self-test.json): an image defined by a formula, a prompt, and the logits that the
 * training code got. A device that computes something else is not trusted with a person's question.
 */
import * as z from 'zod/mini';
import { EngineError, type EngineImage, type Sampling } from '../../contract';
import type { DecodeSession } from './decode-session';
import type { Embedder } from './embedder';
import type { FeatureRows } from '../models/feature-rows';
import type { NextToken } from './next-token';
import { textPositions, type Position } from '../prompt/positions';
import { largest, sampleToken } from './sampler';

const selfTest = z.object({
  tokens: z.array(z.number().check(z.int(), z.nonnegative())).check(z.minLength(2)),
  image: z.literal('ramp'),
  topToken: z.number(),
  logits: z.array(z.tuple([z.number(), z.number()])).check(z.minLength(1)),
  tolerance: z.number().check(z.positive()),
});

export type SelfTest = z.infer<typeof selfTest>;

/** @throws EngineError `bad-manifest` */
export function parseSelfTest(value: unknown): SelfTest {
  const parsed = selfTest.safeParse(value);
  if (!parsed.success)
    throw new EngineError('bad-manifest', `self-test.json: ${parsed.error.issues[0]?.message ?? 'wrong'}`);
  return parsed.data;
}

/** The picture of docs/model-manifest.md: `(7x + 3y, 2x + 11y, 5x + 5y) mod 256`. */
export function rampImage(size: number): EngineImage {
  const data = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      data.set([(x * 7 + y * 3) % 256, (x * 2 + y * 11) % 256, (x * 5 + y * 5) % 256, 255], (y * size + x) * 4);
    }
  }
  return { key: `ramp ${size}`, width: size, height: size, data };
}

export interface SelfTestParts {
  readonly test: SelfTest;
  readonly imageTokenId: number;
  readonly embedder: Embedder;
  readonly session: DecodeSession;
  /** Of the ramp image. */
  readonly features: FeatureRows;
}

/**
 * Prefills the prompt in parts, so that going on from a filled cache is tested too, and leaves the session empty.
 * @returns null where the answer is right, else what differs, as a sentence.
 */
export async function checkKnownAnswer(parts: SelfTestParts): Promise<string | null> {
  const { test, imageTokenId, embedder, session, features } = parts;
  let row = 0;
  const positions = textPositions(test.tokens).map((position) =>
    position.id === imageTokenId ? { ...position, feature: { key: 'ramp', row: row++ } } : position,
  );
  if (row !== features.count) return `The test prompt has ${row} image positions.`;
  const cut = Math.floor(positions.length * 0.75);
  const cuts = inParts(positions, cut);
  const { logits, problem } = await prefillParts(session, cuts, embedder, () => features);
  if (problem !== null) return problem;
  const [top] = largest(logits, 1);
  let worst = 0;
  for (const [id, expected] of test.logits) {
    const error = Math.abs((logits[id] ?? Number.NaN) - expected);
    worst = Number.isNaN(error) ? Infinity : Math.max(worst, error);
  }
  if (worst > test.tolerance)
    return `The known answer differs by ${worst.toPrecision(3)}, more than ${test.tolerance}.`;
  if (top !== test.topToken) return `The known answer begins with token ${top}, not ${test.topToken}.`;
  return null;
}

/** Positions at the end that are computed one by one, as tokens are. */
const SINGLE = 2;

/** The first `cut` positions, those after them, and the last one by one, so that what goes on from a filled cache is tested in every way. */
function inParts(positions: readonly Position[], cut: number): Position[][] {
  const end = Math.max(cut, positions.length - SINGLE);
  return [positions.slice(0, cut), positions.slice(cut, end), ...positions.slice(end).map((one) => [one])].filter(
    (part) => part.length > 0,
  );
}

interface Prefilled {
  readonly logits: Float32Array;
  /** What is wrong with the choice of a token from them, as a sentence; null where nothing is. */
  readonly problem: string | null;
}

/** What comes after the last part, computed from nothing; leaves the session empty. */
async function prefillParts(
  session: DecodeSession,
  parts: readonly (readonly Position[])[],
  embedder: Embedder,
  featuresOf: (key: string) => FeatureRows,
): Promise<Prefilled> {
  session.rewind(0);
  let next: NextToken | null = null;
  for (const part of parts) {
    const embeds = await embedder.embed(part, featuresOf);
    next = await session.append(part, embeds, embedder.extras);
  }
  if (!next) throw new EngineError('internal', 'Nothing to prefill.');
  const logits = await next.logits();
  // What are no numbers offers nothing to choose from, and is refused for that.
  const problem = logits.every(Number.isFinite) ? await checkChoice(next, logits) : null;
  session.rewind(0);
  return { logits, problem };
}

/** Of each kind that a device does in another way: the likeliest, of a few, of all, of the allowed. */
const CHOICES: readonly (Sampling & { readonly masked?: boolean })[] = [
  { temperature: 0, topK: 0, topP: 1, seed: 1 },
  { temperature: 0.8, topK: 20, topP: 0.9, seed: 2 },
  { temperature: 1.3, topK: 0, topP: 1, seed: 3 },
  { temperature: 0.7, topK: 0, topP: 0.6, seed: 4, masked: true },
];
const LOG_LIKENESS = 1e-3;

/** Whether the tokens chosen are those that the definition chooses from the same logits (sampler.ts). */
async function checkChoice(next: NextToken, logits: Float32Array): Promise<string | null> {
  for (const { masked, ...sampling } of CHOICES) {
    const mask = masked ? new Uint32Array(Math.ceil(logits.length / 32)).fill(0xa5c35a3c) : null;
    const expected = sampleToken(logits, sampling, 7, mask);
    const given = await next.sample(sampling, 7, mask);
    const same = (a: number, b: number) => Math.abs(a - b) <= LOG_LIKENESS;
    const alike = expected.top.every(({ id, logprob }, i) => {
      const other = given.top[i];
      return other?.id === id && same(other.logprob, logprob);
    });
    if (given.id !== expected.id || !alike || !same(given.logprob, expected.logprob)) {
      return `Token ${given.id} was chosen where ${expected.id} is right.`;
    }
  }
  return null;
}

/** Positions of the prompt with which two kinds of cache are compared, and of the part that is computed first. */
const [COMPARED, FIRST] = [40, 33];
/**
 * What is trusted computes them in shorter runs: from 32 positions on ONNX Runtime takes another kernel for attention, which is
 * wrong on some devices in every cache (gpu.ts).
 */
const SHORT = 20;
/** Of the logits' spread: more than half precision makes of another order of sums, far less than a wrong kernel. */
const LIKENESS = 0.05;

/**
 * For a model without a known answer: whether two sessions say the same to a prompt of some tokens, in two parts.
 * @returns null where they do, else what differs, as a sentence.
 * @throws EngineError `self-test-failed` where what `trusted` computes are no numbers, or one number over and over, as when runs are
 * dropped: then nothing can be trusted here
 */
export async function compareSessions(
  embedder: Embedder,
  trusted: DecodeSession,
  other: DecodeSession,
  vocab: number,
): Promise<string | null> {
  const positions = textPositions(Array.from({ length: COMPARED }, (_, i) => (i * 37 + 11) % Math.min(vocab, 4096)));
  const parts = [positions.slice(0, SHORT), positions.slice(SHORT)];
  const noImage = (): never => {
    throw new EngineError('internal', 'No image was asked about.');
  };
  const { logits: expected } = await prefillParts(trusted, parts, embedder, noImage);
  if (!expected.every(Number.isFinite)) {
    throw new EngineError('self-test-failed', 'What this device computes with the model are no finite numbers.');
  }
  if (expected.every((value) => value === expected[0])) {
    throw new EngineError('self-test-failed', 'What this device computes with the model is one number everywhere.');
  }
  const { logits: given, problem } = await prefillParts(other, inParts(positions, FIRST), embedder, noImage);
  if (problem !== null) return problem;
  let [worst, least, most] = [0, Infinity, -Infinity];
  expected.forEach((value, i) => {
    const error = Math.abs(value - (given[i] ?? NaN));
    worst = Number.isNaN(error) ? Infinity : Math.max(worst, error);
    least = Math.min(least, value);
    most = Math.max(most, value);
  });
  const share = worst / Math.max(most - least, Number.MIN_VALUE);
  return share <= LIKENESS ? null : `It differs from shorter runs by ${(share * 100).toPrecision(3)} %.`;
}
