/**
 * Connections that cost the attacker nothing: upgrades, heads and bodies that never end, answers that are not read, and many at
 * once. All at the same time, and then the server must have ended each and still answer others.
 */
import { connect } from 'node:net';
import { dial } from './raw.mjs';

const HEAD = 'GET / HTTP/1.1\r\nHost: localhost\r\n';
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What each attacker does with its connection; `keep` is called every second. */
const KINDS = {
  'upgrade to websocket': {
    begin: (line) =>
      line.write(
        `${HEAD}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n`,
      ),
  },
  'upgrade to h2c': { begin: (line) => line.write(`${HEAD}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`) },
  'upgrade on the API': {
    begin: (line) => line.write('GET /api/shares HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'),
    keep: (line) => line.write('x'),
  },
  'tunnel (CONNECT)': {
    begin: (line) => line.write('CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: a\r\n\r\n'),
    keep: (line) => line.write('x'),
  },
  'says nothing': { begin: () => undefined },
  'slow head': { begin: (line) => line.write(HEAD), keep: (line) => line.write('X: y\r\n') },
  'slow first line': { begin: (line) => line.write('G'), keep: (line) => line.write('E') },
  'slow body of a reservation': {
    begin: (line) =>
      line.write(
        'POST /api/shares HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n',
      ),
    keep: (line) => line.write(' '),
  },
  'slow body in chunks': {
    begin: (line) =>
      line.write(
        'POST /api/shares HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
      ),
    keep: (line) => line.write('1\r\n \r\n'),
  },
  'slow body of an upload': {
    begin: (line, upload) => line.write(upload()),
    keep: (line) => line.write('x'),
  },
  'body after a refusal': {
    begin: (line) => line.write('POST /learn HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n'),
    keep: (line) => line.write('x'.repeat(1000)),
  },
  'idle after an answer': { begin: (line) => line.write('GET /api/health HTTP/1.1\r\nHost: a\r\n\r\n') },
};

/** An answer of many megabytes of which hardly a byte is taken. */
function slowReader(port, path) {
  const socket = connect({ port, host: '127.0.0.1', highWaterMark: 1024 });
  socket.on('error', () => undefined);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
  socket.pause();
  let closed = false;
  socket.once('close', () => (closed = true));
  return {
    socket,
    keep: () => socket.read(10),
    get closed() {
      // A paused socket does not hear that the other end is gone; one that cannot be written to does.
      return closed || socket.destroyed;
    },
  };
}

/**
 * @param {{ port: number, each: number, seconds: number, upload: () => string, large: string }} options `each`: connections of
 *   each kind; `upload`: the head of an upload that was reserved; `large`: the path of a large answer
 * @returns {Promise<{ rows: { what: string, opened: number, open: number, last: number | null }[], answered: boolean }>}
 */
export async function attackConnections({ port, each, seconds, upload, large }) {
  const groups = Object.entries(KINDS).map(([what, { begin, keep }]) => ({
    what,
    keep,
    lines: Array.from({ length: each }, () => {
      const line = dial(port);
      begin(line.socket, upload);
      return line;
    }),
  }));
  const readers = Array.from({ length: each }, () => slowReader(port, large));
  const until = performance.now() + seconds * 1000;
  let answered = true;
  while (performance.now() < until) {
    await pause(1000);
    for (const { keep, lines } of groups) {
      if (keep) for (const { socket, endedAfter } of lines) if (endedAfter === null && socket.writable) keep(socket);
    }
    for (const reader of readers) if (!reader.closed) reader.keep();
    const open = groups.some(({ lines }) => lines.some(({ endedAfter }) => endedAfter === null));
    answered &&= await answers(port);
    if (!open && readers.every(({ closed }) => closed)) break;
  }
  const rows = groups.map(({ what, lines }) => ({
    what,
    opened: lines.length,
    open: lines.filter(({ endedAfter }) => endedAfter === null).length,
    last: Math.max(...lines.map(({ endedAfter }) => endedAfter ?? 0)) / 1000,
  }));
  // The rest is read: what the server cut off ends short, or with a reset. When, a reader that pauses cannot tell.
  rows.push({ what: 'an answer hardly read', opened: each, open: await stillServed(readers), last: null });
  for (const { lines } of groups) for (const { socket } of lines) socket.destroy();
  return { rows, answered };
}

/** How many of the readers get the rest of their answer after all. */
async function stillServed(readers) {
  const ends = await Promise.all(
    readers.map(
      ({ socket }) =>
        new Promise((resolve) => {
          if (socket.destroyed) return resolve(false);
          const late = setTimeout(() => resolve(true), 5000);
          socket.once('close', () => {
            clearTimeout(late);
            resolve(false);
          });
          socket.resume();
        }),
    ),
  );
  for (const { socket } of readers) socket.destroy();
  return ends.filter(Boolean).length;
}

async function answers(port) {
  try {
    return (await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(10_000) })).ok;
  } catch {
    return false;
  }
}

/** More connections than one address may have: the others are closed at once, and the server answers when they are gone. */
export async function attackMany({ port, count }) {
  const lines = Array.from({ length: count }, () => dial(port));
  await pause(3000);
  const open = lines.filter(({ endedAfter }) => endedAfter === null).length;
  for (const { socket } of lines) socket.destroy();
  await pause(500);
  return { count, open, answered: await answers(port) };
}
