/** Links that ask for something: a password, or the decision to use them up. From the dialog to visitors in clean profiles. */
import { expect, test, type Page } from '@playwright/test';
import { Playground } from './pages/playground';
import { openShareDialog, SharedRun } from './pages/shared-run';
import { goldenRun } from './shares/golden-run';
import { keepRun, keptRuns, readLibrary } from './shares/library';
import { makeShare, pathOf } from './shares/make-share';
import { share as words } from '../lib/words/en/share';
import { visit } from '../lib/words/en/visit';

/** What is said of a picture that is sent as it is, whatever its size. */
const FULL_QUALITY = words.contents.pictures.stripped(1).slice(words.size(1).length);

const PASSWORD = 'three plain words';

async function open(page: Page, password: string, button: string): Promise<void> {
  await page.getByLabel(words.password.label, { exact: true }).fill(password);
  await page.getByRole('button', { name: button, exact: true }).click();
}

test('a password from the dialog: wrong, wrong again, right; it never leaves the page', async ({ page, browser }) => {
  const kept = goldenRun();
  await keepRun(page, kept);
  const playground = new Playground(page);
  await playground.open(`/?run=${kept.trajectory.id}`);
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  const dialog = await openShareDialog(playground);
  await dialog.getByRole('switch', { name: words.options.lock }).check();
  const make = dialog.getByRole('button', { name: words.dialog.make });
  await dialog.getByLabel(words.password.label, { exact: true }).fill('short');
  await expect(make).toBeDisabled();
  await dialog.getByLabel(words.password.label, { exact: true }).fill(PASSWORD);
  await make.click();
  const done = page.getByRole('dialog', { name: words.dialog.made });
  await expect(done).toContainText(words.result.locked);
  const link = await done.getByRole('textbox', { name: words.result.link }).inputValue();
  expect(sent.filter((text) => text.includes(PASSWORD))).toEqual([]);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(PASSWORD);

  const visitors = await browser.newContext({ reducedMotion: 'reduce' });
  const visitor = await visitors.newPage();
  const asked: string[] = [];
  visitors.on('request', (request) => asked.push(request.url()));
  await visitor.goto(link);
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText(visit.gate.locked);
  const shared = new SharedRun(visitor);
  for (const wrong of ['not it', `${PASSWORD} `]) {
    await open(visitor, wrong, visit.gate.open);
    await expect(visitor.getByRole('main').getByRole('alert')).toHaveText(words.password.wrong);
    await expect(visitor.getByLabel(words.password.label, { exact: true })).toBeFocused();
    await expect(shared.run).toHaveCount(0);
  }
  // The share came once; trying asks nobody.
  expect(asked.filter((url) => url.includes('/api/shares/'))).toHaveLength(1);
  await visitor.getByLabel(words.password.label, { exact: true }).fill(PASSWORD);
  await visitor.getByLabel(words.password.label, { exact: true }).press('Enter');
  await expect(shared.run).toBeVisible();
  // A wrong link is told from a wrong password, without asking for one.
  await visitor.goto('about:blank');
  await visitor.goto(link.replace(/#.*/, `#${'A'.repeat(43)}`));
  await expect(shared.failure).toHaveAttribute('data-code', 'wrong-key');
  await visitors.close();
});

test('opens once: looking takes nothing, the first click takes it, whoever comes later is told', async ({
  browser,
  baseURL,
}) => {
  const share = await makeShare(baseURL ?? '', {}, { once: true });
  const link = new URL(pathOf(share), baseURL).href;

  // What a chat does with a link, with and without running its scripts.
  const preview = await browser.newContext({ javaScriptEnabled: false });
  for (let times = 0; times < 3; times++) expect((await (await preview.newPage()).goto(link))?.status()).toBe(200);
  await preview.close();
  const robots = await browser.newContext();
  const robot = await robots.newPage();
  await robot.goto(link);
  await expect(robot.getByRole('heading', { level: 1 })).toHaveText(visit.gate.once);
  await robots.close();

  const first = await browser.newContext({ reducedMotion: 'reduce' });
  const visitor = await first.newPage();
  const second = await browser.newContext({ reducedMotion: 'reduce' });
  const late = await second.newPage();
  await Promise.all([visitor.goto(link), late.goto(link)]);
  await expect(late.getByRole('button', { name: visit.gate.openOnce })).toBeVisible();
  await visitor.getByRole('button', { name: visit.gate.openOnce }).click();
  const shared = new SharedRun(visitor);
  await expect(shared.run).toBeVisible();
  await expect(visitor.locator('[data-note="opened-once"]')).toContainText(visit.onlyCopy.replace(/<.?strong>/g, ''));
  await expect(visitor.getByRole('button', { name: words.copy.link })).toHaveCount(0);

  // Who had the page open already, and who comes now.
  await late.getByRole('button', { name: visit.gate.openOnce }).click();
  const told = new SharedRun(late);
  await expect(told.failure).toHaveAttribute('data-code', 'opened');
  await expect(late.getByRole('heading', { level: 1 })).toHaveText(visit.open.opened.title);
  await late.reload();
  await expect(told.failure).toHaveAttribute('data-code', 'opened');
  expect(await readLibrary(late)).toBeNull();
  await second.close();

  await visitor.getByRole('button', { name: visit.keep }).click();
  await expect(visitor).toHaveURL(/\/\?run=/);
  await expect(new Playground(visitor).run).toBeVisible();
  expect(await keptRuns(visitor)).toBe(1);
  await first.close();
});

test('opens once, and the delivery breaks off: the same tab asks again, reloaded too', async ({ page, baseURL }) => {
  const share = await makeShare(baseURL ?? '', {}, { once: true });
  let broken = 0;
  await page.route(`**/api/shares/${share.id}/open`, async (route) => {
    if (route.request().method() !== 'POST' || broken === 2) return route.continue();
    broken += 1;
    // The server hands it out; the visitor gets nothing of it.
    await route.fetch();
    await route.abort();
  });
  await page.goto(pathOf(share));
  const button = page.getByRole('button', { name: visit.gate.openOnce });
  await button.click();
  await expect(page.getByRole('main').getByRole('alert')).toHaveAttribute('data-code', 'offline');
  await button.click();
  await expect(page.getByRole('main').getByRole('alert')).toHaveAttribute('data-code', 'offline');
  await page.reload();
  await button.click();
  await expect(new SharedRun(page).run).toBeVisible();
});

test('opens once, with a password: a wrong one does not use it up', async ({ page, browser, baseURL }) => {
  const share = await makeShare(baseURL ?? '', {}, { once: true, password: PASSWORD });
  await page.goto(pathOf(share));
  await open(page, 'wrong', visit.gate.openOnce);
  await expect(page.getByRole('main').getByRole('alert')).toContainText(words.password.wrong);
  const others = await browser.newContext();
  const other = await others.newPage();
  await other.goto(new URL(pathOf(share), baseURL).href);
  await expect(other.getByRole('heading', { level: 1 })).toHaveText(visit.gate.once);
  await others.close();
  await open(page, PASSWORD, visit.gate.openOnce);
  await expect(new SharedRun(page).run).toBeVisible();
});

test('a header that asks for four gigabytes is refused, and says so', async ({ page, baseURL }) => {
  const share = await makeShare(baseURL ?? '', {}, { password: PASSWORD });
  await page.route(`**/api/shares/${share.id}`, async (route) => {
    const answer = await route.fetch();
    const body = Buffer.from(await answer.body());
    body.writeUInt32BE(4 * 1024 * 1024, 64);
    const { createHash } = await import('node:crypto');
    createHash('sha256').update(body.subarray(0, 104)).digest().copy(body, 104, 0, 4);
    const headers = { ...answer.headers() };
    delete headers['content-length'];
    await route.fulfill({ status: 200, headers, body });
  });
  await page.goto(pathOf(share));
  await expect(new SharedRun(page).failure).toHaveAttribute('data-code', 'too-costly');
});

test('in a frame: the password is asked for there', async ({ page, baseURL }) => {
  const share = await makeShare(baseURL ?? '', {}, { password: PASSWORD });
  await page.goto(pathOf(share).replace('/t/', '/e/'));
  await open(page, PASSWORD, visit.gate.open);
  await expect(new SharedRun(page).run).toBeVisible();
});

test('the picture is cleaned in a worker of the page, and the dialog says how', async ({ page }) => {
  const kept = goldenRun();
  await keepRun(page, kept);
  const playground = new Playground(page);
  await playground.open(`/?run=${kept.trajectory.id}`);
  const dialog = await openShareDialog(playground);
  await expect(dialog).toContainText(FULL_QUALITY);
});
