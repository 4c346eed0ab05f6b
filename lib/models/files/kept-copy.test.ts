/** Why a kept copy opened: from what `ask` really throws at what servers really answer. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { EngineError } from '@/lib/engine/contract';
import { request } from './download';
import { whyKept } from './kept-copy';

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
    [401, 'refused'],
    [403, 'refused'],
    [404, 'gone'],
    [400, 'answered'],
    [503, 'answered'],
  ])('because of status %i', async (status, code) => {
    expect(whyKept('a.b', await failureOf(status))).toEqual({ code, params: { host: 'a.b', status } });
  });

  it.each([
    ['nobody answered', new EngineError('network', 'x'), 'unreachable'],
    ['it took too long', new DOMException('x', 'TimeoutError'), 'unreachable'],
    ['there is no connection', new EngineError('offline', 'x'), 'offline'],
    ['the answer is none', new EngineError('bad-manifest', 'x'), 'unusable'],
    ['the newer one cannot run', new EngineError('unsupported-model', 'x'), 'unusable'],
  ])('because %s', (_what, error, code) => {
    expect(whyKept('a.b', error).code).toBe(code);
  });
});
