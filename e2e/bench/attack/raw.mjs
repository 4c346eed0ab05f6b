/** Requests byte by byte, as no client of good faith sends them. To the loopback only, whatever else is asked for. */
import { connect } from 'node:net';

const HOST = '127.0.0.1';

/** A connection, what came back on it, and when it ended. */
export function dial(port) {
  const socket = connect(port, HOST);
  const began = performance.now();
  let ended = null;
  let text = '';
  socket.setNoDelay(true);
  socket.on('data', (piece) => (text = (text + piece.toString('latin1')).slice(0, 100_000)));
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => {
    socket.once('close', () => {
      ended = performance.now() - began;
      resolve();
    });
  });
  return {
    socket,
    closed,
    get text() {
      return text;
    },
    /** Of the first answer that is one (100 is not); null where there is none. */
    get status() {
      const found = /(?:^|\r\n\r\n)HTTP\/1\.1 ([2-9]\d\d)/.exec(text)?.[1];
      return found === undefined ? null : Number(found);
    },
    /** Milliseconds; null while it is open. */
    get endedAfter() {
      return ended;
    },
  };
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends `bytes` and waits for the status, or for the end of the connection (`closed`); null: neither came in time. */
export async function ask(port, bytes, ms = 15_000) {
  const line = dial(port);
  line.socket.write(bytes, 'latin1');
  const until = performance.now() + ms;
  while (line.status === null && line.endedAfter === null && performance.now() < until) await pause(5);
  line.socket.destroy();
  const location = /\r\nlocation: (\S+)/i.exec(line.text)?.[1] ?? null;
  if (line.status !== null) return { status: line.status, location };
  return { status: line.endedAfter === null ? null : 'closed', location };
}
