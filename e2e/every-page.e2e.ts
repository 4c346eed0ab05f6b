/** Axe on the pages and sheets that no other story looks at: those one comes to by a wrong address, and those that open over the page. */
import { expect, test, type Page } from '@playwright/test';
import { Playground } from './pages/playground';
import { Models } from './pages/models';
import { violations } from './pages/violations';
import { answer } from '../lib/words/en/answer';
import { app } from '../lib/words/en/app';
import { compare } from '../lib/words/en/compare';
import { maker } from '../lib/words/en/maker';
import { models } from '../lib/words/en/models';
import { playground as words } from '../lib/words/en/playground';
import { settings } from '../lib/words/en/settings';

async function findsNothing(page: Page, where: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(page), `${where}, ${colorScheme}`).toEqual([]);
  }
}

test('axe finds nothing: a scene being made, at two sizes', async ({ page }) => {
  await page.goto('/make');
  const object = page.getByRole('region', { name: maker.scene }).getByRole('button').first();
  await object.focus();
  await page.keyboard.press('Enter');
  const copies = page.getByRole('region', { name: maker.scene }).getByRole('button');
  const before = await copies.count();
  await page.keyboard.press('Control+d');
  await expect(copies).toHaveCount(before + 1);
  await expect(copies.last()).toBeFocused();
  await expect(page.getByText(/^There’s more than one/)).toBeVisible();
  await findsNothing(page, '/make');
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Control+z');
  await expect(copies).toHaveCount(before);
});

test('axe finds nothing: no such page, offline, two runs that are not here', async ({ page }) => {
  for (const [path, title] of [
    ['/nowhere', app.notFound.title],
    ['/offline', app.offline.title],
    ['/compare?a=x&b=y', compare.missing],
  ] as const) {
    await page.goto(path);
    await expect(page.getByText(title)).toBeVisible();
    await findsNothing(page, path);
  }
});

test('axe finds nothing: help, an answer to paste, and models without a network, which says what works now', async ({
  page,
  context,
}) => {
  const playground = new Playground(page);
  await playground.open();
  await page.getByRole('button', { name: words.header.help }).click();
  await expect(page.getByRole('dialog', { name: settings.keys.title })).toBeVisible();
  await findsNothing(page, 'help');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: answer.paste }).click();
  await expect(page.getByRole('dialog', { name: answer.sheet.title })).toBeVisible();
  await findsNothing(page, 'paste');
  await page.keyboard.press('Escape');

  const picker = new Models(page);
  await picker.open();
  await expect(picker.sheet.getByText(models.list.suggested)).toBeVisible();
  await expect(picker.sheet.getByText(models.list.offline)).toBeHidden();
  await context.setOffline(true);
  await expect(picker.sheet.getByText(models.list.offline)).toBeVisible();
  // Every model that is not here says so, and how large it is.
  const listed = picker.sheet.getByRole('button').filter({ hasText: /\d(B|M)\sparameters/ });
  expect(await listed.count()).toBeGreaterThan(5);
  for (const text of await listed.allTextContents()) {
    expect(text).toContain(models.list.marks.away.replaceAll(' ', '\u00a0'));
    expect(text).toMatch(/\d\s[MG]B/);
  }
  await findsNothing(page, 'models offline');
});
