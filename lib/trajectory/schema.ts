/**
 * The trajectory document, version 2: what one run was, whole, without bytes of pictures (files are kept beside it, by hash). The schema
 * is the door: whatever comes from disk, a link or a file passes here once and is trusted inside. docs/trajectory-format.md is this file
 * in words; limits.ts has the limits.
 */
import * as z from 'zod/mini';
import { TRAJECTORY_FORMAT } from './format';
import { isBoundedJson, type Json } from './json';
import { TRAJECTORY_LIMITS as LIMITS } from './limits';
import { listOf } from './list';
import { ownDialectSchema } from './own-dialect';

const name = z.string().check(z.maxLength(LIMITS.name));
const text = z.string().check(z.maxLength(LIMITS.text));
const count = z.number().check(z.nonnegative());
const whole = z.int().check(z.nonnegative());
const json = z.custom<Json>(isBoundedJson, 'JSON that is too large or too deep');

/** SHA-256 of a file's bytes as given, lower-case hex. */
const fileHash = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** Left, top, right, bottom; the space is said where it is used. Right and bottom are exclusive. */
const box = z.object({ x1: z.number(), y1: z.number(), x2: z.number(), y2: z.number() });
const point = z.object({ x: z.number(), y: z.number() });

const frame = z.enum(['thousandths', 'original-pixels', 'resized-pixels', 'fractions']);

/** How four or two numbers were read: whether x or y comes first, corners or sizes, and who said so. */
const order = z.enum(['xyxy', 'yxyx', 'xywh', 'cxcywh', 'xy', 'yx']);
const readBy = z.enum(['model', 'file', 'values', 'person']);

// --- pictures ---

const file = z.object({
  /** Null where the file was never seen, only named. */
  hash: z.nullable(fileHash),
  mimeType: name,
  name,
  /** Where it came from, if not from the person's own disk. */
  address: z.optional(name),
});

const side = z.number().check(z.positive(), z.maximum(LIMITS.imageSide));
const pictureBase = { id: name, width: side, height: side };

/** Sizes are of the upright picture, in pixels; a view's are those of its region, turned. */
const picture = z.discriminatedUnion('from', [
  z.object({
    ...pictureBase,
    from: z.literal('file'),
    file,
    /** Nobody knows the size: it was taken from what is said about the picture. */
    assumedSize: z.optional(z.literal(true)),
  }),
  /** Cut out of another and turned clockwise; its pixels are derived and never stored. `region` in pixels of the other. */
  z.object({
    ...pictureBase,
    from: z.literal('view'),
    of: name,
    region: box,
    turn: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  }),
  /** Made by a tool, and not to be derived. */
  z.object({ ...pictureBase, from: z.literal('call'), callId: name, file, assumedSize: z.optional(z.literal(true)) }),
]);

/** A region of a picture, in its own pixels. */
const place = z.object({ picture: name, box });

/** The size a model saw a picture at, and how many tokens that was. */
const seen = z.object({
  width: count,
  height: count,
  tokens: z.nullable(count),
  /** Distance from what the model was trained on, and the threshold beyond which a picture is outside. Left out: unknown. */
  distance: z.optional(z.object({ score: z.number(), threshold: z.number() })),
});

const part = z.union([
  z.object({ text, address: z.optional(name) }),
  z.object({ picture: name, seen: z.nullable(seen), address: z.optional(name) }),
]);

/**
 * Something the model pointed at in its words: in pixels of the picture, clamped to it. `read` is how the numbers were read, `at` which
 * characters of the step's text say them.
 */
const mark = z.object({
  label: name,
  picture: name,
  shape: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('box'), box }),
    z.object({ kind: z.literal('point'), point }),
    z.object({ kind: z.literal('polygon'), points: listOf(point, LIMITS.corners) }),
  ]),
  read: z.object({ frame, order, by: readBy }),
  at: z.nullable(z.object({ from: whole, to: whole })),
});

// --- steps ---

/** One alternative the sampler could have taken; logprob is the natural logarithm under the untempered softmax. */
const alternative = z.object({ id: z.nullable(z.number()), text: name, logprob: z.number() });

/** One generated token. `top` holds the likeliest, likeliest first; what was not told is null or empty. */
const token = z.object({
  id: z.nullable(z.number()),
  text: name,
  logprob: z.nullable(z.number()),
  top: listOf(alternative, LIMITS.alternatives),
});

/** When a step began and ended, in milliseconds since the run began. */
const span = z.object({ start: count, end: count });

const stepBase = {
  turn: whole,
  /** Null where nobody measured it. */
  span: z.nullable(span),
  /** What the step consists of; empty for results, which the environment wrote, and where nobody told. */
  tokens: listOf(token, LIMITS.tokens),
  /** Which of the run's models wrote it; left out: the first. */
  model: z.optional(whole),
  /** Which characters of its words a person wrote, in order; left out: none. Of `other`, which has no words: that a person wrote it. */
  person: z.optional(listOf(z.object({ from: whole, to: whole }), LIMITS.marks)),
};

const marks = z.optional(listOf(mark, LIMITS.marks));

const step = z.discriminatedUnion('type', [
  z.object({ type: z.literal('think'), text, marks, ...stepBase }),
  z.object({ type: z.literal('answer'), text, marks, ...stepBase }),
  z.object({
    type: z.literal('call'),
    callId: name,
    /** Which tool; what was written where there is none of that name, empty where no name could be read. */
    tool: name,
    /** The call as written, without its tags. */
    written: text,
    /** What it was read as; null where it could not be. */
    input: json,
    label: name,
    /** `writing`: still being written, or broken off there. */
    state: z.enum(['writing', 'read']),
    /**
     * The numbers as the model wrote them, brought into corners by `order` (left out: they were corners) and not yet into pixels; null where
     * it wrote no box.
     */
    asked: z.nullable(z.object({ box, frame, order: z.optional(order), by: z.optional(readBy) })),
    /** The asked box in pixels of the picture it speaks of, clamped to it. */
    place: z.nullable(place),
    ...stepBase,
  }),
  z.object({
    type: z.literal('result'),
    callId: name,
    parts: listOf(part, LIMITS.parts),
    /** Why the call was not carried out, and what the model was told; empty where the run ended instead. */
    refused: z.nullable(z.object({ problem: name, told: text })),
    ...stepBase,
  }),
  /** What a person sent after the run had begun: a next question, another picture. */
  z.object({ type: z.literal('said'), parts: listOf(part, LIMITS.parts), ...stepBase }),
  /** Something another system recorded that is none of the above, kept as it is. */
  z.object({ type: z.literal('other'), kind: name, json, ...stepBase }),
]);

const told = z.nullable(count);

const turnUsage = z.object({
  turn: whole,
  /** Tokens of the whole prompt, of which `reused` were already in the cache and `prefilled` were computed. Null: not told. */
  promptTokens: told,
  reusedTokens: told,
  prefilledTokens: told,
  outputTokens: told,
  imagesEncoded: told,
  visionMs: told,
  prefillMs: told,
  decodeMs: told,
});

// --- the run ---

const settings = z.object({
  temperature: count,
  topP: count,
  topK: count,
  seed: count,
  maxTurns: count,
  maxNewTokens: count,
  /** Names of the tools the model may call. */
  tools: listOf(name, LIMITS.tools),
  /** Whether turns were kept in their dialect's grammar; left out: they were not. */
  grammar: z.optional(z.boolean()),
});

const model = z.object({
  id: name,
  name,
  version: name,
  device: z.enum(['webgpu', 'wasm', 'remote', 'replay', 'unknown']),
  /** Where it came from: a folder's address, `hub:owner/name@revision?dtype=…` or `local:name`. Older runs do not say. */
  url: z.optional(name),
  /** What ran it, where that is known: a server's name and version. */
  engine: z.optional(name),
});

/** What changed against the run that this one was forked from; `json` says how. */
const change = z.object({ kind: name, json });

const source = z.object({
  /** The format it was read from, and the file. */
  system: name,
  file: name,
  /** Which record of the file: an index or an id. */
  record: name,
  /** The rule by which boxes were read. */
  rule: name,
  address: z.optional(name),
  kind: z.optional(name),
  trainingStep: z.optional(z.number()),
  error: z.optional(text),
  scores: z.optional(listOf(z.object({ name, value: z.number() }), LIMITS.scores)),
});

const truth = z.object({
  answers: listOf(text, LIMITS.answers),
  options: z.nullable(listOf(text, LIMITS.answers)),
  places: listOf(z.object({ label: name, place }), LIMITS.marks),
});

const lens = z.object({ kind: name, json });

const stopReason = z.enum(['answer', 'max-turns', 'repeated-call', 'no-call', 'length', 'abort', 'error', 'unknown']);

export const trajectorySchema = z.object({
  format: z.literal(TRAJECTORY_FORMAT),
  id: name,
  title: name,
  /** ISO 8601. */
  createdAt: name,
  updatedAt: name,
  /** Every picture the run speaks of, in the order in which they came. */
  pictures: listOf(picture, LIMITS.pictures),
  /** What the person sent, in order. */
  given: listOf(part, LIMITS.parts),
  /** Which wrote it; steps name them by their place here. */
  models: listOf(model, LIMITS.models),
  dialect: name,
  /** The dialect itself, where a person wrote it. */
  ownDialect: z.optional(ownDialectSchema),
  systemPrompt: text,
  /** Null where nobody told. */
  settings: z.nullable(settings),
  steps: listOf(step, LIMITS.steps),
  usage: listOf(turnUsage, LIMITS.usage),
  status: z.enum(['running', 'done', 'stopped', 'failed']),
  stop: z.nullable(z.object({ reason: stopReason, message: text, code: z.nullable(name) })),
  /** The run this one was forked from, how many of its steps it shares, and what was changed; null for one of its own. */
  parent: z.nullable(z.object({ runId: name, steps: whole, change: z.nullable(change) })),
  /** Whose run it was; null where Loupe made it. */
  source: z.nullable(source),
  /** What is known to be true of the question; null where nobody said. */
  truth: z.nullable(truth),
  /** What was measured of the run afterwards, one of a kind; each lens says how its own is read (docs/lenses.md). Left out: nothing. */
  lenses: z.optional(listOf(lens, LIMITS.lenses)),
});

export type Trajectory = z.infer<typeof trajectorySchema>;
export type Step = z.infer<typeof step>;
export type StepType = Step['type'];
export type StepOf<T extends StepType> = Extract<Step, { type: T }>;
export type Token = z.infer<typeof token>;
export type Alternative = z.infer<typeof alternative>;
export type TurnUsage = z.infer<typeof turnUsage>;
export type RunSettings = z.infer<typeof settings>;
export type RunModel = z.infer<typeof model>;
export type FileRef = z.infer<typeof file>;
export type FileHash = z.infer<typeof fileHash>;
export type Picture = z.infer<typeof picture>;
export type PictureOf<F extends Picture['from']> = Extract<Picture, { from: F }>;
export type Place = z.infer<typeof place>;
export type Part = z.infer<typeof part>;
export type Mark = z.infer<typeof mark>;
export type StopReason = z.infer<typeof stopReason>;
export type Seen = z.infer<typeof seen>;
export type Span = z.infer<typeof span>;
export type KeptLens = z.infer<typeof lens>;
