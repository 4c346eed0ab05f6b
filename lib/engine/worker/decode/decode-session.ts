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
import { positionIds, type Position } from '../prompt/positions';
import type { Ort, Runtime, Tensors } from '../runtime/runtime';
import { scoreToken, type Sampled } from './sampler';
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
  /** The same for a run of `score`, which needs a row of logits for each position. */
  readonly mostScored: number;
  /** The end of the log. */
  readonly last: Position | undefined;
  /**
   * Computes `positions` after the log.
   * @param embeds [1, positions, hidden], as an embedder gives it
   * @param extras as `Embedder.extras`
   * @returns what comes after the last one, until the next call
   */
  append(positions: readonly Position[], embeds: Ort.Tensor, extras?: Tensors): Promise<NextToken>;
  /**
   * As `append`, for a text that is given.
   * @param next the token that follows each of the positions
   * @returns what the model thought of each of `next`, before it was told
   */
  score(
    positions: readonly Position[],
    embeds: Ort.Tensor,
    next: readonly number[],
    extras?: Tensors,
  ): Promise<readonly Sampled[]>;
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

/** What one run of the graph computes. */
interface Run {
  readonly positions: readonly Position[];
  readonly embeds: Ort.Tensor;
  readonly extras: Tensors | undefined;
}

export function createDecodeSession(parts: DecodeSessionParts): DecodeSession {
  const { runtime, session, kv, states, hidden, vocab, choice, weights, single = null } = parts;
  const { ort } = runtime;
  const takesLogitsToKeep = session.inputNames.includes('num_logits_to_keep');
  // [batch, positions], or [3, batch, positions] where images are placed in two dimensions.
  const positionRank = inputOf(session, 'position_ids')?.shape.length ?? null;
  const mostRows = Math.max(1, Math.floor(LOGIT_BYTES / (4 * vocab)));
  const log: Position[] = [];

  function inputs({ positions, embeds, extras }: Run, rows: number): Tensors {
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
    if (takesLogitsToKeep) feeds['num_logits_to_keep'] = new ort.Tensor('int64', [BigInt(rows)], []);
    if (positionRank !== null) {
      const dims = positionRank === 3 ? [3, 1, count] : [1, count];
      feeds['position_ids'] = new ort.Tensor('int64', positionIds(positions, positionRank), dims);
    }
    return feeds;
  }

  function check(positions: readonly Position[], embeds: Ort.Tensor): void {
    const count = positions.length;
    if (count > 0 && embeds.dims.join() === `1,${count},${hidden}`) return;
    throw new EngineError('internal', `${count} positions with embeddings of ${embeds.dims.join(' × ')}.`);
  }

  /**
   * One run of the graph, whose positions are in the log afterwards.
   * @param rows of logits that are wanted, the last ones; a graph that cannot leave the others out returns all
   * @param target where the logits go; null brings them here
   */
  async function compute(run: Run, rows: number, target: Ort.Tensor | null): Promise<Ort.Tensor> {
    const { positions } = run;
    const fetches = { logits: target, ...kv.fetches(), ...states?.fetches() };
    const outputs = await runtime.run(session, inputs(run, rows), fetches);
    const logits = outputs['logits'];
    if (!logits) throw new EngineError('unsupported-model', 'The decoder returned no logits.');
    kv.commit(outputs, log.length + positions.length);
    states?.commit(outputs);
    log.push(...positions);
    return logits;
  }

  /** The last `rows` rows of logits that came here. */
  function rowsOf(logits: Ort.Tensor, rows: number): Float32Array[] {
    const data = floatsOf(logits);
    const from = data.length - rows * vocab;
    if (from < 0) {
      throw new EngineError('unsupported-model', `The decoder returned ${logits.dims.join(' × ')} logits for ${rows}.`);
    }
    return Array.from({ length: rows }, (_, i) => data.subarray(from + i * vocab, from + (i + 1) * vocab));
  }

  const createLogits = (gpu: GPUDevice, { type }: TokenChoice, rows: number) =>
    createStorage(gpu, 'logits of a prompt', rows * vocab * BYTES[type]);
  const inBuffer = (buffer: GPUBuffer, { type }: TokenChoice, rows: number) =>
    ort.Tensor.fromGpuBuffer(buffer, { dataType: type, dims: [1, rows, vocab] });

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
    get last() {
      return log.at(-1);
    },
    mostAtOnce: takesLogitsToKeep ? Infinity : mostRows,
    mostScored: mostRows,
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
    async append(positions, embeds, extras) {
      check(positions, embeds);
      const count = positions.length;
      const { gpu } = runtime;
      const [only] = positions;
      if (single && choice && only && count === 1 && embeds.location === 'gpu-buffer') {
        const { gpuBuffer } = embeds;
        await runtime.onGpu(async () => single.run(gpuBuffer, log.length, only.place[0]));
        kv.commit({}, log.length + 1);
        log.push(only);
        return nextOnGpu(runtime, choice, 0);
      }
      const run = { positions, embeds, extras };
      if (!choice || !gpu) {
        const logits = await compute(run, 1, null);
        // A copy: the other rows need not stay as long as this one.
        const [row] = rowsOf(logits, 1).map((one) => one.slice());
        logits.dispose();
        return nextOfRow(row!);
      }
      const rows = takesLogitsToKeep ? 1 : count;
      // A single row is computed where the choice is made.
      const apart = rows === 1 ? null : createLogits(gpu, choice, rows);
      try {
        await compute(run, 1, inBuffer(apart ?? choice.row, choice, rows));
        return nextOnGpu(runtime, choice, apart ? choice.bring(apart, rows - 1) : 0);
      } finally {
        apart?.destroy();
      }
    },
    async score(positions, embeds, next, extras) {
      check(positions, embeds);
      const run = { positions, embeds, extras };
      const count = positions.length;
      if (next.length !== count) throw new EngineError('internal', `${next.length} tokens after ${count} positions.`);
      const { gpu } = runtime;
      if (!choice || !gpu) {
        const logits = await compute(run, count, null);
        const scored = rowsOf(logits, count).map((row, i) => scoreToken(row, next[i]!));
        logits.dispose();
        return scored;
      }
      const logits = createLogits(gpu, choice, count);
      try {
        await compute(run, count, inBuffer(logits, choice, count));
        return await runtime.onGpu(() => choice.score(logits, next));
      } finally {
        logits.destroy();
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
