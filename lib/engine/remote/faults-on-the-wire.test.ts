/** Every fault that a server can answer with, over a real port and the real fetch: what reaches the run is its code, with its cure in words. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EngineError, type ServerProblem } from '../contract';
import { servers as words } from '@/lib/words/en/servers';
import { say } from '@/lib/words';
import { collect, live, quiet, request } from './fixtures/serving';
import { remoteEngine } from './remote-engine';

type Answering = (response: ServerResponse, asked: IncomingMessage) => void;

const refusing =
  (status: number, message: string, headers: Record<string, string> = {}): Answering =>
  (response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify({ error: { message, code: status } }));
const page: Answering = (response) =>
  void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Router</title>');
const chunk = (choice: object): string => `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`;
const streaming =
  (...lines: readonly string[]): Answering =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(lines.join(''));
  };

const answers: Readonly<Record<string, Answering>> = {
  'wrong-address': (response) => void response.writeHead(404, { 'content-type': 'text/html' }).end('Not Found'),
  'key-refused': refusing(401, 'Invalid API Key'),
  'unknown-model': refusing(404, 'The model `m` does not exist.'),
  'too-many-requests': refusing(429, 'Slow down.', { 'retry-after': '90' }),
  'picture-format': refusing(400, 'Failed to load image or audio file'),
  'too-many-pictures': refusing(400, 'At most 2 image(s) may be provided in one prompt.'),
  'context-overflow': refusing(400, "This model's maximum context length is 2048 tokens."),
  'not-an-api': page,
  failed: refusing(500, 'CUDA out of memory'),
  refused: refusing(400, 'messages: roles must alternate'),
  redirected: (response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/v1/chat/completions' }).end(),
  'dies-midway': (response, asked) => {
    streaming(chunk({ delta: { content: 'It sa' } }))(response, asked);
    setTimeout(() => response.destroy(), 20);
  },
  'ends-early': (response, asked) => {
    streaming(chunk({ delta: { content: 'It sa' } }))(response, asked);
    response.end();
  },
  'fails-midway': (response, asked) => {
    streaming(
      chunk({ delta: { content: 'It sa' } }),
      `data: ${JSON.stringify({ error: { message: 'engine crashed', code: 500 } })}\n\n`,
    )(response, asked);
    response.end();
  },
};

let port = 0;
const server = createServer((asked, response) => {
  const [, which = '', rest = ''] = /^\/([\w-]+)\/v1(\/.*)$/.exec(asked.url ?? '') ?? [];
  asked.resume();
  if (rest === '/models') return void response.setHeader('content-type', 'application/json').end('{"data":[]}');
  asked.on('end', () => answers[which]?.(response, asked));
});
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
beforeAll(() => {
  port = (server.address() as AddressInfo).port; // of a TCP port, which it listens on
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function problemOf(which: string, at = port): Promise<ServerProblem> {
  const engine = remoteEngine(quiet);
  const modelUrl = `remote:chat?url=http://127.0.0.1:${at}/${which}/v1&model=m`;
  const error: unknown = await (async () => {
    for await (const progress of engine.load({ modelUrl, device: 'auto', key: 'sk-quiet' }, live())) void progress;
    await collect(engine.generate(request(), live()));
  })().catch((thrown: unknown) => thrown);
  if (!(error instanceof EngineError) || !error.problem) throw new Error(`No fault came: ${String(error)}`);
  expect(String(error)).not.toContain('sk-quiet');
  return error.problem as ServerProblem; // the engine's own faults are all of servers
}

it.each<[string, ServerProblem]>([
  ['wrong-address', { code: 'wrong-address' }],
  ['key-refused', { code: 'key-refused' }],
  ['unknown-model', { code: 'unknown-model', params: { model: 'm' } }],
  ['too-many-requests', { code: 'too-many-requests', params: { seconds: 90 } }],
  ['picture-format', { code: 'picture-format' }],
  ['too-many-pictures', { code: 'too-many-pictures', params: { most: 2 } }],
  ['context-overflow', { code: 'context-overflow', params: { most: 2048 } }],
  ['not-an-api', { code: 'not-an-api' }],
  ['failed', { code: 'failed', params: { status: 500 } }],
  ['refused', { code: 'refused', params: { status: 400, words: 'messages: roles must alternate' } }],
  ['redirected', { code: 'unreachable' }],
  ['dies-midway', { code: 'stream-died' }],
  ['ends-early', { code: 'stream-died' }],
  ['fails-midway', { code: 'failed', params: { status: 500 } }],
])('%s', async (which, problem) => {
  expect(await problemOf(which)).toEqual(problem);
  // What happened, and what to do about it.
  const [happened, ...cure] = say(words.problems, problem).split(/(?<=[.:]) /);
  expect(happened).toBeTruthy();
  expect(cure.join(' ')).not.toBe('');
});

it('nothing there', async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => void closed.listen(0, '127.0.0.1', resolve));
  const { port: free } = closed.address() as AddressInfo; // as above
  await new Promise((resolve) => closed.close(resolve));
  expect(await problemOf('any', free)).toEqual({ code: 'unreachable' });
});
