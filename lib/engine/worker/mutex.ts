/**
 * One at a time. ONNX Runtime's WebGPU build hangs or crashes when two sessions run at once, so every run of every session
 * goes through one of these. Also the turn of the event loop that lets messages (an abort) in between two runs.
 */
export interface Mutex {
  /** Runs `task` when all earlier ones have settled. */
  run<T>(task: () => Promise<T>): Promise<T>;
}

export function createMutex(): Mutex {
  let tail: Promise<unknown> = Promise.resolve();
  return {
    run(task) {
      const result = tail.then(task);
      tail = result.catch(() => undefined);
      return result;
    },
  };
}

/**
 * Lets one turn of the event loop pass. WASM runs resolve in microtasks, so without this no message would be seen until a
 * generation ends. A port, because `setTimeout` is clamped to 4 ms.
 */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
