/** An object store gone wrong, on the loopback: it hangs, trickles, lies, breaks off, or has no room. */
import { createServer } from 'node:net';

const XML = (code) => `<?xml version="1.0"?><Error><Code>${code}</Code><Message>x</Message></Error>`;
const answer = (status, body, more = '') =>
  `HTTP/1.1 ${status}\r\n${more}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;

/** What it does with a connection once a request's head is there. */
const MOODS = {
  'never answers': () => undefined,
  'closes at once': (socket) => socket.destroy(),
  'trickles its head': (socket) => {
    const letters = [...'HTTP/1.1 200 OK\r\nX: '];
    const timer = setInterval(() => socket.write(letters.shift() ?? 'y'), 200);
    socket.once('close', () => clearInterval(timer));
  },
  'trickles its body': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n');
    const timer = setInterval(() => socket.write('x'), 500);
    socket.once('close', () => clearInterval(timer));
  },
  'breaks off its body': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf');
    setTimeout(() => socket.destroy(), 50);
  },
  'answers no HTTP': (socket) => socket.end('\x00\x01 nothing of the kind\r\n\r\n'),
  'spoils its headers': (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: x\r\nBad Name: \x00\r\n\r\n'),
  'lies about lengths': (socket) => socket.end(answer('200 OK', 'x', 'Content-Length: 99\r\n')),
  'sends 20 MB of list': (socket) => socket.end(answer('200 OK', '<Contents>'.repeat(2_000_000))),
  'says 200 and no XML': (socket) => socket.end(answer('200 OK', '{"ok":true}')),
  'says 500': (socket) => socket.end(answer('500 Internal Server Error', XML('InternalError'))),
  'says slow down': (socket) => socket.end(answer('503 Slow Down', XML('SlowDown'))),
  'says forbidden': (socket) => socket.end(answer('403 Forbidden', XML('AccessDenied'))),
  'redirects elsewhere': (socket) =>
    socket.end(answer('307 Temporary Redirect', '', 'Location: http://127.0.0.1:1/\r\n')),
  'has no room': (socket, head) =>
    socket.end(
      /^PUT /.test(head)
        ? answer('403 Forbidden', XML('QuotaExceeded'))
        : /^GET [^ ]*list-type/.test(head)
          ? answer('200 OK', '<ListBucketResult></ListBucketResult>')
          : answer('404 Not Found', XML('NoSuchKey')),
    ),
};

export const MOOD_NAMES = Object.keys(MOODS);

export async function startBadStore() {
  let mood = MOOD_NAMES[0];
  const open = new Set();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    let head = '';
    let begun = false;
    socket.on('data', (piece) => {
      if (begun) return;
      head += piece.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      begun = true;
      MOODS[mood](socket, head);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${server.address().port}`,
    set mood(next) {
      mood = next;
      for (const socket of open) socket.destroy();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
