/**
 * The part of `npm run fuzz:shares` that may hang or run out of memory: it runs in a thread that the command watches. Every
 * input must end in an answer: a run or a `ShareError` from the decoder, an answer with a known code from the handlers.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { loadSource } from './load-source.mjs';
import { mutate, mutateText } from './mutate.mjs';
import { createRandom } from './random.mjs';
import { startStore } from './share-store.mjs';

const share = await loadSource('lib/share/fixtures/fuzz-door.ts');
const { createMemoryBlobStore } = await loadSource('lib/server/fixtures/memory-blob-store.ts');
const { makeHandlers, route } = await loadSource('lib/server/fixtures/share-server.ts');

const random = createRandom(workerData.seed);
const ID = '00112233445566778899aabbccddeeff';
const KEY = random.bytes(32);
const FILES = [
  'orientation-6.jpg',
  'orientation-6.webp',
  'plain.png',
  'plain.gif',
  'plain.heic',
  'plain.avif',
  'plain.bmp',
];

const packed = [];
for (const file of [null, 'image/fixtures/plain.png', 'image/fixtures/orientation-6.jpg']) {
  packed.push(await share.packShare(share.aSource(file), { includeImage: true, upTo: null }));
}
const payloads = packed.map(({ payload }) => payload);
const sealed = await Promise.all(
  payloads.map((payload) => share.seal(payload, { bytes: KEY, key: KEY, lock: null }, ID)),
);
const pictures = FILES.map((name) => share.readFixture(`image/fixtures/${name}`));
const texts = payloads.map((payload) => {
  const view = new DataView(payload.buffer);
  return new Response(
    new Blob([payload.subarray(8, 8 + view.getUint32(0))]).stream().pipeThrough(new DecompressionStream('gzip')),
  ).text();
});
const runTexts = await Promise.all(texts);

/** A payload whose text somebody changed before packing it rightly. */
function repacked(text, tail) {
  const raw = Buffer.from(text);
  const gz = gzipSync(raw, { level: 1 });
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(gz.length, 0);
  lengths.writeUInt32BE(raw.length, 4);
  return new Uint8Array(Buffer.concat([lengths, gz, tail]));
}

const outcomes = {};
const count = (what) => (outcomes[what] = (outcomes[what] ?? 0) + 1);

async function decoding(work) {
  try {
    await work();
    return 'opened';
  } catch (error) {
    if (error instanceof share.ShareError) return error.code;
    throw error;
  }
}

/** Bytes that are not those that were sealed must never open. */
async function fuzzShare() {
  const at = random.below(sealed.length);
  const bytes = mutate(random, sealed[at], sealed);
  const same = bytes.length === sealed[at].length && bytes.every((byte, place) => byte === sealed[at][place]);
  const outcome = await decoding(() => share.decodeShare(bytes, ID, KEY));
  if (outcome === 'opened' && !same) throw new Error('changed bytes were opened');
  count(`share ${outcome}`);
}

/** Contents that whoever has a key could seal. */
async function fuzzPayload() {
  const at = random.below(payloads.length);
  let bytes;
  if (random.below(2) === 0) bytes = mutate(random, payloads[at], payloads);
  else {
    let text = runTexts[at];
    for (let left = 1 + random.below(3); left > 0; left--) text = mutateText(random, text);
    bytes = repacked(text, payloads[at].subarray(8 + new DataView(payloads[at].buffer).getUint32(0)));
  }
  count(`payload ${await decoding(() => share.readPayload(bytes))}`);
}

async function fuzzPicture() {
  const bytes = mutate(random, random.pick(pictures), pictures);
  const sniffed = share.sniff(bytes);
  if (sniffed.kind !== 'image') return count('picture none');
  const clean = await share.stripMetadata(bytes, sniffed.format, share.readOrientation(bytes, sniffed.format));
  return count(clean ? 'picture cleaned' : 'picture refused');
}

const memory = workerData.store === 'memory' ? createMemoryBlobStore() : null;
const store = memory ? null : await startStore(workerData.store);
const blobs = memory ?? (await store.open());
const { handlers, lines } = makeHandlers({ blobs, maxBytes: 100_000 });
let known = { id: ID, deleteToken: 'x'.repeat(43), bytes: 10 };

/** A request as a client would send it, with something wrong in it. */
async function fuzzRequest(sequence) {
  if (sequence % 2000 === 0) memory?.clear();
  if (sequence % 20 === 0) {
    const bytes = 1 + random.below(5000);
    const answer = await route(
      handlers,
      new Request('http://loupe.test/api/shares', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ bytes, expiry: '1-day' }),
      }),
    );
    known = { ...(await answer.json()), bytes };
  }
  const maybe = (text) => (random.below(3) === 0 ? mutateText(random, text) : text);
  const method = random.pick(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PUT', 'PATCH']);
  const path = random.below(3) === 0 ? '/api/shares' : `/api/shares/${maybe(known.id)}`;
  const body =
    random.below(2) === 0
      ? random.bytes(random.below(4) === 0 ? random.below(6000) : known.bytes)
      : maybe('{"bytes":10,"expiry":"1-day"}');
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(body))).toString('base64');
  const headers = {
    'content-type': maybe('application/json'),
    authorization: maybe(`Bearer ${known.deleteToken}`),
    'content-digest': maybe(`sha-256=:${digest}:`),
    'content-length': maybe(String(random.below(2) === 0 ? known.bytes : body.length)),
  };
  let request;
  try {
    const empty = method === 'GET' || method === 'HEAD';
    request = new Request(`http://loupe.test${path}`, { method, headers, ...(empty ? {} : { body }) });
  } catch {
    // Not a request that could be sent: HTTP's own rules forbid it.
    return count('request unsendable');
  }
  const response = await route(handlers, request);
  if (response.status === 500 || lines.length > 0) throw new Error(`status ${response.status}: ${lines.join('; ')}`);
  if (response.status >= 400 && response.body) {
    const { error } = await response.json();
    if (!share.API_ERRORS.includes(error)) throw new Error(`an unknown error: ${error}`);
  } else await response.arrayBuffer();
  return count(`request ${response.status}`);
}

function fuzzLink() {
  const address = share.parseShareLink(mutateText(random, `https://loupe.example/t/${ID}?step=3#${'A'.repeat(43)}`));
  count(address ? 'link whole' : 'link refused');
}

const began = Date.now();
for (let n = 0; n < workerData.inputs; n++) {
  const kind = n % 10;
  try {
    if (kind < 3) await fuzzShare();
    else if (kind < 5) await fuzzPayload();
    else if (kind === 5) await fuzzPicture();
    else if (kind === 6) fuzzLink();
    else await fuzzRequest((n - kind) / 10);
  } catch (error) {
    parentPort.postMessage({ fault: `input ${n}: ${error instanceof Error ? error.stack : String(error)}` });
  }
  if (n % 200 === 0) parentPort.postMessage({ done: n });
}
await store?.stop();
parentPort.postMessage({ done: workerData.inputs, outcomes, seconds: (Date.now() - began) / 1000 });
