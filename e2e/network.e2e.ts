/** What travels: nothing to third parties, ONNX Runtime precompressed and immutable, and how much script comes first. */
import { expect, test, type Request } from '@playwright/test';
import { IDLE_MARK } from '../components/ui/idle-parts';
import { ORT_BASE, ORT_FILES } from '../scripts/ort-files.mjs';
import { firstTagToRead } from './gallery';
import { Playground } from './pages/playground';

/** The promise of the README, in bytes as sent. */
const FIRST_LOAD_LIMIT = 190_000;

test('from opening to answer, every request goes to this site, and neither picture nor question is sent', async ({
  page,
  context,
  baseURL,
}) => {
  const foreign: string[] = [];
  const sent: string[] = [];
  let own = 0;
  context.on('request', (request) => {
    if (request.method() !== 'GET' || request.postData() !== null) sent.push(`${request.method()} ${request.url()}`);
    const url = new URL(request.url());
    if (url.protocol === 'blob:' || url.protocol === 'data:') return;
    if (url.origin === new URL(baseURL ?? '').origin) own += 1;
    else foreign.push(request.url());
  });
  const playground = new Playground(page);
  const first = firstTagToRead();
  await playground.open();
  await playground.openGalleryPicture(first.number);
  await playground.askAndWait(first.question);
  expect(foreign).toEqual([]);
  expect(own).toBeGreaterThan(10);
  expect(sent).toEqual([]);
});

test("the page's policy is strict, and the page runs under it without a violation", async ({ page }) => {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/content security policy|refused to/i.test(message.text())) refused.push(message.text());
  });
  const response = await page.goto('/');
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic' 'wasm-unsafe-eval';/);
  expect(policy).not.toContain("'unsafe-eval'");
  const again = await page.request.get('/');
  expect(again.headers()['content-security-policy']).not.toBe(policy);
  expect(await page.evaluate(() => self.crossOriginIsolated)).toBe(true);
  const playground = new Playground(page);
  await playground.openGalleryPicture(1);
  expect(refused).toEqual([]);
});

test('ONNX Runtime comes precompressed, immutable and with the right type', async ({ request }) => {
  for (const name of ORT_FILES) {
    for (const [accept, encoding] of [
      ['br, gzip', 'br'],
      ['gzip', 'gzip'],
      ['identity', undefined],
    ] as const) {
      const { headers, status } = await head(name, accept);
      expect(status).toBe(200);
      expect(headers['content-encoding']).toBe(encoding);
      expect(headers['cache-control']).toContain('immutable');
      expect(headers['content-type']).toContain(name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript');
      expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
      expect(headers.vary).toContain('Accept-Encoding');
    }
  }
  const known = await request.get(`${ORT_BASE}${ORT_FILES[0] ?? ''}`);
  const etag = known.headers().etag ?? '';
  const again = await request.get(`${ORT_BASE}${ORT_FILES[0] ?? ''}`, { headers: { 'If-None-Match': etag } });
  expect(again.status()).toBe(304);

  async function head(name: string, accept: string): Promise<{ headers: Record<string, string>; status: number }> {
    const answer = await request.fetch(`${ORT_BASE}${name}`, {
      method: 'HEAD',
      headers: { 'Accept-Encoding': accept },
    });
    return { headers: answer.headers(), status: answer.status() };
  }
});

test('model files are always asked for again, and answered with 304', async ({ request }) => {
  const first = await request.get('/models/loupe-nano/manifest.json');
  expect(first.headers()['cache-control']).toContain('no-cache');
  const again = await request.get('/models/loupe-nano/manifest.json', {
    headers: { 'If-None-Match': first.headers().etag ?? '' },
  });
  expect(again.status()).toBe(304);
});

test('first-load JavaScript without the engine stays under 190 KB compressed', async ({ page }) => {
  const scripts: Request[] = [];
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script') scripts.push(request);
  });
  await page.goto('/', { waitUntil: 'networkidle' });
  const named = await page.evaluate(() => [...document.scripts].map((script) => script.src).filter(Boolean));
  // Parts that come when the page is idle are another thing: nothing waits for them.
  const began = await page.evaluate(async (mark) => {
    const found = () => performance.getEntriesByName(mark)[0];
    while (!found()) await new Promise((resolve) => setTimeout(resolve, 100));
    return performance.timeOrigin + (found()?.startTime ?? 0);
  }, IDLE_MARK);
  await page.waitForLoadState('networkidle');
  let first = 0;
  let all = 0;
  let parts = 0;
  for (const request of scripts) {
    const { responseBodySize } = await request.sizes();
    if (request.timing().startTime >= began) {
      parts += responseBodySize;
      continue;
    }
    all += responseBodySize;
    if (named.includes(request.url())) first += responseBodySize;
  }
  console.log(
    `first-load JavaScript: ${(first / 1000).toFixed(1)} KB compressed in the page, ${(all / 1000).toFixed(1)} KB until it is idle (${scripts.length} files), ${(parts / 1000).toFixed(1)} KB of parts after that`,
  );
  expect(all).toBeGreaterThan(0);
  expect(all).toBeLessThanOrEqual(FIRST_LOAD_LIMIT);
});
