/** Sharing for everyone: axe on its states in light and dark, and the dialog by keyboard alone, focus given back. */
import { expect, test } from '@playwright/test';
import { Playground } from './pages/playground';
import { SHARE_WAYS } from './pages/share-states';
import { violationsInBoth, WCAG } from './pages/violations';
import { goldenRun } from './shares/golden-run';
import { keepRun } from './shares/library';
import { share as words } from '../lib/words/en/share';
import { workspace } from '../lib/words/en/workspace';

for (const { states, go } of SHARE_WAYS) {
  test(`axe finds nothing, light and dark: ${states.join(', ')}`, async ({ page, baseURL }) => {
    const seen: string[] = [];
    for await (const state of go(page, baseURL ?? '')) {
      seen.push(state);
      expect(await violationsInBoth(page, WCAG), state).toEqual([]);
    }
    expect(seen).toEqual(states);
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
