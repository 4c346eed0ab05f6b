/** Opening a picture by its address, against a small server that this test runs. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ImageError } from './contract';
import { fetchImage, MAX_FETCH_BYTES } from './fetch-image';

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const ROUTES: Record<string, (response: ServerResponse) => void> = {
  '/a%20dog.png': (response) => response.writeHead(200, { 'content-type': 'image/png' }).end(PNG),
  '/page': (response) => response.end('<!doctype html><title>x</title>'),
  '/empty': (response) => response.end(),
  '/huge': (response) => response.writeHead(200, { 'content-length': String(MAX_FETCH_BYTES + 1) }).write(PNG),
  '/endless': (response) => {
    const chunk = Buffer.alloc(1 << 20, 7);
    const more = (): void => {
      while (response.write(chunk) && !response.destroyed);
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  },
  '/broken': (response) => {
    response.writeHead(200, { 'content-length': '1000' }).write(PNG);
    setTimeout(() => response.destroy(), 20);
  },
  '/slow': (response) => response.writeHead(200).write(PNG),
};

let server: Server;
let origin = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    const route = ROUTES[request.url ?? ''];
    if (route) route(response);
    else response.writeHead(404, 'Not Found').end('no');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const codeOf = (address: string): Promise<string> =>
  fetchImage(address).then(
    () => 'opened',
    (error: unknown) => (error instanceof ImageError ? error.code : String(error)),
  );

test('gives the bytes and a name', async () => {
  const { bytes, name } = await fetchImage(` ${origin}/a%20dog.png `);
  expect(name).toBe('a dog.png');
  expect(new Uint8Array(await bytes.arrayBuffer())).toEqual(PNG);
});

test('says what is there instead of a picture', async () => {
  expect(await codeOf(`${origin}/page`)).toBe('not-an-image');
  expect(await codeOf(`${origin}/empty`)).toBe('empty');
  await expect(fetchImage(`${origin}/gone`)).rejects.toMatchObject({
    code: 'fetch-failed',
    problem: { code: 'answered', params: { status: '404 Not Found' } },
  });
});

test('too large: by its declaration, and by its bytes where it declares nothing', async () => {
  await expect(fetchImage(`${origin}/huge`)).rejects.toMatchObject({
    code: 'file-too-large',
    problem: { code: 'address-too-large', params: { most: 64 * 2 ** 20 } },
  });
  expect(await codeOf(`${origin}/endless`)).toBe('file-too-large');
});

test('a connection that breaks, or that is refused', async () => {
  expect(await codeOf(`${origin}/broken`)).toBe('fetch-failed');
  await expect(fetchImage('http://127.0.0.1:1/a.png')).rejects.toMatchObject({
    code: 'fetch-failed',
    problem: { code: 'unreachable', params: { host: '127.0.0.1:1' } },
  });
});

test('data: addresses', async () => {
  const base64 = Buffer.from(PNG).toString('base64');
  const { bytes } = await fetchImage(`data:image/png;base64,${base64}`);
  expect(new Uint8Array(await bytes.arrayBuffer())).toEqual(PNG);
  const percent = Array.from(PNG, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  expect(new Uint8Array(await (await fetchImage(`data:image/png,${percent}`)).bytes.arrayBuffer())).toEqual(PNG);
  expect(await codeOf('data:image/png;base64,@@@')).toBe('bad-url');
  expect(await codeOf('data:image/png')).toBe('bad-url');
  expect(await codeOf('data:text/plain,hello')).toBe('not-an-image');
  expect(await codeOf('data:image/png;base64,')).toBe('empty');
});

test('only web addresses', async () => {
  for (const address of [
    '',
    'https://',
    'file:///etc/passwd',
    'ftp://a.org/b.png',
    'javascript:alert(1)',
    'blob:x',
    'a b c',
  ]) {
    expect(await codeOf(address), address).toBe('bad-url');
  }
  // No scheme: a port is not one.
  expect(await codeOf('127.0.0.1:1/a.png')).toBe('fetch-failed');
});

test('abort: before, and while it arrives', async () => {
  await expect(fetchImage(`${origin}/slow`, AbortSignal.abort(new Error('changed my mind')))).rejects.toThrow(
    'changed my mind',
  );
  const controller = new AbortController();
  const fetching = fetchImage(`${origin}/slow`, controller.signal);
  setTimeout(() => controller.abort(), 50);
  await expect(fetching).rejects.toMatchObject({ name: 'AbortError' });
});
