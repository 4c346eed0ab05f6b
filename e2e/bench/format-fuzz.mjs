/**
 * `npm run fuzz:formats`: spoilt files for everything that reads other systems' trajectories. None may hang, throw past its boundary, make a run
 * that is not sound, or take more memory than its limit. The same seed gives the same inputs.
 *
 *   node e2e/bench/format-fuzz.mjs [--inputs 1000000] [--seed 1] [--memory 1536]
 *
 * memory: MiB of the whole process.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { watchFuzz } from './watch-fuzz.mjs';

/** @param {{ inputs: number, seed: number, memory?: number, onProgress?: (done: number) => void }} options */
export function fuzzFormats({ inputs, seed, memory = 1536, onProgress }) {
  const worker = join(import.meta.dirname, 'format-fuzz-worker.mjs');
  return watchFuzz({ worker, workerData: { inputs, seed }, memory, onProgress });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      inputs: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      memory: { type: 'string', default: '1536' },
    },
  });
  let said = Date.now();
  const result = await fuzzFormats({
    inputs: Number(values.inputs),
    seed: Number(values.seed),
    memory: Number(values.memory),
    onProgress(done) {
      if (Date.now() - said < 30_000) return;
      said = Date.now();
      console.log(`${done} inputs …`);
    },
  });
  for (const [outcome, times] of Object.entries(result.outcomes).sort()) console.log(`${outcome.padEnd(40)} ${times}`);
  for (const fault of result.faults.slice(0, 20)) console.error(fault);
  console.log(
    `${result.inputs} inputs, seed ${values.seed}: ${result.faults.length} faults; at most ${result.peakMiB} MiB; ${result.seconds} s`,
  );
  process.exitCode = result.faults.length === 0 && result.inputs >= Number(values.inputs) ? 0 : 1;
}
