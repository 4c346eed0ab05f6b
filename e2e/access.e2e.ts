/** Everyone can use it: axe on the main states in light and dark, and a whole run by keyboard alone. */
import { expect, test, type Page } from '@playwright/test';
import { firstTagToRead } from './gallery';
import { Playground } from './pages/playground';
import { MAIN_WAYS, STATES } from './pages/states';
import { violations, violationsInBoth } from './pages/violations';
import { en } from '../lib/words/en';
import { trajectory as runWords } from '../lib/words/en/trajectory';

for (const { states, go } of MAIN_WAYS) {
  const looked = states.filter((state) => STATES.some((one) => one === state));
  test(`axe finds nothing, light and dark: ${looked.join(', ')}`, async ({ page }) => {
    const seen: string[] = [];
    for await (const state of go(page, en)) {
      if (!looked.includes(state)) continue;
      seen.push(state);
      // Again if need be: while a run goes on, words move under the measurement.
      await expect(async () => expect(await violationsInBoth(page), state).toEqual([])).toPass({ timeout: 300_000 });
    }
    expect(seen).toEqual(looked);
  });
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
