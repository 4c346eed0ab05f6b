/**
 * The choice of the next token where the logits are on the GPU: shaders find the likeliest tokens and the sums over the
 * vocabulary, and a few numbers are read instead of the whole row. What a draw needs beyond those is rare, and then the row
 * itself is read (next-token.ts).
 */
import { EngineError } from '../../contract';
import { BYTES, fromHalf, type FloatType } from '../runtime/floats';
import { readGpuBuffer } from '../runtime/gpu';
import type { Sampled } from './sampler';
import { MOST_RANKED, PLAIN, type Ranked, type RowQuestion, type RowSummary } from './row-summary';
import { HEAD_WORDS, MERGE_SHADER, sliceShader, THREADS } from './token-choice-wgsl';

export interface TokenChoice {
  /** Of the logits. */
  readonly type: FloatType;
  /** Where the logits of one position go, from the first number on or the second. */
  readonly row: GPUBuffer;
  /**
   * One read of at most about a thousand bytes.
   * @param first index of the row's first number in the buffer
   * @throws EngineError `internal` where a logit is NaN or +Infinity or no token is possible
   */
  summarise(question: RowQuestion, first: number): Promise<RowSummary>;
  /** Copies a row of many to `row`. @returns the index of its first number there */
  bring(logits: GPUBuffer, at: number): number;
  /**
   * What each row says of a token that is given. One read of some 80 bytes a row.
   * @param logits one row for each of `ids`
   * @throws EngineError as `summarise`
   */
  score(logits: GPUBuffer, ids: readonly number[]): Promise<readonly Sampled[]>;
  /** The whole row as it is, f32 or f16 bits. One read. */
  read(first: number): Promise<Float32Array | Uint16Array>;
  dispose(): void;
}

/** Numbers that a workgroup looks through at least. */
const SLICE = 1024;
const PARAM_WORDS = 8;
/** Of 1 / temperature: what it multiplies must stay a number of 32 bits. */
const STEEPEST = 1e15;

/** @throws whatever the device says of the shaders: the choice is then made in JavaScript */
export async function createTokenChoice(device: GPUDevice, vocab: number, type: FloatType): Promise<TokenChoice> {
  const groups = Math.min(THREADS, Math.ceil(vocab / SLICE));
  const slice = Math.ceil(vocab / groups);
  const compute = (code: string) =>
    device.createComputePipelineAsync({
      layout: 'auto',
      compute: { module: device.createShaderModule({ code }), entryPoint: 'main' },
    });
  const [slices, merge] = await Promise.all([compute(sliceShader(type)), compute(MERGE_SHADER)]);

  const { STORAGE, UNIFORM, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const words = (count: number) => Math.ceil(count / 4) * 16;
  const made: GPUBuffer[] = [];
  const create = (label: string, size: number, usage: number) => {
    const buffer = device.createBuffer({ label, size, usage });
    made.push(buffer);
    return buffer;
  };
  const listWords = HEAD_WORDS + 2 * (PLAIN + MOST_RANKED);
  // One number more than a row: one of half precision can begin in the middle of a word.
  const rowBytes = words(type === 'float16' ? vocab / 2 + 1 : vocab + 1);
  const row = create('logits', rowBytes, STORAGE | COPY_SRC | COPY_DST);
  const maskWords = Math.ceil(vocab / 32);
  const mask = create('allowed tokens', words(maskWords), STORAGE | COPY_DST);
  const found = create('likeliest by slice', words(groups * listWords), STORAGE);
  const result = create('likeliest', words(listWords), STORAGE | COPY_SRC);
  const params = create('token choice', words(PARAM_WORDS), UNIFORM | COPY_DST);
  const answer = create('likeliest, read', words(listWords), MAP_READ | COPY_DST);
  const bind = (pipeline: GPUComputePipeline, buffers: readonly GPUBuffer[]) =>
    device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
  const steps = [
    { pipeline: slices, group: bind(slices, [row, mask, found, params]), count: groups },
    { pipeline: merge, group: bind(merge, [found, result, params]), count: 1 },
  ];

  function setParams(first: number, plain: number, count: number, masked: boolean, temperature: number): void {
    const numbers = new Uint32Array(PARAM_WORDS);
    numbers.set([vocab, first, slice, groups, plain, count, masked ? 1 : 0]);
    new Float32Array(numbers.buffer)[7] = Math.min(1 / temperature, STEEPEST);
    device.queue.writeBuffer(params, 0, numbers);
  }

  function summariseIn(encoder: GPUCommandEncoder): void {
    const pass = encoder.beginComputePass();
    for (const step of steps) {
      pass.setPipeline(step.pipeline);
      pass.setBindGroup(0, step.group);
      pass.dispatchWorkgroups(step.count);
    }
    pass.end();
  }

  const size = BYTES[type];
  /** Copies begin and end at whole words. @returns the index of the row's first number in the copy */
  function bringIn(encoder: GPUCommandEncoder, logits: GPUBuffer, at: number): number {
    const from = at * vocab * size;
    const begin = toWord(from);
    const end = Math.min(toWord(from + vocab * size + 3), logits.size);
    encoder.copyBufferToBuffer(logits, begin, row, 0, end - begin);
    return (from - begin) / size;
  }

  return {
    type,
    row,
    bring(logits, at) {
      const encoder = device.createCommandEncoder();
      const first = bringIn(encoder, logits, at);
      device.queue.submit([encoder.finish()]);
      return first;
    },
    async score(logits, ids) {
      const listBytes = (HEAD_WORDS + 2 * PLAIN) * 4;
      const bytes = listBytes + 4;
      const told = device.createBuffer({ label: 'scores, read', size: ids.length * bytes, usage: MAP_READ | COPY_DST });
      try {
        ids.forEach((id, i) => {
          const encoder = device.createCommandEncoder();
          setParams(bringIn(encoder, logits, i), 0, PLAIN, false, 1);
          summariseIn(encoder);
          encoder.copyBufferToBuffer(result, 0, told, i * bytes, listBytes);
          encoder.copyBufferToBuffer(logits, toWord((i * vocab + id) * size), told, i * bytes + listBytes, 4);
          device.queue.submit([encoder.finish()]);
        });
        await told.mapAsync(GPUMapMode.READ);
        const read = told.getMappedRange().slice(0);
        return ids.map((id, i) => {
          const { top, logSum } = toSummary(new Uint32Array(read.slice(i * bytes, i * bytes + listBytes)), 0, PLAIN);
          const at = (i * vocab + id) * size;
          const logit = numberIn(read, i * bytes + listBytes + (at - toWord(at)), type);
          return { id, logprob: logit - logSum, top: top.map((one) => ({ id: one.id, logprob: one.logit - logSum })) };
        });
      } finally {
        told.destroy();
      }
    },
    async summarise({ count: wanted, temperature, mask: allowed }, first) {
      const count = Math.min(Math.max(PLAIN, wanted), MOST_RANKED);
      const plain = allowed ? PLAIN : 0;
      setParams(first, plain, count, allowed !== null, temperature);
      if (allowed) {
        // What a short mask does not name is forbidden, not what the last mask said.
        const bits = new Uint32Array(maskWords);
        bits.set(allowed.subarray(0, maskWords));
        device.queue.writeBuffer(mask, 0, bits);
      }
      const encoder = device.createCommandEncoder();
      summariseIn(encoder);
      const bytes = (HEAD_WORDS + 2 * (plain + count)) * 4;
      encoder.copyBufferToBuffer(result, 0, answer, 0, bytes);
      device.queue.submit([encoder.finish()]);
      await answer.mapAsync(GPUMapMode.READ, 0, bytes);
      const read = new Uint32Array(answer.getMappedRange(0, bytes).slice(0));
      answer.unmap();
      return toSummary(read, plain, count);
    },
    async read(first) {
      const begin = toWord(first * size);
      const bytes = toWord(first * size + vocab * size - begin + 3);
      const whole = await readGpuBuffer(device, row, bytes, begin);
      const at = first * size - begin;
      const numbers = whole.slice(at, at + vocab * size);
      return type === 'float16' ? new Uint16Array(numbers) : new Float32Array(numbers);
    },
    dispose: () => made.forEach((buffer) => buffer.destroy()),
  };
}

/** Down to where a word begins. */
function toWord(byte: number): number {
  return byte - (byte % 4);
}

function numberIn(bytes: ArrayBuffer, at: number, type: FloatType): number {
  if (type === 'float32') return new DataView(bytes).getFloat32(at, true);
  return fromHalf(Uint16Array.of(new DataView(bytes).getUint16(at, true)))[0]!;
}

function toSummary(words: Uint32Array, plain: number, count: number): RowSummary {
  const numbers = new Float32Array(words.buffer);
  const [broken, most = 0, sum = 0, , weight = 0] = [words[0], ...numbers.subarray(1, 5)];
  if (broken !== 0) {
    throw new EngineError('internal', 'The model computed numbers that are not finite. Another device may help.');
  }
  const list = (at: number, length: number): Ranked[] =>
    Array.from({ length }, (_, k) => ({ id: words[at + 2 * k + 1]!, logit: numbers[at + 2 * k]! })).filter(
      ({ id }) => id !== NOBODY,
    );
  const allowed = list(HEAD_WORDS + 2 * plain, count);
  if (allowed.length === 0) throw new EngineError('internal', 'The model offers no token.');
  const top = plain > 0 ? list(HEAD_WORDS, plain) : allowed;
  return { top: top.slice(0, PLAIN), logSum: most + Math.log(sum), allowed, weight };
}

/** As the shaders write it where a list has fewer entries than were asked for. */
const NOBODY = 0xffffffff;
