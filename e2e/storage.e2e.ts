/** The browser's storage as it is in the world: refused, cleared, of a newer version, shared by two tabs. */
import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { library as words } from '../lib/words/en/library';
import { notices } from '../lib/words/en/notices';
import { playground as playgroundWords } from '../lib/words/en/playground';
import { Library } from './pages/library';
import { Playground } from './pages/playground';
import { drawJpeg, drawNoise } from './pictures/draw';
import { answerInRoute } from './servers/in-route';

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

test('full while a run is kept: it is said, the run goes on to its answer, and is saved once there is room', async ({
  page,
  context,
  baseURL,
}) => {
  const session = await context.newCDPSession(page);
  const { origin } = new URL(baseURL ?? '');
  // Before anything is opened: a browser goes on with what room it saw first.
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000_000 });
  await answerInRoute(page, 'Noise, and nothing else.');
  const playground = new Playground(page);
  await playground.open();
  await playground.openFile('noise.png', 'image/png', await drawNoise(page));
  await playground.pictureReady();
  await playground.askAndWait('What is there?');
  await expect(playground.alert).toContainText(notices.library.quota.title);
  await expect(playground.steps('answer')).toHaveText(/Noise, and nothing else\./);

  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await playground.alert.getByRole('button', { name: playgroundWords.notice.keep }).click();
  await expect(playground.alert).toBeHidden();
  const library = new Library(page);
  await library.open();
  await expect(library.rows).toHaveCount(1);
  await expect(library.rows.first()).toContainText('What is there?');
});

test('two tabs: what one keeps, names and deletes the other shows, and a run on screen there stays', async ({
  page,
  context,
}) => {
  await answerInRoute(page, 'A corner.');
  const playground = new Playground(page);
  await playground.open();
  await playground.openFile('corner.jpg', 'image/jpeg', await drawJpeg(page, 800, 600));
  await playground.pictureReady();
  const library = new Library(await context.newPage());
  await library.open();
  await playground.askAndWait('Which part is this?');
  await expect(library.rows).toHaveCount(1);
  await library.box(0).check();
  await library.selection.getByRole('button', { name: words.selection.delete }).click();
  await expect(library.rows).toHaveCount(0);
  const sheet = await playground.openRuns();
  await expect(sheet.locator('[data-run]')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(playground.run).toBeVisible();
  await library.undo.click();
  await expect((await playground.openRuns()).locator('[data-run]')).toHaveCount(1);
});

test('a file that the system opens with the app is opened', async ({ page }) => {
  const manifest = (await (await page.request.get('/manifest.webmanifest')).json()) as {
    file_handlers: readonly { action: string; accept: Readonly<Record<string, readonly string[]>> }[];
  }; // as app/manifest.ts has it
  const [handler] = manifest.file_handlers;
  expect(handler?.accept).toMatchObject({ 'image/png': ['.png'], 'application/json': ['.json'] });
  await page.addInitScript((text) => {
    const file = new File([text], 'opened.json', { type: 'application/json' });
    const launch = { files: [{ getFile: () => Promise.resolve(file) }] };
    Object.defineProperty(window, 'launchQueue', {
      value: { setConsumer: (take: (one: typeof launch) => void) => take(launch) },
    });
  }, RUN.toString());
  await page.goto(handler?.action ?? '/');
  await expect(new Playground(page).run).toBeVisible();
});
