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
import { watchFuzz } from './watch-fuzz.mjs';

/**
 * @param {{ inputs: number, seed: number, store?: string, memory?: number, onProgress?: (done: number) => void }} options
 * @returns {Promise<{ inputs: number, outcomes: Record<string, number>, seconds: number, peakMiB: number, faults: string[] }>}
 *   `faults` must be empty
 */
export function fuzzShares({ inputs, seed, store = 'memory', memory = 1024, onProgress }) {
  const worker = join(import.meta.dirname, 'share-fuzz-worker.mjs');
  return watchFuzz({ worker, workerData: { inputs, seed, store }, memory, onProgress });
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
