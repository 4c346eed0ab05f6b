/** Sharing for everyone: axe on its states in light and dark, and the dialog by keyboard alone, focus given back. */
import { expect, test } from '@playwright/test';
import { Playground } from './pages/playground';
import { reachShareState, SHARE_STATES } from './pages/share-states';
import { violations, WCAG } from './pages/violations';
import { goldenRun } from './shares/golden-run';
import { keepRun } from './shares/library';
import { share as words } from '../lib/words/en/share';
import { workspace } from '../lib/words/en/workspace';

for (const state of SHARE_STATES) {
  test(`axe finds nothing: ${state}, light and dark`, async ({ page, baseURL }) => {
    const release = await reachShareState(page, state, baseURL ?? '');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await violations(page, WCAG), colorScheme).toEqual([]);
    }
    await release();
  });
}

test('the dialog by keyboard alone: opened with s, made with Enter, left with Escape', async ({ page }) => {
  const kept = goldenRun();
  await keepRun(page, kept);
  const playground = new Playground(page);
  await playground.open(`/?run=${kept.trajectory.id}`);
  const button = playground.run.getByRole('button', { name: workspace.share, exact: true });
  await button.focus();
  await page.keyboard.press('s');
  const before = page.getByRole('dialog', { name: words.dialog.title });
  const make = before.getByRole('button', { name: words.dialog.make });
  await expect(make).toBeEnabled();
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press('Tab');
    if (await make.evaluate((element) => element === document.activeElement)) break;
  }
  await page.keyboard.press('Enter');
  const after = page.getByRole('dialog', { name: words.dialog.made });
  await expect(after).toBeVisible();
  // Focus stays inside what is open, also where the pressed button is gone.
  expect(await after.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Escape');
  await expect(after).toBeHidden();
  await expect(button).toBeFocused();
});
