/**
 * The part of `npm run fuzz:formats` that may hang or run out of memory: it runs in a thread that the command watches. Every input must end in
 * rows: runs that are sound by the document's own schema, or problems that say why there is none. A reader that throws, and a run that is not
 * sound, are faults.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { loadSource } from './load-source.mjs';
import { mutate, mutateText } from './mutate.mjs';
import { mutateJson, spoilJsonText } from './mutate-json.mjs';
import { createRandom } from './random.mjs';

const door = await loadSource('lib/formats/fixtures/fuzz-door.ts');
const random = createRandom(workerData.seed);
const samples = await door.samples();
const all = samples.flatMap(({ records }) => records);
const picture = { 'a.jpg': door.pictureOf(1000, 800), 'sa_1.jpg': door.pictureOf(640, 480) };

const encode = (text) => new TextEncoder().encode(text);
const lines = (records) => records.map((record) => JSON.stringify(record)).join('\n');
const bytesOf = samples.map(({ records, bytes }) => bytes ?? encode(lines(records)));

const outcomes = {};
const count = (what) => (outcomes[what] = (outcomes[what] ?? 0) + 1);

/** One in so many inputs is a whole file, opened as a person would; the others are its records alone, which is quicker by far. */
const FILES = 8;

function spoiltRecords({ records }) {
  return records.map((record) =>
    records.length === 1 || random.below(2) === 0 ? mutateJson(random, record, all) : record,
  );
}

/** A file, spoilt somewhere: in its bytes, in its JSON, or in the text of it. */
function spoiltFile(at) {
  const { records, bytes } = samples[at];
  const way = random.below(10);
  if (bytes || way === 0) return mutate(random, bytesOf[at], bytesOf);
  if (way === 1) return encode(mutateText(random, lines(records)));
  const changed = spoiltRecords(samples[at]);
  if (way === 2) return encode(spoilJsonText(random, lines(changed)));
  return encode(way === 3 ? JSON.stringify(changed) : lines(changed));
}

async function fuzz(n) {
  const at = n % samples.length;
  const sample = samples[at];
  const asFile = sample.bytes || Math.floor(n / samples.length) % FILES === 0;
  const bytes = asFile ? spoiltFile(at) : encode(lines(spoiltRecords(sample)));
  const seen = asFile
    ? await door.openAll({ [sample.name]: new Blob([bytes]), ...picture })
    : await door.readAll(sample.name, new TextDecoder().decode(bytes));
  const [fault] = seen.faults;
  if (fault) throw new Error(`${sample.name}: ${fault}\n${new TextDecoder().decode(bytes).slice(0, 2_000)}`);
  count(seen.outcome);
}

const began = Date.now();
let slowest = { ms: 0, what: '' };
for (let n = 0; n < workerData.inputs; n += 1) {
  const from = performance.now();
  try {
    await fuzz(n);
  } catch (error) {
    parentPort.postMessage({ fault: `input ${n}: ${error instanceof Error ? error.stack : String(error)}` });
  }
  const ms = performance.now() - from;
  if (ms > slowest.ms) slowest = { ms, what: `input ${n}, ${samples[n % samples.length].name}` };
  if (n % 100 === 0) parentPort.postMessage({ done: n });
}
parentPort.postMessage({
  done: workerData.inputs,
  outcomes: { ...outcomes, [`slowest: ${slowest.what}, ms`]: Math.round(slowest.ms) },
  seconds: (Date.now() - began) / 1000,
});
