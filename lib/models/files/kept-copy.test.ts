/** Why a kept copy opened, in words: from what `ask` really throws at what servers really answer. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { EngineError } from '@/lib/engine/contract';
import { request } from './download';
import { keptCopyWords } from './kept-copy';

/** What asking a server that answers so ends with. */
async function failureOf(status: number): Promise<unknown> {
  const server = createServer((_request, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, () => resolve()));
  try {
    const { port } = server.address() as AddressInfo; // it listens on a port
    const url = new URL(`http://localhost:${port}/manifest.json`);
    return await request(url, 'model-not-found', new AbortController().signal).catch((error: unknown) => error);
  } finally {
    server.close();
  }
}

describe('a copy kept here was opened', () => {
  it.each([
    [401, 'a.b refused (401)'],
    [403, 'a.b refused (403)'],
    [404, 'a.b does not have it any more (404)'],
    [400, 'a.b answered with status 400'],
    [503, 'a.b answered with status 503'],
  ])('because of status %i', async (status, why) => {
    expect(keptCopyWords('a.b', await failureOf(status))).toBe(`Opened the copy kept here: ${why}.`);
  });

  it.each([
    ['nobody answered', new EngineError('network', 'x'), 'a.b could not be reached'],
    ['it took too long', new DOMException('x', 'TimeoutError'), 'a.b could not be reached'],
    ['there is no connection', new EngineError('offline', 'x'), 'this device is offline'],
    ['the answer is none', new EngineError('bad-manifest', 'x'), 'what a.b has now cannot be used here'],
    ['the newer one cannot run', new EngineError('unsupported-model', 'x'), 'what a.b has now cannot be used here'],
  ])('because %s', (_what, error, why) => {
    expect(keptCopyWords('a.b', error)).toBe(`Opened the copy kept here: ${why}.`);
  });
});
