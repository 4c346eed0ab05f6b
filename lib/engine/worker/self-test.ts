/**
 * The known answer of a model folder (self-test.json): an image defined by a formula, a prompt, and the logits that the
 * training code got. A device that computes something else is not trusted with a person's question.
 */
import * as z from 'zod/mini';
import { EngineError, type EngineImage } from '../contract';
import type { DecodeSession } from './decode-session';
import type { VlmModel } from './models/model';
import { textPositions, type Position } from './positions';
import { largest } from './sampler';

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
  readonly model: VlmModel;
  readonly session: DecodeSession;
  readonly hidden: number;
  /** Features of the ramp image, f32 [tokens, hidden]. */
  readonly features: Float32Array;
}

/**
 * Prefills the prompt in two parts, so that going on from a filled cache is tested too, and leaves the session empty.
 * @returns null where the answer is right, else what differs, as a sentence.
 */
export async function checkKnownAnswer({
  test,
  model,
  session,
  hidden,
  features,
}: SelfTestParts): Promise<string | null> {
  let row = 0;
  const positions = textPositions(test.tokens).map((position) =>
    position.id === model.imageTokenId ? { ...position, feature: { key: 'ramp', row: row++ } } : position,
  );
  if (row * hidden !== features.length) return `The test prompt has ${row} image positions.`;
  const cut = Math.floor(positions.length * 0.75);
  const logits = await prefillParts(session, [positions.slice(0, cut), positions.slice(cut)], async (part) => {
    const embeds = await model.embed(part.map((position) => position.id));
    insertFeatures(part, embeds, hidden, () => features);
    return embeds;
  });
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

/** Logits after the last part, computed from nothing; leaves the session empty. */
async function prefillParts(
  session: DecodeSession,
  parts: readonly (readonly Position[])[],
  embed: (part: readonly Position[]) => Promise<Float32Array>,
): Promise<Float32Array> {
  session.rewind(0);
  let logits: Float32Array = new Float32Array(0);
  for (const part of parts) logits = await session.append(part, await embed(part));
  session.rewind(0);
  return logits;
}

/** Positions of the prompt with which two kinds of cache are compared, and of the part that is computed first. */
const [COMPARED, FIRST] = [40, 33];
/** Of the logits' spread: more than half precision makes of another order of sums, far less than a wrong kernel. */
const LIKENESS = 0.05;

/**
 * For a model without a known answer: whether two sessions say the same to a prompt of some tokens, in two parts.
 * @returns null where they do, else what differs, as a sentence.
 */
export async function compareSessions(
  model: Pick<VlmModel, 'embed'>,
  trusted: DecodeSession,
  other: DecodeSession,
  vocab: number,
): Promise<string | null> {
  const positions = textPositions(Array.from({ length: COMPARED }, (_, i) => (i * 37 + 11) % Math.min(vocab, 4096)));
  const parts = [positions.slice(0, FIRST), positions.slice(FIRST)];
  const embed = (part: readonly Position[]) => model.embed(part.map(({ id }) => id));
  const expected = await prefillParts(trusted, parts, embed);
  const given = await prefillParts(other, parts, embed);
  let [worst, least, most] = [0, Infinity, -Infinity];
  expected.forEach((value, i) => {
    const error = Math.abs(value - (given[i] ?? NaN));
    worst = Number.isNaN(error) ? Infinity : Math.max(worst, error);
    least = Math.min(least, value);
    most = Math.max(most, value);
  });
  const share = worst / Math.max(most - least, Number.MIN_VALUE);
  return share <= LIKENESS ? null : `It differs from the growing one by ${(share * 100).toPrecision(3)} %.`;
}

/** Overwrites the rows of image positions with their features. `embeds` is f32 [positions, hidden]. */
export function insertFeatures(
  positions: readonly Position[],
  embeds: Float32Array,
  hidden: number,
  featuresOf: (key: string) => Float32Array,
): void {
  positions.forEach(({ feature }, i) => {
    if (!feature) return;
    const from = feature.row * hidden;
    embeds.set(featuresOf(feature.key).subarray(from, from + hidden), i * hidden);
  });
}
