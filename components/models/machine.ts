/** What this device says of itself, as far as a browser tells. */
import type { Machine } from '@/lib/models/hub';

interface Told {
  readonly deviceMemory?: number;
}

/** @param wish as set: `auto` is WebGPU where there is an adapter that is no software, as the engine does */
export async function readMachine(wish: 'auto' | 'webgpu' | 'wasm'): Promise<Machine> {
  const [adapter, storage] = await Promise.all([wish === 'wasm' ? null : adapterOf(), storageOf()]);
  const software = adapter?.info.isFallbackAdapter ?? false;
  const gpu = adapter && (wish === 'webgpu' || !software) ? adapter : null;
  return {
    device: gpu || wish === 'webgpu' ? 'webgpu' : 'wasm',
    gpu: gpu && { maxBufferSize: gpu.limits.maxBufferSize, features: new Set(gpu.features) },
    deviceMemory: (navigator as Told).deviceMemory ?? null, // in Chromium only, and not typed
    storage,
  };
}

async function adapterOf(): Promise<GPUAdapter | null> {
  try {
    // Typed as always present; not in every browser.
    return (await (navigator.gpu as GPU | undefined)?.requestAdapter({ powerPreference: 'high-performance' })) ?? null;
  } catch {
    return null;
  }
}

async function storageOf(): Promise<Machine['storage']> {
  try {
    const { quota, usage } = (await (navigator.storage as StorageManager | undefined)?.estimate()) ?? {};
    return quota === undefined || usage === undefined ? null : { quota, usage };
  } catch {
    return null;
  }
}
