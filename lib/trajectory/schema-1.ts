/**
 * The trajectory document, version 1, as it was: read for migration only (from-version-1.ts). One picture, one tool, and a call that
 * could not be carried out was a step of its own. Its lists had these limits, and its texts some that are not kept: what is too long is
 * shortened.
 */
import * as z from 'zod/mini';
import { listOf } from './list';

/** SHA-256 of the image file's bytes as given by the person, lower-case hex. */
const imageHash = z.string().check(z.regex(/^[0-9a-f]{64}$/));

const count = z.number().check(z.nonnegative());

/** [x1, y1, x2, y2]; the space is said where it is used. */
const box = z.object({ x1: z.number(), y1: z.number(), x2: z.number(), y2: z.number() });

const frame = z.enum(['thousandths', 'original-pixels', 'resized-pixels', 'fractions']);

/** One alternative the sampler could have taken; logprob is the natural logarithm under the untempered softmax. */
const alternative = z.object({ id: z.number(), text: z.string(), logprob: z.number() });

/** One generated token. `top` holds the five likeliest, likeliest first. */
const token = z.object({ id: z.number(), text: z.string(), logprob: z.number(), top: listOf(alternative, 20) });

/** When a step began and ended, in milliseconds since the run began. */
const span = z.object({ start: count, end: count });

const stepBase = {
  turn: count,
  span,
  /** Generated tokens this step consists of; empty for results, which the environment wrote. */
  tokens: listOf(token, 200_000),
};

const parseProblem = z.enum([
  'not-json',
  'unknown-tool',
  'no-box',
  'box-not-four-numbers',
  'box-empty',
  'box-out-of-frame',
  'repeated-box',
  /** The run ended while the call was being written. */
  'interrupted',
]);

const seen = z.object({ width: count, height: count, tokens: count });

const step = z.discriminatedUnion('type', [
  z.object({ type: z.literal('think'), text: z.string(), ...stepBase }),
  z.object({
    type: z.literal('call'),
    callId: z.string(),
    tool: z.literal('zoom'),
    /** The call as written. */
    text: z.string(),
    label: z.string(),
    /** The box as the model wrote it, in `frame`. */
    asked: z.object({ box, frame }),
    /** The asked box in pixels of the upright original, clamped to it. */
    askedInImage: box,
    /** The crop that was executed, in pixels of the upright original. */
    executed: box,
    ...stepBase,
  }),
  z.object({
    type: z.literal('result'),
    callId: z.string(),
    /** Derived from the original and `executed`; never stored as pixels. */
    executed: box,
    seen,
    ...stepBase,
  }),
  z.object({
    type: z.literal('malformed'),
    text: z.string(),
    problem: parseProblem,
    /** What the model was told. */
    told: z.string(),
    ...stepBase,
  }),
  z.object({ type: z.literal('answer'), text: z.string(), ...stepBase }),
]);

const turnUsage = z.object({
  turn: count,
  /** Tokens of the whole prompt, of which `reused` were already in the cache and `prefilled` were computed. */
  promptTokens: count,
  reusedTokens: count,
  prefilledTokens: count,
  outputTokens: count,
  imagesEncoded: count,
  visionMs: count,
  prefillMs: count,
  decodeMs: count,
});

const settings = z.object({
  temperature: count,
  topP: count,
  topK: count,
  seed: count,
  maxTurns: count,
  maxNewTokens: count,
  tools: z.boolean(),
  /** Whether turns were kept in their dialect's grammar; left out: they were not. */
  grammar: z.optional(z.boolean()),
});

const imageRef = z.object({
  hash: imageHash,
  /** Size of the upright picture (after EXIF orientation), in pixels. */
  width: count,
  height: count,
  mimeType: z.string(),
  name: z.string(),
});

const stopReason = z.enum(['answer', 'max-turns', 'repeated-box', 'no-call', 'length', 'abort', 'error']);

export const trajectorySchema1 = z.object({
  format: z.literal('loupe-trajectory/1'),
  id: z.string(),
  title: z.string(),
  /** ISO 8601. */
  createdAt: z.string(),
  updatedAt: z.string(),
  question: z.string(),
  image: imageRef,
  model: z.object({
    id: z.string(),
    name: z.string(),
    version: z.string(),
    device: z.enum(['webgpu', 'wasm', 'remote', 'replay', 'unknown']),
    /** Where it came from: a folder's address, `hub:owner/name@revision?dtype=…` or `local:name`. Older runs do not say. */
    url: z.optional(z.string()),
  }),
  protocol: z.string(),
  systemPrompt: z.string(),
  settings,
  /** What the model saw of the original; null until it was encoded. */
  seen: z.nullable(seen),
  /** Distance from the model's training world and the threshold beyond which it is outside; null where unknown. */
  world: z.nullable(z.object({ score: z.number(), threshold: z.number() })),
  steps: listOf(step, 2_000),
  usage: listOf(turnUsage, 2_000),
  status: z.enum(['running', 'done', 'stopped', 'failed']),
  stop: z.nullable(z.object({ reason: stopReason, message: z.string(), code: z.nullable(z.string()) })),
  /** Where this run was forked from. */
  parent: z.nullable(z.object({ trajectoryId: z.string(), step: count })),
});

export type Trajectory1 = z.infer<typeof trajectorySchema1>;
export type Step1 = z.infer<typeof step>;
