/** The shipped model is fetched once, while the page is idle, and again only what a newer one has new. */
import { afterEach, expect, it, vi } from 'vitest';
import { SHIPPED_CACHE } from './names';
import { keepShippedModel } from './shipped-model';

afterEach(() => vi.unstubAllGlobals());

/** A browser's caches and a server with a model of two files. */
function setUp() {
  const served = { version: '1', asked: [] as string[] };
  const kept = new Map<string, Map<string, Response>>();
  const pathOf = (request: string | Request) =>
    new URL(typeof request === 'string' ? request : request.url, 'http://here').pathname;
  vi.stubGlobal('location', { href: 'http://here/' });
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('caches', {
    open: (name: string) => {
      const all = kept.get(name) ?? new Map<string, Response>();
      kept.set(name, all);
      return Promise.resolve({
        match: (request: string | Request) => Promise.resolve(all.get(pathOf(request))?.clone()),
        put: (request: string | Request, answer: Response) => Promise.resolve(void all.set(pathOf(request), answer)),
        keys: () => Promise.resolve([...all.keys()].map((path) => ({ url: `http://here${path}` }))),
        delete: (request: Request) => Promise.resolve(all.delete(pathOf(request))),
      });
    },
  });
  vi.stubGlobal('fetch', (path: string) => {
    served.asked.push(path);
    if (!path.endsWith('manifest.json')) return Promise.resolve(new Response(`${path} ${served.version}`));
    const files = ['a.onnx', 'b.onnx'].map((name) => ({ path: name, sha256: served.version }));
    return Promise.resolve(Response.json({ files, version: served.version }));
  });
  return { served, kept };
}

it('comes whole on the first visit, and not at all on the next', async () => {
  const { served, kept } = setUp();
  await keepShippedModel('/ort/1/');
  expect(served.asked.filter((path) => path.startsWith('/models')).toSorted()).toEqual([
    '/models/loupe-nano/a.onnx',
    '/models/loupe-nano/b.onnx',
    '/models/loupe-nano/manifest.json',
  ]);
  expect([...(kept.get(SHIPPED_CACHE)?.keys() ?? [])].at(-1)).toBe('/models/loupe-nano/manifest.json');
  served.asked.length = 0;
  await keepShippedModel('/ort/1/');
  expect(served.asked).toEqual(['/models/loupe-nano/manifest.json']);
});

it('comes anew where the server has another, and not where it cannot be asked', async () => {
  const { served, kept } = setUp();
  await keepShippedModel('/ort/1/');
  served.version = '2';
  await keepShippedModel('/ort/1/');
  expect(await kept.get(SHIPPED_CACHE)?.get('/models/loupe-nano/a.onnx')?.clone().text()).toContain('2');
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
  await expect(keepShippedModel('/ort/1/')).rejects.toThrow('offline');
  expect(kept.get(SHIPPED_CACHE)?.size).toBe(3);
});
