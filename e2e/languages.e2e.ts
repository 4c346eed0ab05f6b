/** The page in the language of whoever came: from the first byte, without a word of another, and only that one is fetched. */
import { expect, test, type Page } from '@playwright/test';
import { LANGUAGE_NAMES } from '../lib/words/languages';
import { en } from '../lib/words/en';
import { zh } from '../lib/words/zh';
import { Playground } from './pages/playground';
import { openShareDialog } from './pages/shared-run';
import { violations } from './pages/violations';
import { goldenRun } from './shares/golden-run';
import { keepRun } from './shares/library';

/** A string of each of the files that Chinese comes in. */
const FIRST = zh.playground.start.about;
const REST = zh.library.empty.about;

/** What the page's scripts hold, and what its console complains of (that React drew something else than the server, too). */
function watch(page: Page) {
  const texts: Promise<string>[] = [];
  const complaints: string[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') texts.push(response.text().catch(() => ''));
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return {
    complaints,
    holds: async (words: string) => (await Promise.all(texts)).some((text) => text.includes(words)),
  };
}

test.describe('a browser that asks for Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('is spoken to in Chinese: start, a run, its answer, sharing it', async ({ page, request }) => {
    const drawn = await (await request.get('/', { headers: { 'Accept-Language': 'zh-CN,zh;q=0.9' } })).text();
    expect(drawn).toContain('<html lang="zh-CN"');
    expect(drawn).toContain(zh.playground.start.about);
    expect(drawn).not.toContain(en.playground.start.about);

    const kept = goldenRun();
    await keepRun(page, kept);
    const { complaints, holds } = watch(page);
    const playground = new Playground(page, zh);
    await playground.open();
    await expect(page).toHaveTitle(zh.app.title);
    await expect(playground.gallery.first()).toBeVisible();

    await playground.open(`/?run=${kept.trajectory.id}`);
    await expect(playground.steps('answer')).toContainText(zh.trajectory.steps.answer);
    const dialog = await openShareDialog(playground);
    await expect(dialog).toContainText(zh.share.options.who);
    expect(await violations(page)).toEqual([]);
    expect([await holds(FIRST), await holds(REST)]).toEqual([true, true]);
    expect(complaints).toEqual([]);
  });
});

test('another browser fetches nothing of it until it is chosen; then it stays', async ({ page }) => {
  const { complaints, holds } = watch(page);
  await new Playground(page).open();
  const english = await new Playground(page).openSettings();
  expect([await holds(FIRST), await holds(REST)]).toEqual([false, false]);
  await english.getByText(LANGUAGE_NAMES.zh).click();
  await expect(page.getByRole('dialog', { name: zh.settings.title })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page).toHaveTitle(zh.app.title);

  await page.reload();
  await expect(page).toHaveTitle(zh.app.title);
  await expect(page.getByText(FIRST)).toBeVisible();
  expect(complaints).toEqual([]);
});
