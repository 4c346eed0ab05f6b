/**
 * `npm run fuzz:shares`: spoilt inputs for everything that reads what a stranger wrote: the share decoder (bytes from a
 * server), the contents (from whoever has the key), pictures, links, and the server's handlers. None may hang, throw past its
 * boundary, or take more memory than its limit. The same seed gives the same inputs.
 *
 *   node e2e/bench/share-fuzz.mjs [--store memory|files|s3|ceph] [--inputs 1000000] [--seed 1] [--memory 1024]
 *
 * memory: MiB of the whole process. store: where the handlers keep what they take; anything but `memory` is slower.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';

/** No 200 inputs take so long, on a busy machine either, unless one of them hangs. */
const HANG_MS = 60_000;
const MIB = 1024 * 1024;

/**
 * @param {{ inputs: number, seed: number, store?: string, memory?: number, onProgress?: (done: number) => void }} options
 * @returns {Promise<{ inputs: number, outcomes: Record<string, number>, seconds: number, peakMiB: number, faults: string[] }>}
 *   `faults` must be empty
 */
export function fuzzShares({ inputs, seed, store = 'memory', memory = 1024, onProgress = () => undefined }) {
  return new Promise((resolve) => {
    const worker = new Worker(join(import.meta.dirname, 'share-fuzz-worker.mjs'), {
      workerData: { inputs, seed, store },
      resourceLimits: { maxOldGenerationSizeMb: memory },
    });
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      store: { type: 'string', default: 'memory' },
      inputs: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      memory: { type: 'string', default: '1024' },
    },
  });
  let said = Date.now();
  const result = await fuzzShares({
    inputs: Number(values.inputs),
    seed: Number(values.seed),
    store: values.store,
    memory: Number(values.memory),
    onProgress(done) {
      if (Date.now() - said < 30_000) return;
      said = Date.now();
      console.log(`${done} inputs …`);
    },
  });
  for (const [outcome, times] of Object.entries(result.outcomes).sort()) console.log(`${outcome.padEnd(24)} ${times}`);
  for (const fault of result.faults.slice(0, 20)) console.error(fault);
  console.log(
    `${values.store}: ${result.inputs} inputs, seed ${values.seed}: ${result.faults.length} faults; at most ${result.peakMiB} MiB; ${result.seconds} s`,
  );
  process.exitCode = result.faults.length === 0 && result.inputs >= Number(values.inputs) ? 0 : 1;
}
