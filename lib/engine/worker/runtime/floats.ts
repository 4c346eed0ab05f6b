/**
 * Numbers in and out of tensors: graphs of half precision take and give 16-bit floats, everything outside them counts in 32
 * bits. Bits are converted here because not every browser has Float16Array.
 */
import type { Ort } from './runtime';

export type FloatType = 'float32' | 'float16';

/** Of one number. */
export const BYTES = { float32: 4, float16: 2 } as const;

/** What a session says of one of its inputs; null where there is no such tensor. */
export function inputOf(
  session: Ort.InferenceSession,
  name: string,
): { readonly type: Ort.Tensor.Type; readonly shape: readonly (number | string)[] } | null {
  const found = session.inputMetadata.find((input) => input.name === name);
  return found?.isTensor ? found : null;
}

/** As `inputOf`. */
export function outputOf(session: Ort.InferenceSession, name: string): ReturnType<typeof inputOf> {
  const found = session.outputMetadata.find((output) => output.name === name);
  return found?.isTensor ? found : null;
}

/** Float32 unless the graph says half. */
export function floatTypeOf(session: Ort.InferenceSession, input: string): FloatType {
  return inputOf(session, input)?.type === 'float16' ? 'float16' : 'float32';
}

export function floatTensor(ort: typeof Ort, type: FloatType, data: Float32Array, dims: readonly number[]): Ort.Tensor {
  return type === 'float32' ? new ort.Tensor(type, data, dims) : new ort.Tensor(type, toHalf(data), dims);
}

export function zeroTensor(ort: typeof Ort, type: FloatType, dims: readonly number[]): Ort.Tensor {
  const count = dims.reduce((product, dim) => product * dim, 1);
  return type === 'float32'
    ? new ort.Tensor(type, new Float32Array(count), dims)
    : new ort.Tensor(type, new Uint16Array(count), dims);
}

/** The numbers of a float tensor on the CPU; not a copy where they are 32-bit already. */
export function floatsOf(tensor: Ort.Tensor): Float32Array {
  return floatsOfData(tensor.type, tensor.data);
}

/** `data` is a float tensor's. */
export function floatsOfData(type: Ort.Tensor.Type, given: Ort.Tensor.DataType): Float32Array {
  if (type !== 'float16') return given as Float32Array;
  // Float16Array where the browser has it, else the bits.
  const data = given as unknown as Uint16Array | Iterable<number>;
  return data instanceof Uint16Array ? fromHalf(data) : Float32Array.from(data);
}

const scratch = new Float32Array(1);
const bits = new Uint32Array(scratch.buffer);

/** IEEE 754 binary16, rounded to nearest, halves to even. */
export function toHalf(values: Float32Array): Uint16Array {
  const out = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    scratch[0] = values[i]!;
    const word = bits[0]!;
    const sign = (word >>> 16) & 0x8000;
    const exponent = (word >>> 23) & 0xff;
    const fraction = word & 0x7fffff;
    if (exponent === 0xff) out[i] = sign | 0x7c00 | (fraction ? 0x200 : 0);
    else if (exponent > 142) out[i] = sign | 0x7c00;
    // A carry out of the fraction raises the exponent, as it should.
    else if (exponent > 112) out[i] = sign | roundShift(((exponent - 112) << 23) | fraction, 13);
    else if (exponent > 101) out[i] = sign | roundShift(fraction | 0x800000, 126 - exponent);
    else out[i] = sign;
  }
  return out;
}

function roundShift(value: number, by: number): number {
  const kept = value >>> by;
  const rest = value & ((1 << by) - 1);
  const half = 1 << (by - 1);
  return rest > half || (rest === half && kept & 1) ? kept + 1 : kept;
}

export function fromHalf(values: Uint16Array): Float32Array {
  const out = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const half = values[i]!;
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    if (exponent === 31) out[i] = fraction ? NaN : sign * Infinity;
    else out[i] = sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -24 * fraction);
  }
  return out;
}
