/**
 * Whether a model will fit this machine, said before a byte of it travels: the memory it will take, what the device lacks, and
 * whether the disk has room. Estimates, and so called: the factors are measured (docs/engine.md), the machine's own answers are
 * coarse, and what else it runs is not known. Pure.
 */
import type { Device, ModelManifest } from '@/lib/engine/contract';
import type { Phrase, Words } from '@/lib/words';
import type { DtypeOption } from './dtypes';
import { kvBytesPerPosition } from './kv-size';

export interface Machine {
  readonly device: Device;
  /** Of the WebGPU device; null on WASM. */
  readonly gpu: { readonly maxBufferSize: number; readonly features: ReadonlySet<string> } | null;
  /** `navigator.deviceMemory`: GiB, coarse, at most 8 (32 in newer browsers); null where it is not told. */
  readonly deviceMemory: number | null;
  /** `navigator.storage.estimate()`; null where it is not told. */
  readonly storage: { readonly quota: number; readonly usage: number } | null;
}

export interface MemoryEstimate {
  /** Weights, keys and values on the graphics device; 0 on WASM. */
  readonly gpuBytes: number;
  /** Memory of this page's WebAssembly, which never shrinks. */
  readonly heapBytes: number;
  readonly totalBytes: number;
}

/** What speaks against it; lib/words has the words. */
export type FitReason = Phrase<Words['models']['fit']['reasons']>;

export interface Fit {
  /** `tight`: may run, slowly or not at all. `no`: cannot. */
  readonly verdict: 'good' | 'tight' | 'no';
  /** The gravest first; empty where it is good. */
  readonly reasons: readonly FitReason[];
  readonly memory: MemoryEstimate;
  /** What is still to be downloaded. */
  readonly downloadBytes: number;
}

/**
 * How much the heap grows by a graph's weights: measured for 168 MB, 533 MB where they lie within the graph; beside it 203 MB
 * on WASM and 17 MB on WebGPU.
 */
const HEAP_FACTOR = { embedded: 3.2, external: { wasm: 1.2, webgpu: 0.1 } } as const;

/** WebAssembly of 32 bits ends there, whatever the machine has. */
const LARGEST_HEAP = 4 * 1024 ** 3;

/** A page gets no more than about this share of what the machine says it has. */
const SHARE_OF_MEMORY = 0.6;

export function estimateMemory(manifest: ModelManifest, option: DtypeOption, device: Device): MemoryEstimate {
  const { decoder, vision, embed } = option.partBytes;
  const kv = manifest.context * kvBytesPerPosition(manifest.decoder, option);
  const factor = option.external ? HEAP_FACTOR.external[device] : HEAP_FACTOR.embedded;
  if (device === 'wasm') {
    // Keys and values are copied in and out of the heap by every run.
    const heapBytes = Math.round((decoder + vision + embed) * factor + kv);
    return { gpuBytes: 0, heapBytes, totalBytes: heapBytes + kv };
  }
  const gpuBytes = decoder + vision + embed + kv;
  const heapBytes = Math.round((decoder + vision + embed) * factor);
  return { gpuBytes, heapBytes, totalBytes: gpuBytes + heapBytes };
}

/** @param keptBytes of its files that are on this disk already */
export function judgeFit(manifest: ModelManifest, option: DtypeOption, machine: Machine, keptBytes: number): Fit {
  const { device, gpu, deviceMemory, storage } = machine;
  const memory = estimateMemory(manifest, option, device);
  const total = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  const downloadBytes = Math.max(0, total - keptBytes);
  const impossible: FitReason[] = [];
  const doubtful: FitReason[] = [];

  if (device === 'webgpu') {
    const lacking = option.features.filter((feature) => !gpu?.features.has(feature));
    if (lacking.length > 0) {
      impossible.push({ code: 'lacks-features', params: { features: lacking.join(', ') } });
    }
    const largest = largestTensor(manifest, option);
    if (gpu && largest > gpu.maxBufferSize) {
      impossible.push({
        code: 'table-too-large',
        params: { table: sizeOf(largest), buffer: sizeOf(gpu.maxBufferSize) },
      });
    }
    if (option.parts.decoder === 'q8' || option.parts.decoder === 'int8' || option.parts.decoder === 'uint8') {
      doubtful.push({ code: 'eight-bits-on-gpu' });
    }
    if (/^(idefics3|smolvlm)$/.test(manifest.family) && option.features.length > 0) {
      doubtful.push({ code: 'half-precision-doubtful' });
    }
  } else if (/^(q4|bnb4)/.test(option.parts.decoder)) {
    doubtful.push({ code: 'four-bits-on-wasm' });
  }
  if (memory.heapBytes > LARGEST_HEAP) {
    impossible.push({ code: 'heap-too-large', params: { heap: sizeOf(memory.heapBytes) } });
  }
  if (deviceMemory !== null) {
    const available = deviceMemory * 1024 ** 3;
    if (memory.totalBytes > available) {
      doubtful.push({
        code: 'more-than-machine',
        params: { memory: sizeOf(memory.totalBytes), machine: deviceMemory },
      });
    } else if (memory.totalBytes > available * SHARE_OF_MEMORY) {
      doubtful.push({ code: 'most-of-machine', params: { memory: sizeOf(memory.totalBytes) } });
    }
  }
  if (storage && downloadBytes > storage.quota - storage.usage) {
    const free = Math.max(0, storage.quota - storage.usage);
    impossible.push({ code: 'disk-full', params: { left: sizeOf(downloadBytes), free: sizeOf(free) } });
  }
  const verdict = impossible.length > 0 ? 'no' : doubtful.length > 0 ? 'tight' : 'good';
  return { verdict, reasons: [...impossible, ...doubtful], memory, downloadBytes };
}

/** Bytes of a weight, scales included. */
const BYTES_OF_WEIGHT = { fp32: 4, fp16: 2, q8: 1, int8: 1, uint8: 1, q4: 0.6, q4f16: 0.6, bnb4: 0.6 } as const;

/** The table from hidden states to the vocabulary is the largest there is in models of these sizes. */
function largestTensor({ decoder }: ModelManifest, option: DtypeOption): number {
  return decoder.vocab * decoder.hidden * BYTES_OF_WEIGHT[option.parts.decoder];
}

function sizeOf(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;
}
