/**
 * A graphics device whose memory ran out. WebGPU does not throw then: `createBuffer` returns a buffer that is invalid, whatever is
 * submitted with it is dropped, and the numbers read later are zeros. It tells of it in an event, to which this listens.
 */
import { EngineError } from '../../contract';

export interface MemoryWatch {
  /**
   * Does nothing while there was memory. Once there was none, nothing that the device computes can be trusted any more.
   * @throws EngineError `out-of-memory`
   */
  check(): void;
}

export function watchMemory(device: GPUDevice): MemoryWatch {
  let ranOut: string | null = null;
  device.addEventListener('uncapturederror', (event) => {
    const { error } = event;
    if (error instanceof GPUOutOfMemoryError) ranOut ??= error.message;
    // What follows is of buffers that were never there: said once is enough.
    if (ranOut !== null) event.preventDefault();
  });
  return {
    check() {
      if (ranOut === null) return;
      throw new EngineError('out-of-memory', `The graphics device has no more memory${ranOut ? `: ${ranOut}` : '.'}`);
    },
  };
}
