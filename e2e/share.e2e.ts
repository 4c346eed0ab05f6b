/**
 * Sharing, from the sharer's dialog to a visitor who has never been here: make the link, open it in a clean profile, step, fork,
 * delete. No story here runs a model.
 */
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { mainPicture, questionOf } from '../lib/trajectory';
import { Playground } from './pages/playground';
import { makeLink, openShareDialog, SharedRun } from './pages/shared-run';
import { goldenRun, type KeptRun } from './shares/golden-run';
import { keepRun, keptRuns, readLibrary } from './shares/library';
import { makeShare, pathOf, storedBody } from './shares/make-share';

async function openKept(page: Page, kept: KeptRun = goldenRun()): Promise<Playground> {
  await keepRun(page, kept);
  const playground = new Playground(page);
  await playground.open(`/?run=${kept.trajectory.id}`);
  await expect(playground.run).toBeVisible();
  return playground;
}

/** Another person's browser. */
async function cleanProfile(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
}

test('share, open in a clean profile, step, fork', async ({ page, browser, baseURL }) => {
  const kept = goldenRun();
  const { steps } = kept.trajectory;
  const question = questionOf(kept.trajectory);
  const image = mainPicture(kept.trajectory);
  const sharer = await openKept(page, kept);
  const before = await openShareDialog(sharer);
  await expect(before).toContainText(/\d[\d,]* bytes, encrypted; at most 25\.0 MB/);
  await expect(before).toContainText(`all ${steps.length} steps`);
  await before.getByRole('button', { name: 'Close' }).click();
  const { link, dialog } = await makeLink(sharer);
  expect(link).toMatch(/\/t\/[0-9a-f]{32}#[\w-]{43}$/);
  await expect(dialog.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  await expect(dialog).toContainText('with its picture');

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
  await expect(shared.facts).toContainText('Read-only');
  await expect(shared.facts).toContainText('Expires in 29 days');
  await visitor.keyboard.press('ArrowRight');
  await shared.expectCursor(3);
  await expect(visitor).toHaveURL(/step=3#[\w-]{43}$/);
  await visitor.keyboard.press('Home');
  await shared.expectCursor(0);
  await visitor.keyboard.press('Space');
  await expect(shared.player.getByRole('button', { name: 'Pause' })).toBeVisible();
  await visitor.keyboard.press('Space');
  await visitor.keyboard.press('End');
  await shared.expectCursor(steps.length);
  await visitor.keyboard.press('b');
  await expect(visitor.getByRole('button', { name: 'Show boxes' })).toBeVisible();
  await expect(visitor.getByRole('textbox')).toHaveCount(0);

  // The key never travels, and neither engine nor model was asked for.
  const key = link.split('#')[1]!;
  expect(asked.filter((url) => url.includes(key))).toEqual([]);
  expect(asked.filter((url) => /\/(models|ort|gallery)\//.test(url))).toEqual([]);
  expect(await readLibrary(visitor)).toBeNull();

  await visitor.getByRole('button', { name: 'Fork' }).click();
  const forked = new Playground(visitor);
  await expect(forked.question).toHaveValue(question);
  await expect(forked.run).toBeVisible();
  await expect(visitor).toHaveURL(/\/\?run=[^&]+&step=/);
  expect(await keptRuns(visitor)).toBe(1);
  expect(await readLibrary(visitor)).toContain(`"parent":{"runId":"${kept.trajectory.id}"`);
  await expect(forked.canvas.getByRole('img')).toHaveAccessibleName(new RegExp(`${image?.width}`));
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
  await dialog.getByRole('button', { name: 'Delete now' }).click();
  await dialog.getByRole('button', { name: 'Delete for everyone' }).click();
  await expect(page.getByRole('dialog', { name: 'The link is deleted' })).toBeVisible();
  const visitors = await cleanProfile(browser);
  const visitor = await visitors.newPage();
  await visitor.goto(link);
  await expect(new SharedRun(visitor).failure).toHaveAttribute('data-code', 'deleted');
  await visitors.close();
  await page.getByRole('button', { name: 'My shares' }).click();
  await expect(page.getByRole('dialog', { name: 'My shares' })).toContainText('Nothing shared yet');
});

test('my shares: found after a reload, opened, deleted; another tab hears of it', async ({ page, context }) => {
  const sharer = await openKept(page);
  const { link } = await makeLink(sharer);
  await page.reload();
  await page.getByRole('button', { name: 'My shares' }).click();
  const sheet = page.getByRole('dialog', { name: 'My shares' });
  await expect(sheet.getByRole('listitem')).toHaveCount(1);
  await expect(sheet.getByRole('link', { name: 'Open' })).toHaveAttribute('href', link);

  const other = await context.newPage();
  await other.goto('/');
  await other.getByRole('button', { name: 'My shares' }).click();
  const otherSheet = other.getByRole('dialog', { name: 'My shares' });
  await expect(otherSheet.getByRole('listitem')).toHaveCount(1);

  await sheet.getByRole('button', { name: /^Delete “/ }).click();
  await sheet.getByRole('button', { name: 'Delete for everyone' }).click();
  await expect(sheet).toContainText('Nothing shared yet');
  await expect(otherSheet).toContainText('Nothing shared yet');
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
  const dialog = page.getByRole('dialog', { name: 'Share this run' });
  await expect(dialog).toContainText('in full quality');
  await dialog.getByRole('switch', { name: 'Leave the picture out' }).check();
  await expect(dialog).toContainText('left out');
  await dialog.getByRole('switch', { name: /Only up to this step/ }).check();
  await expect(dialog).toContainText(`the first 2 of ${count} steps`);
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const link = await page
    .getByRole('dialog', { name: 'Your link' })
    .getByLabel('The link', { exact: true })
    .inputValue();

  await page.goto(link);
  const shared = new SharedRun(page);
  await expect(shared.facts).toContainText(`The first 2 of ${count} steps`);
  await expect(shared.facts).toContainText('Shared without its picture');
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

  // Forking adds one; the first tab still works, with both.
  await other.getByRole('button', { name: 'Fork' }).click();
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
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByRole('button', { name: 'Make the link' })).toBeEnabled();
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  letGo();
  await page.unroute('**/api/shares/*');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await expect(page.getByRole('dialog', { name: 'Your link' })).toBeVisible();
});

test('no connection: the dialog says so, and what to do', async ({ page }) => {
  const sharer = await openKept(page);
  const dialog = await openShareDialog(sharer);
  await page.route('**/api/shares', (route) => route.abort());
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const alert = dialog.getByRole('alert');
  await expect(alert).toHaveAttribute('data-code', 'offline');
  await expect(alert).toContainText('Check the connection');
});
