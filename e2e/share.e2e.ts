/**
 * Sharing, from the sharer's dialog to a visitor who has never been here: make the link, open it in a clean profile, step, copy,
 * delete. No story here runs a model.
 */
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { mainPicture, questionOf } from '../lib/trajectory';
import { ANY, sayingAmong } from '../lib/words/fixtures/saying';
import { Playground } from './pages/playground';
import { makeLink, openShareDialog, SharedRun } from './pages/shared-run';
import { goldenRun, type KeptRun } from './shares/golden-run';
import { keepRun, keptRuns, readLibrary } from './shares/library';
import { makeShare, pathOf, storedBody } from './shares/make-share';
import { common } from '../lib/words/en/common';
import { share as words } from '../lib/words/en/share';
import { visit } from '../lib/words/en/visit';
import { trajectory as runWords } from '../lib/words/en/trajectory';
import { canvas as canvasWords } from '../lib/words/en/canvas';

async function openKept(page: Page, kept: KeptRun = goldenRun()): Promise<Playground> {
  await keepRun(page, kept);
  const playground = new Playground(page);
  await playground.open(`/?run=${kept.trajectory.id}`);
  await expect(playground.run).toBeVisible();
  return playground;
}

/** What is said of a picture that is sent as it is, whatever its size. */
const FULL_QUALITY = words.contents.pictures.stripped(1).slice(words.size(1).length);

/** What is said of the text, whatever its size. */
const textOf = (shown: number, of: number) => words.contents.textOf(shown, of, 1).replace(words.size(1), '');

/** Another person's browser. */
async function cleanProfile(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
}

test('share, open in a clean profile, step, copy', async ({ page, browser, baseURL }) => {
  const kept = goldenRun();
  const { steps } = kept.trajectory;
  const question = questionOf(kept.trajectory);
  const image = mainPicture(kept.trajectory);
  const sharer = await openKept(page, kept);
  const before = await openShareDialog(sharer);
  await expect(before).toContainText(words.contents.exact(2, 25_000_000).slice(1));
  await expect(before).toContainText(textOf(steps.length, steps.length));
  await before.getByRole('button', { name: common.close }).click();
  const { link, dialog } = await makeLink(sharer);
  expect(link).toMatch(/\/t\/[0-9a-f]{32}#[\w-]{43}$/);
  await expect(dialog.getByRole('img', { name: words.result.qrLabel })).toBeVisible();
  await expect(dialog).toContainText(words.result.facts('', 0, true).split(', ').at(-1) ?? '');

  const visitors = await cleanProfile(browser);
  const asked: string[] = [];
  visitors.on('request', (request) => asked.push(request.url()));
  const visitor = await visitors.newPage();
  await visitor.goto(new URL('/robots.txt', baseURL).href);
  const shared = new SharedRun(visitor);
  await visitor.goto(link.replace('#', '?step=2#'));
  await expect(shared.run.getByRole('heading')).toHaveText(question);

  await shared.expectCursor(2);
  await expect(shared.steps()).toHaveCount(2);
  await expect(visitor.locator('[data-canvas]')).toBeVisible();
  await expect(shared.facts).toContainText(visit.facts.readOnly);
  await expect(shared.facts).toContainText(words.own.expiresIn(words.duration(29.5 * 86_400_000)));
  await visitor.keyboard.press('ArrowRight');
  await shared.expectCursor(3);
  await expect(visitor).toHaveURL(/step=3#[\w-]{43}$/);
  await visitor.keyboard.press('Home');
  await shared.expectCursor(0);
  await visitor.keyboard.press('Space');
  await expect(shared.player.getByRole('button', { name: runWords.player.pause })).toBeVisible();
  await visitor.keyboard.press('Space');
  await visitor.keyboard.press('End');
  await shared.expectCursor(steps.length);
  await visitor.keyboard.press('b');
  await expect(visitor.getByRole('button', { name: canvasWords.showBoxes })).toBeVisible();
  await expect(visitor.getByRole('textbox')).toHaveCount(0);

  // The key never travels, and neither engine nor model was asked for.
  const key = link.split('#')[1]!;
  expect(asked.filter((url) => url.includes(key))).toEqual([]);
  expect(asked.filter((url) => /\/(models|ort|gallery)\//.test(url))).toEqual([]);
  expect(await readLibrary(visitor)).toBeNull();

  await visitor.getByRole('button', { name: visit.copy }).click();
  const copied = new Playground(visitor);
  await expect(copied.run.getByRole('heading').first()).toHaveText(question);
  await expect(visitor).toHaveURL(/\/\?run=[^&]+&step=/);
  expect(await keptRuns(visitor)).toBe(1);
  expect(await readLibrary(visitor)).toContain(`"parent":{"runId":"${kept.trajectory.id}"`);
  await expect(copied.canvas.getByRole('img')).toHaveAccessibleName(new RegExp(`${image?.width}`));
  await visitors.close();
});

test('what the server stores has no word and no pixel of the run in it', async ({ baseURL }) => {
  const { original, picture } = goldenRun();
  const stored = storedBody(await makeShare(baseURL ?? ''));
  const secrets = [original.question, original.image.name, original.image.hash, 'loupe-trajectory', 'IHDR'];
  for (const secret of secrets) expect(stored.includes(secret), secret).toBe(false);
  expect(stored.includes(picture.subarray(100, 132))).toBe(false);
});

test('delete now: the link is gone for everyone, and the list forgets it', async ({ page, browser }) => {
  const sharer = await openKept(page);
  const { link, dialog } = await makeLink(sharer);
  await dialog.getByRole('button', { name: words.dialog.delete }).click();
  await dialog.getByRole('button', { name: words.dialog.deleteForAll }).click();
  await expect(page.getByRole('dialog', { name: words.dialog.gone })).toBeVisible();
  const visitors = await cleanProfile(browser);
  const visitor = await visitors.newPage();
  await visitor.goto(link);
  await expect(new SharedRun(visitor).failure).toHaveAttribute('data-code', 'deleted');
  await visitors.close();
  await page.getByRole('button', { name: words.own.title }).click();
  await expect(page.getByRole('dialog', { name: words.own.title })).toContainText(words.own.none);
});

test('my shares: found after a reload, opened, deleted; another tab hears of it', async ({ page, context }) => {
  const sharer = await openKept(page);
  const { link } = await makeLink(sharer);
  await page.reload();
  await page.getByRole('button', { name: words.own.title }).click();
  const sheet = page.getByRole('dialog', { name: words.own.title });
  await expect(sheet.getByRole('listitem')).toHaveCount(1);
  await expect(sheet.getByRole('link', { name: words.own.open })).toHaveAttribute('href', link);

  const other = await context.newPage();
  await other.goto('/');
  await other.getByRole('button', { name: words.own.title }).click();
  const otherSheet = other.getByRole('dialog', { name: words.own.title });
  await expect(otherSheet.getByRole('listitem')).toHaveCount(1);

  await sheet.getByRole('button', { name: sayingAmong(words.own.deleteNamed(ANY)) }).click();
  await sheet.getByRole('button', { name: words.dialog.deleteForAll }).click();
  await expect(sheet).toContainText(words.own.none);
  await expect(otherSheet).toContainText(words.own.none);
  await other.close();
});

test('without the picture, and only up to a step', async ({ page }) => {
  const kept = goldenRun();
  const count = kept.trajectory.steps.length;
  const sharer = await openKept(page, kept);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await sharer.expectCursor(2);
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: words.dialog.title });
  await expect(dialog).toContainText(FULL_QUALITY);
  await dialog.getByRole('switch', { name: words.options.noPicture }).check();
  await expect(dialog).toContainText(words.contents.pictures['left-out']);
  await dialog.getByRole('switch', { name: words.options.upTo(2, count) }).check();
  await expect(dialog).toContainText(textOf(2, count));
  await dialog.getByRole('button', { name: words.dialog.make }).click();
  const link = await page
    .getByRole('dialog', { name: words.dialog.made })
    .getByLabel(words.result.link, { exact: true })
    .inputValue();

  await page.goto(link);
  const shared = new SharedRun(page);
  await expect(shared.facts).toContainText(visit.facts.cut(2, count));
  await expect(shared.facts).toContainText(visit.facts.noPicture);
  await shared.expectCursor(0);
  await page.keyboard.press('End');
  await shared.expectCursor(2);
  await expect(shared.steps()).toHaveCount(2);
});

test('opening and stepping through a link leaves one’s own runs as they are, in both of two tabs', async ({
  page,
  context,
  baseURL,
}) => {
  const sharer = await openKept(page);
  const before = await readLibrary(page);
  const share = await makeShare(baseURL ?? '');
  const other = await context.newPage();
  await other.goto(pathOf(share));
  const shared = new SharedRun(other);
  await expect(shared.run).toBeVisible();
  await other.keyboard.press('ArrowLeft');
  await other.keyboard.press('ArrowLeft');
  expect(await readLibrary(other)).toBe(before);

  // A copy adds one; the first tab still works, with both.
  await other.getByRole('button', { name: visit.copy }).click();
  await expect(other).toHaveURL(/\/\?run=/);
  await expect(new Playground(other).run).toBeVisible();
  expect(await keptRuns(other)).toBe(2);
  const runs = await sharer.openRuns();
  await expect(runs.getByRole('listitem')).toHaveCount(2);
  await other.close();
});

test('cancelled while uploading: nothing is shared, and it can be tried again', async ({ page }) => {
  const sharer = await openKept(page);
  const dialog = await openShareDialog(sharer);
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route('**/api/shares/*', async (route) => {
    if (route.request().method() !== 'PUT') return route.continue();
    await held;
    await route.abort().catch(() => undefined);
  });
  await dialog.getByRole('button', { name: words.dialog.make }).click();
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await dialog.getByRole('button', { name: common.cancel }).click();
  await expect(dialog.getByRole('button', { name: words.dialog.make })).toBeEnabled();
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  letGo();
  await page.unroute('**/api/shares/*');
  await dialog.getByRole('button', { name: words.dialog.make }).click();
  await expect(page.getByRole('dialog', { name: words.dialog.made })).toBeVisible();
});

test('no connection: the dialog says so, and what to do', async ({ page }) => {
  const sharer = await openKept(page);
  const dialog = await openShareDialog(sharer);
  await page.route('**/api/shares', (route) => route.abort());
  await dialog.getByRole('button', { name: words.dialog.make }).click();
  const alert = dialog.getByRole('alert');
  await expect(alert).toHaveAttribute('data-code', 'offline');
  await expect(alert).toContainText(words.make.offline.advice);
});
