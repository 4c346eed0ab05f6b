/** Without a network, and across two versions of the app. */
import { expect, test, type Page } from '@playwright/test';
import { app } from '../lib/words/en/app';
import { firstRun } from '../lib/words/en/first-run';
import { reliability } from '../lib/words/en/reliability';
import { update } from '../lib/words/en/update';
import { firstTagToRead } from './gallery';
import { serveTwoVersions, type TwoVersions } from './offline/two-versions';
import { Playground } from './pages/playground';

let server: TwoVersions;
test.beforeEach(async ({ baseURL }) => {
  server = await serveTwoVersions(baseURL ?? '');
});
test.afterEach(() => server.close());

/** The first visit, until everything is here that the next one needs. */
async function firstVisit(page: Page): Promise<void> {
  await page.goto(server.url);
  const isReady = () =>
    page.evaluate(async () => {
      const runtime = await (await caches.open('loupe-ort')).keys();
      return navigator.serviceWorker.controller !== null && runtime.some(({ url }) => url.endsWith('threaded.wasm'));
    });
  await expect.poll(isReady, { timeout: 300_000 }).toBe(true);
}

test.describe('with a service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('the second visit needs no network: a question is asked, answered and kept; a picture shared from another app is opened, and never sent', async ({
    page,
  }) => {
    await firstVisit(page);
    server.become('off');
    const playground = new Playground(page);
    const first = firstTagToRead();
    await page.goto(server.url);
    expect(await page.evaluate(() => self.crossOriginIsolated)).toBe(true);
    await playground.openGalleryPicture(first.number);
    await playground.askAndWait(first.question);
    await playground.expectAVisibleZoom();
    await (await playground.openSettings()).press('Escape');
    // A kept run by its address, and the other pages.
    await page.reload();
    await expect(playground.steps('answer')).toHaveCount(1);
    for (const path of ['/library', '/bench', '/learn', '/make']) {
      await page.goto(`${server.url}${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
    }
    await page.goto(`${server.url}/t/0123456789abcdef`);
    await expect(page.getByRole('heading', { name: app.offline.title })).toBeVisible();
    await page.getByRole('link', { name: app.offline.home }).click();
    await expect(playground.gallery.first()).toBeVisible();

    server.become('a');
    const before = server.received();
    await page.evaluate(async () => {
      const picture = await (await fetch('/app/any-192.png')).blob();
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', enctype: 'multipart/form-data', action: '/receive' });
      const field = Object.assign(document.createElement('input'), { type: 'file', name: 'picture' });
      const carried = new DataTransfer();
      carried.items.add(new File([picture], 'from my phone.png', { type: 'image/png' }));
      field.files = carried.files;
      form.append(field);
      document.body.append(form);
      form.submit();
    });
    await playground.pictureReady();
    await expect(page.getByText('from my phone.png').first()).toBeAttached();
    expect(server.received()).toBe(before);
  });

  test('a newer version is offered, waits for the run, and comes when it is asked for', async ({ page }) => {
    await firstVisit(page);
    const playground = new Playground(page);
    await playground.openGalleryPicture(1);
    await page.evaluate(() => Object.assign(window, { stays: true }));
    server.become('b');
    await playground.ask(firstTagToRead().question);
    await expect(playground.stopButton).toBeVisible();
    await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    const offer = page.getByRole('status').filter({ hasText: update.ready });
    await expect(offer).toBeVisible();
    const reload = offer.getByRole('button', { name: update.reload });
    if (await playground.stopButton.isVisible()) await expect(reload).toBeDisabled();
    await playground.settled();
    // The version that is open still has all its parts.
    await (await playground.openSettings()).press('Escape');
    await expect(reload).toBeEnabled();
    expect(await page.evaluate(() => 'stays' in window)).toBe(true);
    await reload.click();
    await page.waitForFunction(() => !('stays' in window));
    await expect(playground.run).toBeVisible();
    const scripts = await page.evaluate(() => [...document.scripts].map(({ src }) => src).join());
    expect(scripts).toContain('/_next/static/b/chunks/');
  });
});

test('where no service worker takes a shared picture, the server answers without reading it', async ({ request }) => {
  const answer = await request.post('/receive', {
    multipart: { picture: { name: 'a.png', mimeType: 'image/png', buffer: Buffer.alloc(2_000_000) } },
    maxRedirects: 0,
  });
  expect([answer.status(), answer.headers().location]).toEqual([303, '/']);
});

test('a part whose file is gone from the server leaves the page and a way on', async ({ page }) => {
  await page.goto(server.url);
  await expect(page.getByRole('banner')).toBeVisible();
  // What the page fetches by itself is there: only what is opened next is missing.
  await expect(page.getByLabel(firstRun.label)).toBeVisible();
  server.become('b');
  await page.getByRole('button', { name: 'Settings' }).click();
  const failed = page.getByRole('alert').filter({ hasText: reliability.part.missing });
  await expect(failed).toBeVisible();
  await expect(page.getByTestId('gallery-picture').first()).toBeVisible();
  server.become('a');
  await failed.getByRole('button', { name: reliability.part.again }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
});
