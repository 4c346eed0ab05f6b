/** Everyone can use it: axe on the main states in light and dark, and a whole run by keyboard alone. */
import { expect, test, type Page } from '@playwright/test';
import { firstTagToRead } from './gallery';
import { Playground } from './pages/playground';
import { reachState, STATES } from './pages/states';
import { violations } from './pages/violations';
import { trajectory as runWords } from '../lib/words/en/trajectory';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const state of STATES) {
    test(`axe finds nothing: ${state}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const release = await reachState(page, state);
      // Again if need be: while a run goes on, words move under the measurement.
      await expect(async () => expect(await violations(page)).toEqual([])).toPass({ timeout: 300_000 });
      await release();
    });
  }
}

test('axe finds nothing in the sheets', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.openSettings();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await playground.openRuns();
  expect(await violations(page)).toEqual([]);
});

test('a whole run without a pointer: picture, question, steps, help', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await tabTo(page, () => playground.gallery.first().evaluate((element) => element === document.activeElement));
  await page.keyboard.press('Enter');
  await playground.pictureReady();

  await tabTo(page, () => playground.question.evaluate((element) => element === document.activeElement));
  await page.keyboard.type(firstTagToRead().question);
  await page.keyboard.press('Enter');
  await expect(playground.stopButton).toBeVisible();
  await playground.settled();
  const { of } = await playground.cursor();

  const previous = playground.player.getByRole('button', { name: runWords.player.previous });
  await tabTo(page, () => previous.evaluate((element) => element === document.activeElement));
  await page.keyboard.press('Enter');
  await playground.expectCursor(of - 1);

  await page.keyboard.press('?');
  const help = page.getByRole('dialog');
  await expect(help).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
});

/** Presses Tab until `arrived`, and sees on the way that focus is always visible. */
async function tabTo(page: Page, arrived: () => Promise<boolean>): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    const outlined = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return true;
      const rings = (at: Element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at);
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
      };
      // The element shows the focus, or a ring laid over it (the canvas's), or a wrapper (a field's frame).
      const over = element.nextElementSibling;
      if (over?.getAttribute('aria-hidden') === 'true' && rings(over)) return true;
      for (let at: Element | null = element; at && at !== document.body; at = at.parentElement)
        if (rings(at)) return true;
      return false;
    });
    const focused = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120));
    expect(outlined, `focus is invisible on ${focused ?? 'nothing'}`).toBe(true);
    if (await arrived()) return;
  }
  throw new Error('Tab never got there.');
}
