/** How fast this browser moves bytes on a device: the limit of decoding, which reads every weight for every token. */

const BYTES = 128 * 1024 * 1024;
const REPEATS = 5;

/** Bytes read and written per second by a plain copy, the best of a few. */
export async function memoryBandwidth(device: 'wasm' | 'webgpu'): Promise<number> {
  const copy: () => Promise<unknown> = device === 'wasm' ? inMemory() : await onGpu();
  // The first touches the pages.
  await copy();
  let best = Infinity;
  for (let i = 0; i < REPEATS; i++) {
    const start = performance.now();
    await copy();
    best = Math.min(best, performance.now() - start);
  }
  return (2 * BYTES * 1000) / best;
}

function inMemory(): () => Promise<void> {
  const from = new Uint8Array(BYTES).fill(1);
  const to = new Uint8Array(BYTES);
  return async () => to.set(from);
}

async function onGpu(): Promise<() => Promise<unknown>> {
  const device = await (await navigator.gpu.requestAdapter())?.requestDevice();
  if (!device) throw new Error('There is no WebGPU here.');
  const buffer = () => device.createBuffer({ size: BYTES, usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST });
  const from = buffer();
  const to = buffer();
  return () => {
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(from, 0, to, 0, BYTES);
    device.queue.submit([encoder.finish()]);
    return device.queue.onSubmittedWorkDone();
  };
}
