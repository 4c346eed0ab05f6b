/** Stepping through a run by keyboard, and finding it again after a reload. */
import { expect, test } from '@playwright/test';
import { firstTagToRead } from './gallery';
import { Playground } from './pages/playground';
import { goldenRun } from './shares/golden-run';
import { keepRun } from './shares/library';
import { library } from '../lib/words/en/library';
import { status } from '../lib/words/en/status';
import { trajectory as runWords } from '../lib/words/en/trajectory';

/** @returns how many steps the run has, the last of which is shown */
async function shown(playground: Playground): Promise<number> {
  await expect(playground.run).toBeVisible();
  const { of } = await playground.cursor();
  expect(of).toBeGreaterThanOrEqual(2);
  await playground.expectCursor(of);
  return of;
}

/** A recorded run: how it is stepped through is no matter of the model. */
async function openRecorded(playground: Playground): Promise<number> {
  const kept = goldenRun();
  await keepRun(playground.page, kept);
  await playground.open(`/?run=${kept.trajectory.id}`);
  return shown(playground);
}

async function askOnce(playground: Playground): Promise<number> {
  const first = firstTagToRead();
  await playground.open();
  await playground.openGalleryPicture(first.number);
  await playground.askAndWait(first.question);
  return shown(playground);
}

test('back and forth by keyboard; the address names the step; typing is left alone', async ({ page }) => {
  const playground = new Playground(page);
  const last = await openRecorded(playground);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());

  await page.keyboard.press('ArrowLeft');
  await playground.expectCursor(last - 1);
  await expect(playground.steps()).toHaveCount(last - 1);
  await page.keyboard.press('k');
  await playground.expectCursor(last - 2);
  await expect(page).toHaveURL(new RegExp(`step=${last - 2}\\b`));
  await page.keyboard.press('j');
  await playground.expectCursor(last - 1);
  await page.keyboard.press('Home');
  await playground.expectCursor(0);
  await expect(playground.steps()).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await playground.expectCursor(1);
  await page.keyboard.press('End');
  await playground.expectCursor(last);
  await expect(playground.steps()).toHaveCount(last);

  // The same keys are letters while a question is being typed.
  await playground.question.fill('');
  await playground.question.pressSequentially('jk b');
  await expect(playground.question).toHaveValue('jk b');
  await playground.expectCursor(last);
});

test('play goes from the start to the end, and pause stops it', async ({ page }) => {
  const playground = new Playground(page);
  const last = await openRecorded(playground);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await expect(playground.player.getByRole('button', { name: runWords.player.pause })).toBeVisible();
  await playground.player.getByRole('button', { name: runWords.player.pause }).click();
  await expect(playground.player.getByRole('button', { name: runWords.player.play })).toBeVisible();
  await playground.player.getByLabel(runWords.player.speed).selectOption({ index: 3 });
  await playground.player.getByRole('button', { name: runWords.player.play }).click();
  await playground.expectCursor(last);
  await expect(playground.player.getByRole('button', { name: runWords.player.play })).toBeVisible();
});

test('a reload brings the run back; it can be found, renamed and deleted', async ({ page }) => {
  const playground = new Playground(page);
  const last = await askOnce(playground);
  const answer = await playground.answer();
  await expect(page).toHaveURL(/run=[^&]+&step=\d+/);

  await page.reload();
  await expect(playground.run).toBeVisible();
  await playground.expectCursor(last);
  await expect(playground.steps()).toHaveCount(last);
  expect(await playground.answer()).toBe(answer);

  const address = new URL(page.url());
  address.searchParams.set('step', '1');
  await page.goto(address.href);
  await playground.expectCursor(1);

  await playground.open('/');
  let sheet = await playground.openRuns();
  await expect(sheet.getByRole('listitem')).toHaveCount(1);
  await sheet.getByRole('button', { name: /^Rename/ }).click();
  await sheet.getByLabel(library.row.name).fill('My first look');
  await page.keyboard.press('Enter');
  await sheet.getByRole('button', { name: 'My first look', exact: false }).first().click();
  await expect(playground.run).toBeVisible();
  await expect(playground.steps()).toHaveCount(last);

  sheet = await playground.openRuns();
  await sheet.getByRole('button', { name: library.row.delete('My first look') }).click();
  await expect(sheet.getByText(library.sheet.nothing)).toBeVisible();
  await sheet.getByRole('button', { name: library.undo.undo }).click();
  await expect(sheet.getByRole('listitem')).toHaveCount(1);
});

test('stopped midway, the steps stay, and the next question is answered', async ({ page }) => {
  const playground = new Playground(page);
  const first = firstTagToRead();
  await playground.open();
  await playground.openGalleryPicture(first.number);
  await playground.ask(first.question);
  await expect(playground.steps('think').first()).toBeVisible({ timeout: 300_000 });
  await playground.stopButton.click();
  await expect(playground.status).toHaveText(status.stopped);
  await expect(playground.run).toContainText(runWords.ends.abort);
  expect(await playground.steps().count()).toBeGreaterThanOrEqual(1);
  await expect(playground.alert).toBeHidden();

  await playground.askAndWait(first.question);
  await expect(playground.steps('answer')).toHaveCount(1);
});
