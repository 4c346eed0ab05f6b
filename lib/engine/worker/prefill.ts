/**
 * What comes before the first token of a turn: the images that are new are encoded, the positions that are new computed, in
 * chunks between which progress is told and an abort is heard. `generate` and `score` begin alike.
 */
import { breathe } from '@/lib/port';
import { EngineError, type EngineImage, type PromptEvent } from '../contract';
import type { NextToken } from './decode/next-token';
import type { LoadedModel } from './load-model';
import type { ImageFeatures } from './models/feature-cache';
import { worldScore } from './models/world';
import type { Position } from './prompt/positions';
import type { Prompt } from './prompt/prompt';
import type { Ort } from './runtime/runtime';

export interface ChunkOptions {
  /** Most positions computed in one run: progress and abort come between runs. */
  readonly prefillChunk: number;
}

/** What is counted while it happens. */
export interface PromptCounts {
  prefilledTokens: number;
  imagesEncoded: number;
  visionMs: number;
  prefillMs: number;
}

/** What an image is to the model, computed once and kept. @throws EngineError as `VisionModel.encodeImage` */
export async function encodeOne(
  { model, features, world }: Pick<LoadedModel, 'model' | 'features' | 'world'>,
  image: EngineImage,
): Promise<ImageFeatures> {
  const found = features.get(image.key);
  if (found) return found;
  const rows = await model.encodeImage(image);
  const distance = world && { score: worldScore(world, await rows.floats()), threshold: world.threshold };
  const encoded: ImageFeatures = { rows, world: distance };
  features.set(image.key, encoded);
  return encoded;
}

/** Encodes what positions after `reused` need. Tells of those, and of every image that is new in this request. */
export async function* encodeImages(
  loaded: LoadedModel,
  prompt: Prompt,
  reused: number,
  usage: PromptCounts,
  signal: AbortSignal,
): AsyncGenerator<PromptEvent, void, undefined> {
  const { features } = loaded;
  const needed = new Set(prompt.positions.slice(reused).flatMap(({ feature }) => (feature ? [feature.key] : [])));
  const told = new Set([...needed, ...prompt.fresh]);
  const missing = [...told].filter((key) => !features.get(key));
  let done = 0;
  if (missing.length > 0) yield { type: 'progress', phase: 'vision', done, total: missing.length };
  for (const key of told) {
    if (signal.aborted) return;
    const found = features.get(key);
    if (found) {
      yield { type: 'image-encoded', key, tokens: found.rows.count, ms: 0, cached: true, world: found.world };
      continue;
    }
    const image = prompt.images.get(key);
    if (!image) throw new EngineError('internal', `No image has the key ${key}.`);
    const start = performance.now();
    const { rows, world } = await encodeOne(loaded, image);
    const tokens = rows.count;
    const ms = performance.now() - start;
    usage.visionMs += ms;
    usage.imagesEncoded++;
    yield { type: 'progress', phase: 'vision', done: ++done, total: missing.length };
    yield { type: 'image-encoded', key, tokens, ms, cached: false, world };
    await breathe();
  }
}

export interface PrefillJob extends ChunkOptions {
  readonly prompt: Prompt;
  /** How many positions of the prompt are in the log afterwards. */
  readonly until: number;
  /** Positions that the caller computes next; they count in what is told of progress. */
  readonly more: number;
  readonly usage: PromptCounts;
}

/** Returns what comes after the last position; null where aborted, or where there was nothing to compute. */
export async function* prefill(
  loaded: LoadedModel,
  { prompt, until, more, usage, prefillChunk }: PrefillJob,
  signal: AbortSignal,
): AsyncGenerator<PromptEvent, NextToken | null, undefined> {
  const { session } = loaded;
  const first = session.length;
  const total = until - first + more;
  // Where the last turn ended, and where this prompt says that others may part from it.
  const marks = session.needsMarks ? prompt.marks.filter((mark) => mark > first + 1) : [];
  session.mark();
  let next: NextToken | null = null;
  yield { type: 'progress', phase: 'prefill', done: 0, total };
  while (session.length < until) {
    await breathe();
    if (signal.aborted) return null;
    const start = performance.now();
    const mark = Math.min(marks.find((length) => length > session.length) ?? until, until);
    const most = Math.min(prefillChunk, session.mostAtOnce);
    const part = prompt.positions.slice(session.length, Math.min(session.length + most, mark));
    next = await session.append(part, await embed(loaded, part), loaded.embedder.extras);
    if (session.length === mark) session.mark();
    usage.prefillMs += performance.now() - start;
    usage.prefilledTokens += part.length;
    yield { type: 'progress', phase: 'prefill', done: session.length - first, total };
  }
  return next;
}

/** What the decoder reads at these positions. @throws EngineError `bad-request` where features of an image have gone */
export function embed({ embedder, features }: LoadedModel, positions: readonly Position[]): Promise<Ort.Tensor> {
  return embedder.embed(positions, (key) => {
    const found = features.get(key);
    if (!found) throw new EngineError('bad-request', 'One request holds more images than the engine keeps.');
    return found.rows;
  });
}
