/**
 * States of layers that fold all positions into a fixed size: convolutions and recurrences (LFM2, Qwen3.5). A state cannot
 * be shortened, so states are kept at places where a later conversation may part from this one, and going back means going
 * to the nearest of those. Keys and values of the same model are shortened to the same place.
 */
import { EngineError } from '../../contract';
import type { CacheTensor } from './cache-layout';
import { zeroTensor } from '../runtime/floats';
import { createGpuTensor, type GpuTensor } from './kv-cache';
import type { Ort, Runtime, Tensors } from '../runtime/runtime';

export interface StateCache {
  feeds(): Tensors;
  fetches(): Record<string, Ort.Tensor | null>;
  /** Takes over the states that a successful run returned. */
  commit(outputs: Tensors): void;
  /** Keeps the present states as those after `length` positions. */
  keep(length: number): void;
  /** The largest kept length not above `length`; 0 is always there. */
  nearest(length: number): number;
  /** Makes a kept length the present one and forgets the longer ones. */
  restore(length: number): void;
  dispose(): void;
}

/** Bytes that kept states may take, and how many there are at least and at most. */
const BUDGET = 128 * 2 ** 20;
const [FEWEST, MOST] = [4, 32];

/** One present set of states and how to hold on to it: what differs between CPU and GPU. */
interface Slots<Kept> {
  feeds(): Tensors;
  fetches(): Record<string, Ort.Tensor | null>;
  commit(outputs: Tensors): void;
  save(): Kept;
  load(kept: Kept | null): void;
  drop(kept: Kept): void;
  dispose(): void;
}

/** @param gpu where the states stay in GPU memory; null keeps them in JavaScript's */
export function createStateCache(
  runtime: Runtime,
  gpu: GPUDevice | null,
  states: readonly CacheTensor[],
): StateCache | null {
  if (states.length === 0) return null;
  const bytes = states.reduce((sum, { dims }) => sum + dims.reduce((product, dim) => product * dim, 4), 0);
  const limit = Math.min(MOST, Math.max(FEWEST, Math.floor(BUDGET / bytes)));
  return gpu ? keepStates(gpuSlots(runtime, gpu, states), limit) : keepStates(cpuSlots(runtime, states), limit);
}

function keepStates<Kept>(slots: Slots<Kept>, limit: number): StateCache {
  /** By length, ascending. */
  let kept: { length: number; state: Kept }[] = [];

  return {
    feeds: () => slots.feeds(),
    fetches: () => slots.fetches(),
    commit: (outputs) => slots.commit(outputs),
    keep(length) {
      if (kept.some((one) => one.length === length)) return;
      kept.push({ length, state: slots.save() });
      kept.sort((a, b) => a.length - b.length);
      // The first is after the first picture, where every other question about it begins; the last ones are the newest turns.
      if (kept.length > limit) kept.splice(1, 1).forEach(({ state }) => slots.drop(state));
    },
    nearest: (length) => kept.findLast((one) => one.length <= length)?.length ?? 0,
    restore(length) {
      const found = kept.find((one) => one.length === length);
      if (!found && length !== 0) throw new EngineError('internal', `No state is kept for ${length} positions.`);
      slots.load(found?.state ?? null);
      kept.filter((one) => one.length > length).forEach(({ state }) => slots.drop(state));
      kept = kept.filter((one) => one.length <= length);
    },
    dispose() {
      kept.forEach(({ state }) => slots.drop(state));
      kept = [];
      slots.dispose();
    },
  };
}

/** Each run returns new tensors and changes none, so that holding on to one is enough. */
function cpuSlots({ ort }: Runtime, states: readonly CacheTensor[]): Slots<readonly Ort.Tensor[]> {
  const zeros = () => states.map(({ type, dims }) => zeroTensor(ort, type, dims));
  let present: readonly Ort.Tensor[] = zeros();
  return {
    feeds: () => Object.fromEntries(states.map(({ past }, i) => [past, present[i]!])),
    fetches: () => Object.fromEntries(states.map((state) => [state.present, null])),
    commit(outputs) {
      present = states.map((state) => {
        const tensor = outputs[state.present];
        if (tensor && tensor.dims.join() === state.dims.join()) return tensor;
        throw new EngineError(
          'unsupported-model',
          `The decoder returned no ${state.present} of ${state.dims.join(' × ')}.`,
        );
      });
    },
    save: () => present,
    load(kept) {
      present = kept ?? zeros();
    },
    drop: () => undefined,
    dispose() {
      present = [];
    },
  };
}

/** Two buffers a state, read and written in turns: no kernel is trusted to work in place. */
function gpuSlots({ ort }: Runtime, gpu: GPUDevice, states: readonly CacheTensor[]): Slots<readonly GPUBuffer[]> {
  const create = ({ past, type, dims }: CacheTensor) => createGpuTensor(ort, gpu, past, type, dims);
  let present: readonly GpuTensor[] = states.map(create);
  let next: readonly GpuTensor[] = states.map(create);
  const all = [...present, ...next];

  function copy(from: readonly GPUBuffer[], to: readonly GPUBuffer[]): void {
    const encoder = gpu.createCommandEncoder();
    from.forEach((buffer, i) => {
      const target = to[i];
      if (target) encoder.copyBufferToBuffer(buffer, 0, target, 0, buffer.size);
    });
    gpu.queue.submit([encoder.finish()]);
  }
  const buffers = (tensors: readonly GpuTensor[]) => tensors.map(({ buffer }) => buffer);

  return {
    feeds: () => Object.fromEntries(states.map(({ past }, i) => [past, present[i]!.tensor])),
    fetches: () => Object.fromEntries(states.map((state, i) => [state.present, next[i]!.tensor])),
    commit() {
      [present, next] = [next, present];
    },
    save() {
      const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
      const kept = buffers(present).map(({ size, label }) => gpu.createBuffer({ label: `${label} kept`, size, usage }));
      copy(buffers(present), kept);
      return kept;
    },
    load(kept) {
      if (kept) return copy(kept, buffers(present));
      const encoder = gpu.createCommandEncoder();
      buffers(present).forEach((buffer) => encoder.clearBuffer(buffer));
      gpu.queue.submit([encoder.finish()]);
    },
    drop: (kept) => kept.forEach((buffer) => buffer.destroy()),
    dispose() {
      for (const { tensor, buffer } of all) {
        tensor.dispose();
        buffer.destroy();
      }
    },
  };
}
