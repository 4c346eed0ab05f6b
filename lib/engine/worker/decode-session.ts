/**
 * The decoder with its memory: an append-only log of the positions it has computed. A new prompt is compared with the log
 * position by position (images by key), the common prefix is kept and only the rest is computed. Everything that fails
 * leaves log and cache as they were before the failed run.
 */
import { EngineError } from '../contract';
import type { KvCache } from './kv-cache';
import type { Position } from './prompt';
import type { Ort, Runtime, Tensors } from './runtime';

export interface DecodeSession {
  readonly kv: KvCache['kind'];
  /** Positions computed so far. */
  readonly length: number;
  /** How many leading positions of `prompt` are in the log; never all of them, because the last one gives the logits. */
  reusable(prompt: readonly Position[]): number;
  /** Forgets everything from `length` on. */
  rewind(length: number): void;
  /**
   * Computes `positions` after the log.
   * @param embeds f32 [positions, hidden]
   * @returns logits after the last one, f32 [vocab]
   */
  append(positions: readonly Position[], embeds: Float32Array): Promise<Float32Array>;
  dispose(): Promise<void>;
}

export interface DecodeSessionParts {
  readonly runtime: Runtime;
  readonly session: Ort.InferenceSession;
  readonly kv: KvCache;
  readonly hidden: number;
  readonly vocab: number;
}

export function createDecodeSession({ runtime, session, kv, hidden, vocab }: DecodeSessionParts): DecodeSession {
  const { ort } = runtime;
  const takes = new Set(session.inputNames);
  const log: Position[] = [];

  function inputs(count: number, embeds: Float32Array): Tensors {
    const past = kv.length;
    const total = past + count;
    const feeds: Tensors = {
      inputs_embeds: new ort.Tensor('float32', embeds, [1, count, hidden]),
      attention_mask: new ort.Tensor('int64', new BigInt64Array(total).fill(1n), [1, total]),
      ...kv.feeds(),
    };
    if (takes.has('num_logits_to_keep')) feeds['num_logits_to_keep'] = new ort.Tensor('int64', [1n], []);
    if (takes.has('position_ids')) {
      const at = BigInt64Array.from({ length: count }, (_, i) => BigInt(past + i));
      feeds['position_ids'] = new ort.Tensor('int64', at, [1, count]);
    }
    return feeds;
  }

  return {
    kv: kv.kind,
    get length() {
      return log.length;
    },
    reusable(prompt) {
      const most = Math.min(log.length, prompt.length - 1);
      let same = 0;
      while (same < most && samePosition(log[same], prompt[same])) same++;
      return same;
    },
    rewind(length) {
      log.length = Math.min(log.length, length);
      kv.truncate(log.length);
    },
    async append(positions, embeds) {
      const count = positions.length;
      if (count === 0 || embeds.length !== count * hidden) {
        throw new EngineError('internal', `${count} positions with ${embeds.length} numbers of embedding.`);
      }
      const feeds = inputs(count, embeds);
      const outputs = await runtime.run(session, feeds, { logits: null, ...kv.fetches() });
      const logits = outputs['logits'];
      if (!logits) throw new EngineError('unsupported-model', 'The decoder returned no logits.');
      kv.commit(outputs, kv.length + count);
      log.push(...positions);
      // Whether one row was kept or all of them, the last one is the one that counts.
      const data = logits.data as Float32Array;
      const row = data.slice(data.length - vocab);
      logits.dispose();
      return row;
    },
    async dispose() {
      kv.dispose();
      log.length = 0;
      await session.release();
    },
  };
}

function samePosition(a: Position | undefined, b: Position | undefined): boolean {
  if (!a || !b || a.id !== b.id) return false;
  if (!a.feature || !b.feature) return a.feature === b.feature;
  return a.feature.key === b.feature.key && a.feature.row === b.feature.row;
}
