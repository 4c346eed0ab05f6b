/**
 * The WebGPU adapter and device. The device is asked for here and not by ONNX Runtime, because which features it has
 * decides which kernels run, and some are wrong where subgroups are small.
 */
import { EngineError } from '../../contract';

/** What ONNX Runtime's native WebGPU provider asks of a device (webgpu_context.cc); each as much as the adapter has. */
const LIMITS = [
  'maxBindGroups',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBuffersPerShaderStage',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

/**
 * ONNX Runtime 1.30's attention kernel for prompts of 32 and more computes wrong numbers where a subgroup has four lanes
 * (measured on SwiftShader) or eight (on llvmpipe): docs/engine.md. Without the feature it takes another path, which is right.
 */
const SMALLEST_SUBGROUP = 16;

export interface Gpu {
  readonly device: GPUDevice;
  readonly subgroups: boolean;
}

/**
 * @throws EngineError `webgpu-unavailable`, with the reason as a sentence for people
 */
export async function requestAdapter(refuseSoftware: boolean): Promise<GPUAdapter> {
  // Typed as always present; absent in many browsers.
  const gpu = navigator.gpu as GPU | undefined;
  if (!gpu) throw new EngineError('webgpu-unavailable', 'no WebGPU in this browser');
  let adapter: GPUAdapter | null;
  try {
    adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch {
    adapter = null;
  }
  if (!adapter) throw new EngineError('webgpu-unavailable', 'no adapter found');
  if (refuseSoftware && isSoftware(adapter)) {
    throw new EngineError('webgpu-unavailable', 'only a software adapter, which is slower');
  }
  return adapter;
}

/** @throws EngineError `webgpu-unavailable` */
export async function openGpu(wantSubgroups: boolean): Promise<Gpu> {
  const adapter = await requestAdapter(false);
  const subgroups =
    wantSubgroups && adapter.features.has('subgroups') && (adapter.info.subgroupMinSize ?? 0) >= SMALLEST_SUBGROUP;
  const features = ['shader-f16', ...(subgroups ? ['subgroups'] : [])].filter((name) => adapter.features.has(name));
  try {
    const device = await adapter.requestDevice({
      // Names that the adapter itself listed.
      requiredFeatures: features as GPUFeatureName[],
      requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
    });
    return { device, subgroups };
  } catch (error) {
    throw new EngineError('webgpu-unavailable', `The graphics device could not be opened: ${String(error)}`, {
      cause: error,
    });
  }
}

/** A buffer of zeros that ONNX Runtime may read and write, and that can be copied from and to; its size is rounded up. */
export function createStorage(device: GPUDevice, label: string, bytes: number): GPUBuffer {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  return device.createBuffer({ label, size: Math.ceil(bytes / 16) * 16, usage });
}

/** The first `bytes` (a multiple of 4) of a buffer that can be copied from, from `offset` on. */
export async function readGpuBuffer(
  device: GPUDevice,
  buffer: GPUBuffer,
  bytes: number,
  offset = 0,
): Promise<ArrayBuffer> {
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const copy = device.createBuffer({ label: `${buffer.label}, read`, size: bytes, usage });
  try {
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, offset, copy, 0, bytes);
    device.queue.submit([encoder.finish()]);
    await copy.mapAsync(GPUMapMode.READ);
    return copy.getMappedRange().slice(0);
  } finally {
    copy.destroy();
  }
}

function isSoftware({ info }: GPUAdapter): boolean {
  return (
    info.isFallbackAdapter || /swiftshader|llvmpipe|basic render/i.test(`${info.architecture} ${info.description}`)
  );
}
