/**
 * The decoder with its memory: an append-only log of the positions it has computed. A new prompt is compared with the log
 * position by position (images by key), the common prefix is kept and only the rest is computed; where layers keep states,
 * as much of the prefix as a kept state allows. Everything that fails leaves log and cache as they were before the failed run.
 */
import { EngineError } from '../../contract';
import { BYTES, floatsOf, inputOf } from '../runtime/floats';
import { createStorage } from '../runtime/gpu';
import type { GpuDecoder } from './gpu-decoder/gpu-decoder';
import type { KvCache } from './kv-cache';
import { nextOfRow, nextOnGpu, type NextToken } from './next-token';
import { positionAfter, positionIds, type Position } from '../prompt/positions';
import type { Ort, Runtime, Tensors } from '../runtime/runtime';
import type { StateCache } from './state-cache';
import type { TokenChoice } from './token-choice';

export interface DecodeSession {
  readonly kv: KvCache['kind'];
  /** Positions computed so far. */
  readonly length: number;
  /**
   * How many leading positions of `prompt` need not be computed again; never all of them, because the last one gives the
   * logits. Where layers keep states this can be less than what log and prompt have in common.
   */
  reusable(prompt: readonly Position[]): number;
  /** Forgets everything from `length` on: a number that `reusable` gave, or 0. */
  rewind(length: number): void;
  /** Whether going back depends on `mark`: the caller then ends its runs where later prompts may part. */
  readonly needsMarks: boolean;
  /** Makes the present end of the log a place to which `rewind` can go. */
  mark(): void;
  /** Positions that one run should have at most, for the memory that its logits take. */
  readonly mostAtOnce: number;
  /** The position that a token takes after the log. */
  next(id: number): Position;
  /**
   * Computes `positions` after the log.
   * @param embeds [1, positions, hidden], as an embedder gives it
   * @param extras as `Embedder.extras`
   * @returns what comes after the last one, until the next call
   */
  append(positions: readonly Position[], embeds: Ort.Tensor, extras?: Tensors): Promise<NextToken>;
  /** Gives the memory back and leaves the graph loaded, for another session on it. */
  forget(): void;
  /** Ends the graph too. */
  dispose(): Promise<void>;
}

export interface DecodeSessionParts {
  readonly runtime: Runtime;
  readonly session: Ort.InferenceSession;
  readonly kv: KvCache;
  /** null where no layer keeps a state. */
  readonly states: StateCache | null;
  readonly hidden: number;
  readonly vocab: number;
  /** Where the logits stay on the GPU; null brings each row here. The session takes it. */
  readonly choice: TokenChoice | null;
  /** Inputs of the graph that are the same in every run. */
  readonly weights?: Tensors;
  /** Computes a run of one position where its embedding and the choice are on the GPU; null leaves it to the graph. The session takes it. */
  readonly single?: GpuDecoder | null;
}

/** A graph that cannot be told to keep the last logits only returns a row for each position. */
const LOGIT_BYTES = 64 * 2 ** 20;

export function createDecodeSession(parts: DecodeSessionParts): DecodeSession {
  const { runtime, session, kv, states, hidden, vocab, choice, weights, single = null } = parts;
  const { ort } = runtime;
  const takesLogitsToKeep = session.inputNames.includes('num_logits_to_keep');
  // [batch, positions], or [3, batch, positions] where images are placed in two dimensions.
  const positionRank = inputOf(session, 'position_ids')?.shape.length ?? null;
  const log: Position[] = [];

  function inputs(positions: readonly Position[], embeds: Ort.Tensor, extras: Tensors | undefined): Tensors {
    const count = positions.length;
    const total = log.length + count;
    const feeds: Tensors = {
      inputs_embeds: embeds,
      ...extras,
      attention_mask: new ort.Tensor('int64', new BigInt64Array(total).fill(1n), [1, total]),
      ...kv.feeds(),
      ...states?.feeds(),
      ...weights,
    };
    if (takesLogitsToKeep) feeds['num_logits_to_keep'] = new ort.Tensor('int64', [1n], []);
    if (positionRank !== null) {
      const dims = positionRank === 3 ? [3, 1, count] : [1, count];
      feeds['position_ids'] = new ort.Tensor('int64', positionIds(positions, positionRank), dims);
    }
    return feeds;
  }

  /** A place on the GPU for the logits of a run; for one row it is where the choice is made. */
  function logitsOnGpu({ row, type }: TokenChoice, gpu: GPUDevice, rows: number) {
    const buffer = rows === 1 ? row : createStorage(gpu, 'logits of a prompt', rows * vocab * BYTES[type]);
    const tensor = ort.Tensor.fromGpuBuffer(buffer, { dataType: type, dims: [1, rows, vocab] });
    return {
      tensor,
      /** Index of the last row's first number in the choice's buffer, where it is brought. */
      takeLast(): number {
        if (rows === 1) return 0;
        const at = (rows - 1) * vocab * BYTES[type];
        const begin = Math.floor(at / 4) * 4;
        const encoder = gpu.createCommandEncoder();
        encoder.copyBufferToBuffer(buffer, begin, row, 0, Math.min(row.size, buffer.size - begin));
        gpu.queue.submit([encoder.finish()]);
        return (at - begin) / BYTES[type];
      },
      dispose(): void {
        if (rows > 1) buffer.destroy();
      },
    };
  }

  function forget(): void {
    kv.dispose();
    choice?.dispose();
    single?.dispose();
    states?.dispose();
    log.length = 0;
  }

  return {
    kv: kv.kind,
    get length() {
      return log.length;
    },
    mostAtOnce: takesLogitsToKeep ? Infinity : Math.max(1, Math.floor(LOGIT_BYTES / (4 * vocab))),
    needsMarks: states !== null,
    reusable(prompt) {
      const most = Math.min(log.length, prompt.length - 1);
      let same = 0;
      while (same < most && samePosition(log[same], prompt[same])) same++;
      return states && same < log.length ? states.nearest(same) : same;
    },
    rewind(length) {
      if (length >= log.length) return;
      states?.restore(length);
      log.length = length;
      kv.truncate(length);
    },
    mark() {
      if (log.length > 0) states?.keep(log.length);
    },
    next: (id) => positionAfter(log.at(-1), id),
    async append(positions, embeds, extras) {
      const count = positions.length;
      if (count === 0 || embeds.dims.join() !== `1,${count},${hidden}`) {
        throw new EngineError('internal', `${count} positions with embeddings of ${embeds.dims.join(' × ')}.`);
      }
      const { gpu } = runtime;
      const [only] = positions;
      if (single && choice && only && count === 1 && embeds.location === 'gpu-buffer') {
        const { gpuBuffer } = embeds;
        await runtime.onGpu(async () => single.run(gpuBuffer, log.length, only.place[0]));
        kv.commit({}, log.length + 1);
        log.push(only);
        return nextOnGpu(runtime, choice, 0);
      }
      const onGpu = choice && gpu && logitsOnGpu(choice, gpu, takesLogitsToKeep ? 1 : count);
      try {
        const fetches = { logits: onGpu?.tensor ?? null, ...kv.fetches(), ...states?.fetches() };
        const outputs = await runtime.run(session, inputs(positions, embeds, extras), fetches);
        const logits = outputs['logits'];
        if (!logits) throw new EngineError('unsupported-model', 'The decoder returned no logits.');
        kv.commit(outputs, log.length + count);
        states?.commit(outputs);
        log.push(...positions);
        if (onGpu) return nextOnGpu(runtime, choice, onGpu.takeLast());
        // Whether one row was kept or all of them, the last one is the one that counts.
        const data = floatsOf(logits);
        const row = data.slice(data.length - vocab);
        logits.dispose();
        return nextOfRow(row);
      } finally {
        onGpu?.dispose();
      }
    },
    forget,
    async dispose() {
      forget();
      await session.release();
    },
  };
}

function samePosition(a: Position | undefined, b: Position | undefined): boolean {
  if (!a || !b || a.id !== b.id) return false;
  if (!a.feature || !b.feature) return a.feature === b.feature;
  return a.feature.key === b.feature.key && a.feature.row === b.feature.row;
}
