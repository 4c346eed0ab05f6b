/**
 * Weights in buffers of their own on the GPU, from the file in which they lie and through no other memory than a piece at a time.
 * ONNX Runtime reads the same buffers, as inputs of its graph.
 */
import { EngineError } from '../../../contract';
import { fromHalf } from '../../runtime/floats';
import { createStorage } from '../../runtime/gpu';
import { holderOf, type Weight } from '../../runtime/onnx/graph-file';
import type { Ort, Tensors } from '../../runtime/runtime';

/** Where a weight's numbers are. @throws EngineError `bad-manifest` */
export type BlobOf = (weight: Weight) => Blob;

export interface GpuWeights {
  /** For the graph's inputs, by name. */
  readonly tensors: Tensors;
  bufferOf(weight: Weight): GPUBuffer;
  dispose(): void;
}

const PIECE = 8 * 2 ** 20;
/** Bytes on their way to the GPU, after which it is waited for: until they are there, the browser holds them in memory of its own. */
const UNDERWAY = 8 * PIECE;
// TensorProto.DataType
const TYPES = new Map<number, Ort.Tensor.GpuBufferDataTypes>([
  [1, 'float32'],
  [2, 'uint8'],
  [10, 'float16'],
]);

/** @param file the graph's own; @param outside by the names that the graph uses */
export function blobsOf(file: Blob, outside: ReadonlyMap<string, Blob>): BlobOf {
  return (weight) => {
    const { offset, length } = weight;
    const part = holderOf(weight, file, outside)?.slice(offset, offset + length);
    if (part?.size === length) return part;
    throw new EngineError('bad-manifest', `The numbers of ${weight.name} are in no file of the model.`);
  };
}

/** @throws EngineError `bad-manifest`, and those of reading the disk; the abort's reason when aborted */
export async function uploadWeights(
  ort: typeof Ort,
  device: GPUDevice,
  weights: Iterable<Weight>,
  blobOf: BlobOf,
  signal: AbortSignal,
): Promise<GpuWeights> {
  const tensors: Tensors = {};
  let underway = 0;
  const buffers = new Map<string, GPUBuffer>();
  const dispose = () => buffers.forEach((buffer) => buffer.destroy());
  try {
    for (const weight of weights) {
      const { name, type, dims, length } = weight;
      if (buffers.has(name)) continue;
      const dataType = TYPES.get(type);
      if (!dataType) throw new EngineError('unsupported-model', `${name} has numbers of type ${type}.`);
      const blob = blobOf(weight);
      const buffer = createStorage(device, name, length);
      buffers.set(name, buffer);
      for (let at = 0; at < length; at += PIECE) {
        const piece = new Uint8Array(await blob.slice(at, at + PIECE).arrayBuffer());
        signal.throwIfAborted();
        device.queue.writeBuffer(buffer, at, wholeWords(piece));
        underway += piece.length;
        if (underway < UNDERWAY) continue;
        await device.queue.onSubmittedWorkDone();
        underway = 0;
      }
      tensors[name] = ort.Tensor.fromGpuBuffer(buffer, { dataType, dims });
    }
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    tensors,
    bufferOf({ name }) {
      const buffer = buffers.get(name);
      if (buffer) return buffer;
      throw new EngineError('internal', `${name} is not on the GPU.`);
    },
    dispose,
  };
}

/** What is written to the GPU is a multiple of four bytes. */
function wholeWords(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (bytes.length % 4 === 0) return bytes;
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  padded.set(bytes);
  return padded;
}

/** The numbers of a weight of floats, in 32 bits. */
export async function readFloats(weight: Weight, blobOf: BlobOf): Promise<Float32Array> {
  const bytes = await blobOf(weight).arrayBuffer();
  return weight.type === 10 ? fromHalf(new Uint16Array(bytes)) : new Float32Array(bytes);
}
