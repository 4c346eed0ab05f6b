/** A graphics device whose memory runs out, in Chromium's software WebGPU: nothing throws, and the engine says so all the same. */
import { afterEach, expect, it } from 'vitest';
import { ORT_PATH } from './client';
import { GREEDY } from './fixtures/nano-conversation';
import { loadTiny, scene, see } from './fixtures/tiny-engine';
import { createRuntime } from './worker/runtime/runtime';

const SLOW = 900_000;
const ortUrl = new URL(ORT_PATH, location.href).href;

const requestDevice = GPUAdapter.prototype.requestDevice;
afterEach(() => {
  GPUAdapter.prototype.requestDevice = requestDevice;
});

/** Every device that is opened from now on. */
function openedDevices(): GPUDevice[] {
  const devices: GPUDevice[] = [];
  GPUAdapter.prototype.requestDevice = async function (...args) {
    const device = await requestDevice.apply(this, args);
    devices.push(device);
    return device;
  };
  return devices;
}

/** As the browser tells of it. @returns whether it would be written to the console */
function tell(device: GPUDevice, error: GPUError): boolean {
  return device.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error, cancelable: true }));
}

it(
  'buffers until there is no memory: the work that asked for them fails, and all after it',
  async () => {
    const runtime = await createRuntime({ device: 'webgpu', ortUrl, subgroups: false });
    const gpu = runtime.gpu!;
    const held: GPUBuffer[] = [];
    const most = 4096;
    const exhaust = async () => {
      const told = new Promise<void>((resolve) => {
        gpu.addEventListener('uncapturederror', ({ error }) => error instanceof GPUOutOfMemoryError && resolve());
      });
      let full = false;
      void told.then(() => (full = true));
      while (!full && held.length < most) {
        held.push(gpu.createBuffer({ size: gpu.limits.maxBufferSize, usage: GPUBufferUsage.STORAGE }));
        await gpu.queue.onSubmittedWorkDone();
      }
    };
    const failing = runtime.onGpu(exhaust);
    await expect(failing).rejects.toMatchObject({ code: 'out-of-memory' });
    console.warn(`${held.length} buffers of ${gpu.limits.maxBufferSize} bytes`);
    held.forEach((buffer) => buffer.destroy());
    await expect(runtime.onGpu(async () => 1)).rejects.toMatchObject({ code: 'out-of-memory' });
  },
  SLOW,
);

it(
  'a model that answers: a wrong call alone is no lack of memory; after one it is, once',
  async () => {
    const devices = openedDevices();
    const engine = await loadTiny({ family: 'smolvlm', tiling: false, device: 'webgpu', ortUrl });
    const [device] = devices;
    const image = see(engine.manifest.image, scene({ width: 200, height: 150 }, 3));
    const messages = [{ role: 'user' as const, content: [{ type: 'image' as const, image }] }];
    const ask = () => engine.ask({ messages, sampling: GREEDY, maxNewTokens: 2 });
    tell(device!, new GPUValidationError('A buffer is invalid.'));
    expect((await ask()).tokens).toHaveLength(2);
    tell(device!, new GPUOutOfMemoryError('Failed to allocate memory.'));
    // Of the buffers that are none: neither another failure nor another line in the console.
    expect(tell(device!, new GPUValidationError('A buffer is invalid.'))).toBe(false);
    await expect(ask()).rejects.toMatchObject({
      code: 'out-of-memory',
      message: expect.stringMatching(/Failed to allocate memory/),
    });
  },
  SLOW,
);

it(
  'a load during which it runs out fails with that, and not with wrong numbers or a slower way',
  async () => {
    const devices = openedDevices();
    const createBuffer = GPUDevice.prototype.createBuffer;
    let spoilt = 0;
    // As a full device does: the buffers of the cache in place are invalid, and that is told later.
    GPUDevice.prototype.createBuffer = function (descriptor) {
      if (!descriptor.label?.startsWith('past_key_values')) return createBuffer.call(this, descriptor);
      if (spoilt++ === 0) queueMicrotask(() => tell(devices.at(-1)!, new GPUOutOfMemoryError('No room.')));
      return createBuffer.call(this, descriptor);
    };
    try {
      const loading = loadTiny({ family: 'smolvlm', tiling: false, device: 'webgpu', ortUrl });
      await expect(loading).rejects.toMatchObject({ code: 'out-of-memory' });
      expect(spoilt).toBeGreaterThan(0);
    } finally {
      GPUDevice.prototype.createBuffer = createBuffer;
    }
  },
  SLOW,
);
