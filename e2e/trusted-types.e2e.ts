/**
 * Trusted Types in the built app: every page runs under the policy without a complaint of the browser, and what would make a
 * script of a text is refused. That workers, ONNX Runtime, HEIC and sharing run under it is told by all the other stories.
 */
import { expect, test } from '@playwright/test';
import { makeShare, pathOf } from './shares/make-share';

test('every page runs under it, and none of them is refused anything', async ({ page, baseURL }) => {
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(error.message));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) =>
      console.error(`violation: ${violatedDirective} ${sample}`),
    );
  });
  const share = await makeShare(baseURL ?? '');
  for (const path of [
    '/',
    '/learn',
    '/make',
    '/library',
    '/bench',
    pathOf(share),
    pathOf(share).replace('/t/', '/e/'),
  ]) {
    const response = await page.goto(path);
    expect(response?.headers()['content-security-policy'], path).toContain("require-trusted-types-for 'script'");
    await expect(page.locator('h1').first()).toBeAttached();
    // Chunks that are asked for once the page stands.
    await page.waitForLoadState('networkidle');
    expect(said, path).toEqual([]);
  }
});

test('a text becomes neither script, nor address of one, nor HTML', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('h1').first()).toBeAttached();
  const outcomes = await page.evaluate(() => {
    const script = () => document.createElement('script');
    const tries: Record<string, () => void> = {
      innerHTML: () => (document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>'),
      insertAdjacentHTML: () => document.body.insertAdjacentHTML('beforeend', '<b>x</b>'),
      srcdoc: () => (document.createElement('iframe').srcdoc = '<b>x</b>'),
      'script text': () => (script().text = 'alert(1)'),
      'script from elsewhere': () => (script().src = 'https://evil.example/x.js'),
      'script from a share': () => (script().src = '/api/shares/1'),
      'script from data': () => (script().src = 'data:text/javascript,1'),
      'worker from data': () => void new Worker('data:text/javascript,1'),
      'worker from a blob': () => void new Worker(URL.createObjectURL(new Blob(['1']))),
      'another policy': () =>
        void (
          window as never as { trustedTypes: { createPolicy(n: string, r: object): void } }
        ).trustedTypes.createPolicy('mine', {}),
      'a second default': () =>
        void (
          window as never as { trustedTypes: { createPolicy(n: string, r: object): void } }
        ).trustedTypes.createPolicy('default', {}),
      'our own script': () => (script().src = '/_next/static/chunks/x.js'),
    };
    return Object.fromEntries(
      Object.entries(tries).map(([name, attempt]) => {
        try {
          attempt();
          return [name, 'admitted'];
        } catch (error) {
          return [name, error instanceof TypeError ? 'refused' : String(error)];
        }
      }),
    );
  });
  const { 'our own script': own, ...others } = outcomes;
  expect(own).toBe('admitted');
  expect([...new Set(Object.values(others))], JSON.stringify(others)).toEqual(['refused']);
});
