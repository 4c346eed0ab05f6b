/** Bytes that a worker reads when they are asked for; the engine's own tests load whole models through them. */
import { expect, it } from 'vitest';

it('stands for a blob’s bytes without holding them', async () => {
  const blob = new Blob([crypto.getRandomValues(new Uint8Array(50_000)), new Uint8Array(3).fill(9)]);
  const worker = new Worker(new URL('./fixtures/lazy-bytes-worker.ts', import.meta.url), { type: 'module' });
  const told = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(blob);
  });
  worker.terminate();
  expect(told).toEqual({ isArray: true, held: 0, byteLength: 50_003, part: true, end: true, whole: true });
});
