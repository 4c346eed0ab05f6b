/**
 * Lets one turn of the event loop pass. WASM runs and resampling resolve in microtasks, so without this no message (an abort) would be
 * seen until they end. A port, because `setTimeout` is clamped to 4 ms.
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
