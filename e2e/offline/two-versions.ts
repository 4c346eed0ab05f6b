/**
 * The app behind a server that can be replaced and taken away: at `a` it is the app as it was built, at `b` the same under other names of
 * its files, as after the next build, with those of `a` gone; `off` nobody answers.
 */
import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';

type Version = 'a' | 'b' | 'off';

export interface TwoVersions {
  readonly url: string;
  become(version: Version): void;
  /** Bytes of bodies that were sent to it. */
  received(): number;
  close(): Promise<void>;
}

const BUILD_ID = readFileSync(join(import.meta.dirname, '..', '..', '.next', 'BUILD_ID'), 'utf8').trim();
const OURS = '/_next/static/chunks/';
const THEIRS = '/_next/static/b/chunks/';

const asNext = (text: string): string =>
  text.replaceAll('static/chunks/', 'static/b/chunks/').replaceAll(BUILD_ID, `${BUILD_ID}b`);

export async function serveTwoVersions(app: string): Promise<TwoVersions> {
  let version: Version = 'a';
  let bytes = 0;
  const server: Server = createServer((request: IncomingMessage, response: ServerResponse) => {
    if (version === 'off') return void request.socket.destroy();
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    let path = request.url ?? '/';
    if (version === 'b' && path.startsWith(OURS)) return void response.writeHead(404).end();
    if (version === 'b') path = path.replace(THEIRS, OURS).replace(`${BUILD_ID}b`, BUILD_ID);
    // What was kept of `a` is no answer at `b`, though the app behind both would say that nothing has changed.
    const { 'if-none-match': _tag, 'if-modified-since': _since, ...asked } = request.headers;
    const headers = { ...asked, 'accept-encoding': 'identity' };
    const upstream = ask(`${app}${path}`, { method: request.method, headers }, (answer) => {
      const { 'content-length': _length, etag: _etag, ...others } = answer.headers;
      const isText = /javascript|html|x-component/.test(answer.headers['content-type'] ?? '');
      if (version !== 'b' || !isText) {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        return void answer.pipe(response);
      }
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        response.writeHead(answer.statusCode ?? 502, others);
        response.end(asNext(Buffer.concat(parts).toString('utf8')));
      });
    });
    upstream.on('error', () => response.destroy());
    request.pipe(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://localhost:${port}`,
    become(next) {
      version = next;
      server.closeAllConnections();
    },
    received: () => bytes,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
