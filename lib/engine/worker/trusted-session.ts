/**
 * The decoder's session with the first kind of cache that can be trusted here: on the GPU the one written in place if it
 * answers as it should, else the growing one. What it should answer is in the folder (self-test.json), or, where a model has
 * no known answer, what the growing cache computes.
 */
import { EngineError, type EngineErrorCode, type ModelManifest } from '../contract';
import { readCacheLayout } from './cache-layout';
import { createDecodeSession, type DecodeSession } from './decode-session';
import { createGrowingKv, createStaticKv } from './kv-cache';
import type { VlmModel } from './models/model';
import type { Ort, Runtime } from './runtime';
import { checkKnownAnswer, compareSessions, rampImage, type SelfTest } from './self-test';
import { createStateCache } from './state-cache';

export interface TrustParts {
  readonly runtime: Runtime;
  readonly manifest: ModelManifest;
  readonly decoder: Ort.InferenceSession;
  readonly model: VlmModel;
  /** null where the folder has no known answer. */
  readonly test: SelfTest | null;
}

export interface TrustedSession {
  /** What is not as good as it could be is in `remark`, as a sentence. */
  readonly session: DecodeSession;
  readonly remark: string;
}

/** What no other cache would mend. */
const FINAL: readonly EngineErrorCode[] = ['device-lost', 'self-test-failed'];

/** @throws EngineError `self-test-failed`, `device-lost`, `unsupported-model` */
export async function openTrustedSession({
  runtime,
  manifest,
  decoder,
  model,
  test,
}: TrustParts): Promise<TrustedSession> {
  const { hidden, vocab } = manifest.decoder;
  const layout = readCacheLayout(decoder, manifest.decoder);
  const { gpu } = runtime;
  const growing = () => {
    const states = createStateCache(runtime, null, layout.states);
    const kv = createGrowingKv(runtime, layout.rows);
    return createDecodeSession({ runtime, session: decoder, kv, states, hidden, vocab });
  };
  const inPlace = (device: GPUDevice) => {
    const states = createStateCache(runtime, device, layout.states);
    const kv = createStaticKv(runtime, device, layout.rows, manifest.context);
    return createDecodeSession({ runtime, session: decoder, kv, states, hidden, vocab });
  };
  /** What is wrong with a session, as a sentence; null where nothing is. */
  const problemOf = async (session: DecodeSession, examine: () => Promise<string | null>) => {
    let problem: string | null;
    try {
      problem = await examine();
    } catch (error) {
      if (error instanceof EngineError && FINAL.includes(error.code)) throw error;
      problem = error instanceof Error ? error.message : String(error);
    }
    if (problem !== null) session.forget();
    return problem;
  };
  const slower = (problem: string) => `The cache in place gave a wrong answer here (${problem}); a slower one is used.`;

  if (!test) {
    const session = growing();
    if (!gpu) return { session, remark: '' };
    const shared = inPlace(gpu);
    const problem = await problemOf(shared, () => compareSessions(model, session, shared, vocab));
    if (problem !== null) return { session, remark: slower(problem) };
    session.forget();
    return { session: shared, remark: '' };
  }

  const features = await model.encodeImage(rampImage(manifest.image.size));
  const answer = (session: DecodeSession) => () => checkKnownAnswer({ test, model, session, hidden, features });
  let remark = '';
  if (gpu) {
    const session = inPlace(gpu);
    const problem = await problemOf(session, answer(session));
    if (problem === null) return { session, remark };
    remark = slower(problem);
  }
  const session = growing();
  const problem = await problemOf(session, answer(session));
  if (problem !== null) throw new EngineError('self-test-failed', problem);
  return { session, remark };
}
