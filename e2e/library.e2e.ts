/** The library that loses nothing: found, tagged, selected, deleted and brought back, taken away and brought in, in two tabs. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { library as words } from '../lib/words/en/library';
import { ANY, saying, sayingAmong } from '../lib/words/fixtures/saying';
import { makeRuns, seedRuns } from './library-runs.mjs';
import { Library } from './pages/library';
import { drawNoise } from './pictures/draw';
import { Playground } from './pages/playground';
import { violationsInBoth } from './pages/violations';
import { notices } from '../lib/words/en/notices';

/** Some megabytes: noise does not compress. */
async function noisePicture(page: Page): Promise<{ bytes: Buffer; hash: string }> {
  const bytes = await drawNoise(page);
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex') };
}

test('runs are found by words and tags, put in order, tagged and opened', async ({ page }) => {
  const library = new Library(page);
  await library.openWith(12);
  // Thumbnails were not kept with these: they are made from the pictures, and kept.
  await expect(library.rows.first().locator('img')).toBeVisible({ timeout: 300_000 });

  const question = String(makeRuns(12)[4]?.summary.question);
  await library.find.fill(question.toUpperCase());
  await expect(library.rows.first()).toContainText(question);
  await library.page.keyboard.press('Escape');
  await library.expectCount(12);
  await library.find.fill('nothing has these words');
  await expect(page.getByText(words.empty.noneFits)).toBeVisible();
  await page.getByRole('button', { name: words.empty.showAll }).click();

  await page.getByLabel(words.find.order).selectOption('oldest');
  await expect(library.rows.first()).toHaveAttribute('data-run', 'run-0011');
  await page.getByLabel(words.find.order).selectOption('newest');

  await library.box(0).check();
  await library.box(2).check();
  await library.selection.getByRole('button', { name: words.selection.tag }).click();
  const dialog = page.getByRole('dialog', { name: words.tags.title });
  await dialog.getByLabel(words.tags.new).fill('My tag');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('checkbox', { name: 'My tag' })).toBeChecked();
  await page.keyboard.press('Escape');
  await library.selection.getByRole('button', { name: words.selection.none }).click();
  await library.side.getByRole('button', { name: /^My tag/ }).click();
  await library.expectCount(2, 12);
  await expect(library.rows.first()).toContainText('My tag');

  await library.rows.first().getByRole('link').click();
  await expect(page).toHaveURL(/run=run-0000/);
  await expect(new Playground(page).run).toBeVisible();
});

test('several are deleted at once, brought back by undo, and later from recently deleted', async ({ page }) => {
  const library = new Library(page);
  await library.openWith(12);
  await library.box(1).check();
  await library.rows
    .nth(4)
    .getByRole('link')
    .click({ modifiers: ['Shift'] });
  await expect(library.selection).toContainText(words.selection.selected(4));
  await library.selection.getByRole('button', { name: words.selection.delete }).click();
  await library.expectCount(8);
  await library.undo.click();
  await library.expectCount(12);
  await expect(library.rows.nth(1)).toHaveAttribute('data-run', 'run-0001');

  await library.rows
    .first()
    .getByRole('button', { name: saying(words.row.delete(ANY)) })
    .click();
  await library.expectCount(11);
  await page.reload();
  await library.side.getByRole('button', { name: sayingAmong(words.side.recentlyDeleted) }).click();
  const bin = page.getByRole('dialog', { name: words.bin.title });
  await bin.getByRole('button', { name: saying(words.bin.restoreNamed(ANY)) }).click();
  await expect(bin.getByText(words.bin.nothing)).toBeVisible();
  await page.keyboard.press('Escape');
  await library.expectCount(12);
});

test('by keyboard alone: move, select a range, all, none, rename, delete, undo, open', async ({ page }) => {
  const library = new Library(page);
  await library.openWith(1000);
  const focused = () => page.evaluate(() => document.activeElement?.closest('[data-run]')?.getAttribute('data-run'));
  await library.rows.first().getByRole('link').focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(focused).toBe('run-0001');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(library.selection).toContainText(words.selection.selected(3));
  await page.keyboard.press('Escape');
  await expect(library.selection).toBeHidden();
  await page.keyboard.press('Control+a');
  await expect(library.selection).toContainText(words.selection.selected(1000));
  await page.keyboard.press('Escape');
  await page.keyboard.press('End');
  await expect.poll(focused).toBe('run-0999');
  await page.keyboard.press('Space');
  await expect(library.selection).toContainText(words.selection.selected(1));
  await page.keyboard.press('Delete');
  await library.expectCount(999);
  await expect.poll(focused).toBe('run-0998');
  await page.keyboard.press('Control+z');
  await library.expectCount(1000);
  await expect.poll(focused).toBe('run-0998');
  await page.keyboard.press('Home');
  await expect.poll(focused).toBe('run-0000');
  await page.keyboard.press('F2');
  await page.keyboard.type('By hand');
  await page.keyboard.press('Enter');
  await expect(library.rows.first()).toContainText('By hand');
  await expect.poll(focused).toBe('run-0000');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/run=run-0000/);
});

test('exported, erased and imported again: everything is as it was; a broken file is refused in words', async ({
  page,
}) => {
  const library = new Library(page);
  await library.openWith(12);
  await library.rows.first().getByRole('link').focus();
  await page.keyboard.press('Control+a');
  const downloading = page.waitForEvent('download');
  await library.selection.getByRole('button', { name: words.selection.export, exact: true }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^loupe-runs-.*\.zip$/);
  const bytes = readFileSync(await download.path());

  await library.selection.getByRole('button', { name: words.selection.delete }).click();
  await expect(page.getByText(words.empty.title)).toBeVisible();
  await library.side.getByRole('button', { name: sayingAmong(words.side.recentlyDeleted) }).click();
  await page.getByRole('button', { name: words.bin.deleteAll }).click();
  await page.getByRole('button', { name: words.bin.deleteForGood(12) }).click();
  await page.keyboard.press('Escape');

  await library.importFile('half.zip', bytes.subarray(0, bytes.length / 2));
  await expect(page.getByText(words.problems['archive-damaged'])).toBeVisible();
  await library.importFile('runs.zip', bytes);
  await expect(page.getByText(words.files.sentence([words.files.added(12)]))).toBeVisible();
  await library.expectCount(12);
  await expect(library.rows.first()).toHaveAttribute('data-run', 'run-0000');
  await expect(library.rows.nth(1)).toContainText('to check');
  await library.importFile('runs.zip', bytes);
  await expect(page.getByText(words.files.sentence([words.files.known(12)]))).toBeVisible();

  await library.rows.first().getByRole('link').click();
  await expect(new Playground(page).run).toBeVisible();
  await expect(page.locator('[data-canvas]')).toBeVisible();
});

test('two tabs: what one does the other shows, and neither undoes the other', async ({ page, context }) => {
  const here = new Library(page);
  await here.openWith(12);
  const there = new Library(await context.newPage());
  await there.open();
  await there.expectCount(12);

  await there.rows
    .first()
    .getByRole('button', { name: saying(words.row.rename(ANY)) })
    .click();
  await there.page.getByLabel(words.row.name).fill('Renamed in the other tab');
  await there.page.keyboard.press('Enter');
  await expect(here.rows.first()).toContainText('Renamed in the other tab');
  await here.box(0).check();
  await here.box(1).check();
  await there.rows
    .nth(1)
    .getByRole('button', { name: saying(words.row.delete(ANY)) })
    .click();
  await here.expectCount(11);
  await expect(here.selection).toContainText(words.selection.selected(1));
  await here.selection.getByRole('button', { name: words.selection.tag }).click();
  await here.page.getByLabel(words.tags.new).fill('from here');
  await here.page.keyboard.press('Enter');
  await expect(there.rows.first()).toContainText('from here');
  await expect(there.rows.first()).toContainText('Renamed in the other tab');
  await there.undo.click();
  await here.expectCount(12);
});

test('a full disk is said so, nothing kept is lost, and the run can be taken away', async ({
  page,
  context,
  baseURL,
}) => {
  const library = new Library(page);
  // Room for twelve runs, not for megabytes more. Before anything is opened: a browser goes on with what room it saw first.
  const session = await context.newCDPSession(page);
  const { origin } = new URL(baseURL ?? '');
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 3_500_000 });
  await library.openWith(12);
  const runs = makeRuns(13);
  const { bytes, hash } = await noisePicture(page);
  const newest = runs[12]!.trajectory;
  const run = {
    ...newest,
    pictures: newest.pictures.map((one) => (one.file ? { ...one, file: { ...one.file, hash } } : one)),
    files: { [hash]: `data:image/png;base64,${bytes.toString('base64')}` },
  };

  await library.importFile('large.json', Buffer.from(JSON.stringify(run)));
  await expect(page.getByText(words.problems.quota)).toBeVisible();
  await page.reload();
  await library.expectCount(12);
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await library.importFile('large.json', Buffer.from(JSON.stringify(run)));
  await expect(page.getByText(words.files.sentence([words.files.added(1)]))).toBeVisible();
});

test('where the browser refuses storage, the page says so before anyone relies on it', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  });
  const playground = new Playground(page);
  await playground.open();
  await expect(page.getByText(notices.unkept.refused.title)).toBeVisible();
  const sheet = await playground.openRuns();
  await expect(sheet.getByText(words.sheet.notKept)).toBeVisible();
});

test('the latest are in the sheet, which leads to all', async ({ page }) => {
  const library = new Library(page);
  await library.open();
  await seedRuns(page, makeRuns(30));
  const playground = new Playground(page);
  await playground.open('/');
  const sheet = await playground.openRuns();
  await expect(sheet.getByRole('listitem')).toHaveCount(20);
  await sheet.getByRole('link', { name: words.sheet.all(30) }).click();
  await library.expectCount(30);
});

test('axe finds nothing, light and dark, wide and narrow: empty, selected, tagging, deleted', async ({ page }) => {
  const library = new Library(page);
  const look = async () => {
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      expect(await violationsInBoth(page)).toEqual([]);
    }
  };
  await library.open();
  await expect(page.getByText(words.empty.title)).toBeVisible();
  await look();
  await library.openWith(12);
  await library.box(0).check();
  await library.box(1).check();
  await look();
  await library.selection.getByRole('button', { name: words.selection.tag }).click();
  await expect(page.getByRole('dialog', { name: words.tags.title })).toBeVisible();
  await look();
  await page.keyboard.press('Escape');
  await library.selection.getByRole('button', { name: words.selection.delete }).click();
  await expect(library.undo).toBeVisible();
  await look();
});
