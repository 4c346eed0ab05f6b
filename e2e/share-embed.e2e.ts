/** A run inside a foreign page, on an origin of its own: it works there, says how high it wants to be, and nothing else may be framed. */
import { expect, test } from '@playwright/test';
import { SharedRun } from './pages/shared-run';
import { serveForeignPage } from './shares/foreign-page';
import { makeShare, pathOf } from './shares/make-share';
import { visit } from '../lib/words/en/visit';
import { trajectory as runWords } from '../lib/words/en/trajectory';

interface Said {
  readonly type: string;
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly origin: string;
}

for (const isolated of [false, true]) {
  test(`embedded in a foreign page${isolated ? ' that is cross-origin isolated' : ''}: it steps, and says its size`, async ({
    page,
    baseURL,
  }) => {
    const origin = baseURL ?? '';
    const share = await makeShare(origin);
    const site = await serveForeignPage({ frames: [`${origin}${pathOf(share).replace('/t/', '/e/')}`], isolated });
    await page.goto(site.origin);
    const frame = page.frameLocator('iframe');
    const shared = new SharedRun(frame);
    await expect(shared.run).toBeVisible();
    // The question stands alone at first.
    await shared.expectCursor(0);
    await shared.player.getByRole('button', { name: runWords.player.last }).click();
    const count = await shared.steps().count();
    await shared.player.getByRole('button', { name: runWords.player.previous }).click();
    await shared.expectCursor(count - 1);
    await expect(frame.getByRole('link', { name: visit.openInLoupe.replace(/<.?more>/g, '') })).toHaveAttribute(
      'href',
      `${origin}${pathOf(share, count - 1)}`,
    );

    const said = await page.evaluate(() => (window as unknown as { said: Said[] }).said);
    expect(said.length).toBeGreaterThanOrEqual(1);
    const [size] = said;
    expect(size).toMatchObject({ type: 'size', id: share.id, origin });
    expect(JSON.stringify(said)).not.toContain(share.key);
    const box = await page.locator('iframe').boundingBox();
    expect(box?.height).toBe(size?.height);
    // The host that obeyed is not asked again: one message for each width.
    expect(new Set(said.map(({ width }) => width)).size).toBe(said.length);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { said: Said[] }).said.at(-1)?.width ?? 0))
      .toBeLessThan(400);
    await site.close();
  });
}

test('only the embedded view may be framed', async ({ page, baseURL }) => {
  const origin = baseURL ?? '';
  const share = await makeShare(origin);
  const site = await serveForeignPage({ frames: [`${origin}${pathOf(share)}`, `${origin}/`] });
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/frame-ancestors/.test(message.text())) refused.push(message.text());
  });
  await page.goto(site.origin);
  await expect.poll(() => refused.length).toBeGreaterThanOrEqual(2);
  for (const frame of page.frames().slice(1)) expect(frame.url()).not.toContain(`${origin}/t/`);
  await site.close();
  for (const [path, ancestors] of [
    ['/t/0', "frame-ancestors 'none'"],
    ['/e/0', 'frame-ancestors *'],
    ['/', "frame-ancestors 'none'"],
  ] as const) {
    const { headers } = await page.request.get(path).then((answer) => ({ headers: answer.headers() }));
    expect(headers['content-security-policy'], path).toContain(ancestors);
  }
});

test('a frame with a link that cannot be opened says so inside', async ({ page, baseURL }) => {
  const site = await serveForeignPage({ frames: [`${baseURL ?? ''}/e/${'0'.repeat(32)}`] });
  await page.goto(site.origin);
  await expect(new SharedRun(page.frameLocator('iframe')).failure).toHaveAttribute('data-code', 'no-key');
  await site.close();
});
