/**
 * Runs what may hang or run out of memory in a thread of its own, and watches it. The thread tells `{ done }` now and then, `{ fault }` where
 * something is wrong, and `{ outcomes, seconds }` at the end.
 */
import { Worker } from 'node:worker_threads';

/** No 200 inputs take so long, on a busy machine either, unless one of them hangs. */
const HANG_MS = 60_000;
const MIB = 1024 * 1024;

/**
 * @param {{ worker: string, workerData: object, memory: number, onProgress?: (done: number) => void }} options `memory`: MiB of the whole
 *   process
 * @returns {Promise<{ inputs: number, outcomes: Record<string, number>, seconds: number, peakMiB: number, faults: string[] }>}
 *   `faults` must be empty
 */
export function watchFuzz({ worker: file, workerData, memory, onProgress = () => undefined }) {
  return new Promise((resolve) => {
    const worker = new Worker(file, { workerData, resourceLimits: { maxOldGenerationSizeMb: memory } });
    const faults = [];
    let [peak, done, heard, started] = [0, 0, Date.now(), false];
    const end = (outcomes = {}, seconds = 0) => {
      clearInterval(watch);
      void worker.terminate();
      resolve({ inputs: done, outcomes, seconds, peakMiB: Math.round(peak / MIB), faults });
    };
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
      if (peak > memory * MIB) faults.push(`after ${done} inputs: ${Math.round(peak / MIB)} MiB of memory`);
      if (Date.now() - heard > (started ? HANG_MS : 3 * HANG_MS)) faults.push(`after ${done} inputs: it hangs`);
      if (faults.length > 0) end();
    }, 100);
    worker.on('message', (message) => {
      heard = Date.now();
      started = true;
      if (message.fault) faults.push(message.fault);
      if (message.done !== undefined) {
        done = message.done;
        onProgress(done);
      }
      if (message.outcomes) end(message.outcomes, message.seconds);
    });
    worker.on('error', (error) => {
      faults.push(`after ${done} inputs: ${error.stack ?? String(error)}`);
      end();
    });
  });
}
