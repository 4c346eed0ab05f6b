/**
 * How a model decodes on this device: the fastest way that gives the right answer. On WebGPU in a cache in place, and where no
 * way with that is right, in a growing one.
 */
import { EngineError, type EngineErrorCode, type EngineRemark, type ModelManifest } from '../../contract';
import { readCacheLayout, type CacheLayout } from './cache-layout';
import { createDecodeSession, type DecodeSession } from './decode-session';
import type { Embedder } from './embedder';
import { outputOf } from '../runtime/floats';
import type { GpuDecoder } from './gpu-decoder/gpu-decoder';
import type { SharedDecoder } from './gpu-decoder/open-decoder';
import { createGrowingKv, createStaticKv, type KvCache } from './kv-cache';
import type { VisionModel } from '../models/model';
import type { Ort, Runtime } from '../runtime/runtime';
import { checkKnownAnswer, compareSessions, rampImage, type SelfTest } from './self-test';
import { createStateCache } from './state-cache';
import { createTokenChoice, type TokenChoice } from './token-choice';

export interface TrustParts {
  readonly runtime: Runtime;
  readonly manifest: ModelManifest;
  readonly decoder: Ort.InferenceSession;
  /** The same decoder where it can also be run without ONNX Runtime; null where not. */
  readonly shared: SharedDecoder | null;
  readonly model: VisionModel;
  readonly embedder: Embedder;
  /** null where the folder has no known answer. */
  readonly test: SelfTest | null;
}

export interface Trusted {
  readonly session: DecodeSession;
  /** What is not as fast as it could be, as a sentence; empty when all is well. */
  readonly remark: EngineRemark | null;
}

/**
 * Everything on the GPU and single tokens by our own shaders; those by ONNX Runtime; the choice of tokens in JavaScript. The
 * fastest first.
 */
const WAYS = ['single', 'choice', 'plain'] as const;
type Way = (typeof WAYS)[number];

/** What is slower where a way does not give the right answer. */
const WITHOUT: Readonly<Record<Way, EngineRemark | null>> = {
  single: { code: 'no-shaders' },
  choice: { code: 'no-choice' },
  plain: null,
};

/** What is wrong, as a sentence; null where nothing is. */
type Examine = (session: DecodeSession) => Promise<string | null>;

/** What no other way of decoding would mend. */
const FINAL: readonly EngineErrorCode[] = ['device-lost', 'out-of-memory', 'self-test-failed'];

/**
 * The first session whose answer comes out right.
 * @throws EngineError `self-test-failed` where none does, `device-lost`, `out-of-memory`, `unsupported-model`
 */
export async function openTrustedSession(parts: TrustParts): Promise<Trusted> {
  const { runtime, manifest, decoder, shared, model, embedder, test } = parts;
  const { hidden, vocab } = manifest.decoder;
  const weights = shared?.weights ?? {};
  const layout = readCacheLayout(decoder, manifest.decoder, weights);
  const { gpu } = runtime;
  const common = { runtime, session: decoder, hidden, vocab, weights };
  const growing = () =>
    createDecodeSession({
      ...common,
      kv: createGrowingKv(runtime, layout.rows),
      states: createStateCache(runtime, null, layout.states),
      choice: null,
    });
  /** In the cache in place; null where this device or this graph does not go that way. */
  async function inPlace(device: GPUDevice, way: Way): Promise<DecodeSession | null> {
    const choice = way === 'plain' ? null : await choiceOnGpu(device, decoder, vocab);
    if (way !== 'plain' && !choice) return null;
    const kv = createStaticKv(runtime, device, layout.rows, manifest.context);
    const single =
      way === 'single' && shared && choice ? await singleOnGpu(shared, { kv, layout, choice, manifest }) : null;
    if (way === 'single' && !single) {
      kv.dispose();
      choice?.dispose();
      return null;
    }
    const states = createStateCache(runtime, device, layout.states);
    return createDecodeSession({ ...common, kv, states, choice, single });
  }

  /** What is wrong with a session, as a sentence; null where nothing is. */
  async function problemOf(session: DecodeSession, examine: Examine): Promise<string | null> {
    let problem: string | null;
    try {
      problem = await examine(session);
    } catch (error) {
      if (error instanceof EngineError && FINAL.includes(error.code)) {
        session.forget();
        throw error;
      }
      problem = error instanceof Error ? error.message : String(error);
    }
    if (problem !== null) session.forget();
    return problem;
  }

  /** The fastest way in the cache in place that gives the right answer. */
  async function tryInPlace(device: GPUDevice, examine: Examine): Promise<Trusted | { problem: string }> {
    let remark: EngineRemark | null = null;
    let problem = '';
    // A graph that only ONNX Runtime can compute is as fast as it can be.
    for (const way of shared ? WAYS : WAYS.slice(1)) {
      const session = await inPlace(device, way);
      const found = session && (await problemOf(session, examine));
      if (session && found === null) return { session, remark };
      remark = WITHOUT[way];
      problem = found ?? problem;
    }
    return { problem };
  }
  const slower = (detail: string): EngineRemark => ({ code: 'slow-cache', params: { detail } });

  if (!test) {
    const trusted = growing();
    if (!gpu) return { session: trusted, remark: null };
    const found = await tryInPlace(gpu, (session) => compareSessions(embedder, trusted, session, vocab));
    if ('problem' in found) {
      // Where not even this one says the same in shorter runs, long ones are wrong in any cache.
      const own = await compareSessions(embedder, trusted, trusted, vocab);
      if (own !== null) throw new EngineError('self-test-failed', own);
      return { session: trusted, remark: slower(found.problem) };
    }
    trusted.forget();
    return found;
  }

  const features = await model.encodeImage(rampImage(manifest.image.size));
  const { imageTokenId } = model;
  const examine: Examine = (session) => checkKnownAnswer({ test, imageTokenId, session, embedder, features });
  try {
    let remark: EngineRemark | null = null;
    if (gpu) {
      const found = await tryInPlace(gpu, examine);
      if (!('problem' in found)) return found;
      remark = slower(found.problem);
    }
    const session = growing();
    const problem = await problemOf(session, examine);
    if (problem !== null) throw new EngineError('self-test-failed', problem);
    return { session, remark };
  } finally {
    features.dispose();
  }
}

/** null where the device refuses the shaders, or cache and logits are none that they work with. */
async function singleOnGpu(
  shared: SharedDecoder,
  { kv, layout, choice, manifest }: SingleParts,
): Promise<GpuDecoder | null> {
  try {
    return await shared.single(kv, layout, choice, manifest.context);
  } catch (error) {
    console.warn('Single tokens stay with ONNX Runtime:', error);
    return null;
  }
}

interface SingleParts {
  readonly kv: KvCache;
  readonly layout: CacheLayout;
  readonly choice: TokenChoice;
  readonly manifest: ModelManifest;
}

/** null where the device refuses the shaders, or the logits are of another kind. */
async function choiceOnGpu(
  device: GPUDevice,
  decoder: Ort.InferenceSession,
  vocab: number,
): Promise<TokenChoice | null> {
  const logits = outputOf(decoder, 'logits');
  if (logits?.type !== 'float32' && logits?.type !== 'float16') return null;
  const last = logits.shape.at(-1);
  if (typeof last === 'number' && last !== vocab) return null;
  try {
    return await createTokenChoice(device, vocab, logits.type);
  } catch (error) {
    console.warn('The choice of tokens stays in JavaScript:', error);
    return null;
  }
}
