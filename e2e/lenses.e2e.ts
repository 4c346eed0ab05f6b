/**
 * Lenses on a run: measured with the model, stopped, kept with the run, saved as a figure, and shown by a link where there is no model. Which
 * numbers come of it is lib/lenses' affair.
 */
import { expect, test } from '@playwright/test';
import { lenses as words } from '../lib/words/en/lenses';
import { firstTagToRead } from './gallery';
import { LensPanel } from './pages/lenses';
import { Playground } from './pages/playground';
import { makeLink, SharedRun } from './pages/shared-run';
import { violations } from './pages/violations';

test('what a look was worth is measured, stays with the run, and goes with its link', async ({ page, browser }) => {
  const { number, question } = firstTagToRead();
  const playground = new Playground(page);
  await playground.open();
  await playground.openGalleryPicture(number);
  await playground.askAndWait(question);
  const panel = new LensPanel(page);

  // Stopped, it leaves nothing behind, and the next one begins.
  const contrast = await panel.open(words.contrast.name);
  await contrast.getByRole('button', { name: words.measure }).click();
  await contrast.getByRole('button', { name: words.stop, exact: true }).click();
  await expect(contrast.getByRole('button', { name: words.stop, exact: true })).toBeHidden();

  const belief = await panel.open(words.belief.name);
  await belief.getByRole('button', { name: words.measure }).click();
  await expect(belief.getByRole('button', { name: words.measureAgain })).toBeVisible();
  const points = belief.locator('svg[role="img"]').first();
  await expect(points).toHaveAccessibleName(new RegExp(words.belief.moments.thought));

  // The curve under the timeline moves with the cursor: it knew less at the beginning.
  const atEnd = await panel.beliefAtCursor();
  await page.keyboard.press('Home');
  await expect.poll(() => panel.beliefAtCursor()).toBeLessThan(atEnd);
  await page.keyboard.press('End');

  const saved = page.waitForEvent('download');
  await belief.getByRole('button', { name: words.saveSvg }).click();
  expect((await saved).suggestedFilename()).toMatch(/^loupe-belief\.svg$/);
  expect(await violations(page)).toEqual([]);

  // Kept, and for somebody who has no model.
  await page.reload();
  await expect(playground.run).toBeVisible();
  await page.keyboard.press('End');
  await expect(panel.lens(words.belief.name).getByRole('button', { name: words.measureAgain })).toBeVisible();
  const { link } = await makeLink(playground);
  const visitor = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  await visitor.goto(link);
  const shared = new SharedRun(visitor);
  await shared.toEnd(visitor);
  const seen = new LensPanel(visitor);
  await expect(seen.lens(words.belief.name).getByRole('img').first()).toBeVisible();
  await expect(seen.lens(words.belief.name).getByRole('button', { name: words.measureAgain })).toHaveCount(0);
  expect(await seen.beliefAtCursor()).toBeCloseTo(atEnd, 3);
});
