/**
 * How a model decodes on this device: the fastest way that gives the right answer. On WebGPU first with everything on the
 * GPU, then with the choice of tokens in JavaScript, then with a growing cache.
 */
import { EngineError, type EngineErrorCode, type ModelManifest } from '../contract';
import { readCacheLayout } from './cache-layout';
import { createDecodeSession, type DecodeSession } from './decode-session';
import type { Embedder } from './embedder';
import { outputOf } from './floats';
import { createGrowingKv, createStaticKv } from './kv-cache';
import type { VisionModel } from './models/model';
import type { Ort, Runtime } from './runtime';
import { checkKnownAnswer, compareSessions, rampImage, type SelfTest } from './self-test';
import { createStateCache } from './state-cache';
import { createTokenChoice, type TokenChoice } from './token-choice';

export interface TrustParts {
  readonly runtime: Runtime;
  readonly manifest: ModelManifest;
  readonly decoder: Ort.InferenceSession;
  readonly model: VisionModel;
  readonly embedder: Embedder;
  /** null where the folder has no known answer. */
  readonly test: SelfTest | null;
}

export interface Trusted {
  readonly session: DecodeSession;
  /** What is not as fast as it could be, as a sentence; empty when all is well. */
  readonly remark: string;
}

/** What is wrong, as a sentence; null where nothing is. */
type Examine = (session: DecodeSession) => Promise<string | null>;

/** What no other way of decoding would mend. */
const FINAL: readonly EngineErrorCode[] = ['device-lost', 'out-of-memory', 'self-test-failed'];

/**
 * The first session whose answer comes out right.
 * @throws EngineError `self-test-failed` where none does, `device-lost`, `out-of-memory`, `unsupported-model`
 */
export async function openTrustedSession(parts: TrustParts): Promise<Trusted> {
  const { runtime, manifest, decoder, model, embedder, test } = parts;
  const { hidden, vocab } = manifest.decoder;
  const layout = readCacheLayout(decoder, manifest.decoder);
  const { gpu } = runtime;
  const common = { runtime, session: decoder, hidden, vocab };
  const growing = () =>
    createDecodeSession({
      ...common,
      kv: createGrowingKv(runtime, layout.rows),
      states: createStateCache(runtime, null, layout.states),
      choice: null,
    });
  const inPlace = (device: GPUDevice, choice: TokenChoice | null) =>
    createDecodeSession({
      ...common,
      kv: createStaticKv(runtime, device, layout.rows, manifest.context),
      states: createStateCache(runtime, device, layout.states),
      choice,
    });

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

  /** In the cache in place, with and without the choice on the GPU. */
  async function tryInPlace(device: GPUDevice, examine: Examine): Promise<Trusted | { problem: string }> {
    const choice = await choiceOnGpu(device, decoder, vocab);
    if (choice) {
      const session = inPlace(device, choice);
      if ((await problemOf(session, examine)) === null) return { session, remark: '' };
    }
    const session = inPlace(device, null);
    const problem = await problemOf(session, examine);
    if (problem !== null) return { problem };
    return { session, remark: 'Tokens cannot be chosen on this graphics device; each is chosen a little later.' };
  }
  const slower = (problem: string) => `The cache in place gave a wrong answer here (${problem}); a slower one is used.`;

  if (!test) {
    const trusted = growing();
    if (!gpu) return { session: trusted, remark: '' };
    const found = await tryInPlace(gpu, (session) => compareSessions(embedder, trusted, session, vocab));
    if ('problem' in found) return { session: trusted, remark: slower(found.problem) };
    trusted.forget();
    return found;
  }

  const features = await model.encodeImage(rampImage(manifest.image.size));
  const { imageTokenId } = model;
  const examine: Examine = (session) => checkKnownAnswer({ test, imageTokenId, session, embedder, features });
  try {
    let remark = '';
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
