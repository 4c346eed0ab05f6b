/** The browser's storage as it is in the world: refused, cleared, of a newer version, shared by two tabs. */
import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { library as words } from '../lib/words/en/library';
import { Library } from './pages/library';
import { Playground } from './pages/playground';

const RUN = readFileSync(join(import.meta.dirname, 'fixtures/hostile/run-html.json'));

/** Said on every page while runs are not kept. */
const notKept = (page: Page, code: string) => page.locator(`[role="status"][data-code="unkept/${code}"]`);

test('refused, as in private windows: everything works, and it is said that runs end with the tab', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const refused = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    Object.defineProperty(window, 'indexedDB', { get: refused });
    Object.defineProperty(window, 'localStorage', { get: refused });
    Object.defineProperty(window, 'caches', { get: refused });
  });
  const library = new Library(page);
  await library.open();
  await expect(notKept(page, 'refused')).toBeVisible();
  await library.importFile('run.json', RUN);
  await expect(library.rows).toHaveCount(1);
  await library.rows.first().locator('[data-open]').click();
  await expect(new Playground(page).run).toBeVisible();
});

test('of a newer version: it is said, and what that one kept is left alone', async ({ page }) => {
  await page.goto('/robots.txt');
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('loupe-library', 99);
        opening.onupgradeneeded = () => void opening.result.createObjectStore('of the future');
        opening.onsuccess = () => resolve(opening.result.close());
        opening.onerror = () => reject(new Error('not opened'));
      }),
  );
  await new Library(page).open();
  await expect(notKept(page, 'outdated')).toBeVisible();
  const kept = await page.evaluate(async () =>
    (await indexedDB.databases()).map(({ name, version }) => [name, version]),
  );
  expect(kept).toContainEqual(['loupe-library', 99]);
});

test('cleared under the page: the list says so, the run on screen stays, and the next one is kept', async ({
  page,
  context,
  baseURL,
}) => {
  const library = new Library(page);
  await library.open();
  await library.importFile('run.json', RUN);
  await library.rows.first().locator('[data-open]').click();
  const playground = new Playground(page);
  await expect(playground.run).toBeVisible();
  const sheet = await playground.openRuns();
  await expect(sheet.locator('[data-run]')).toHaveCount(1);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', {
    origin: new URL(baseURL ?? '').origin,
    storageTypes: 'indexeddb',
  });
  await expect(sheet.locator('[data-run]')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(playground.run).toBeVisible();
  await library.open();
  await expect(page.getByText(words.empty.title)).toBeVisible();
  await library.importFile('run.json', RUN);
  await expect(library.rows).toHaveCount(1);
});

test('a question whose page is closed at once is in the list of the next one', async ({ page, context }) => {
  const playground = new Playground(page);
  // The model never comes: nothing but the question is there to be kept.
  await page.route('**/models/**', () => undefined);
  await playground.open();
  await playground.openGalleryPicture(1);
  await playground.ask('What was I about to learn?');
  await expect(playground.stopButton).toBeVisible();
  await page.waitForTimeout(300);
  await page.close();
  const next = await context.newPage();
  const library = new Library(next);
  await library.open();
  await expect(library.rows).toHaveCount(1);
  await expect(library.rows.first()).toContainText('What was I about to learn?');
});
