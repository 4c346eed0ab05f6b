/**
 * Changing a run: its box by keyboard and by pointer, its words, a token; its branches by key; the same question many times; two runs side by
 * side. What the model makes of it is its own affair: here the page has to do what was asked, and say whose words are whose.
 */
import { expect, test } from '@playwright/test';
import { compare } from '../lib/words/en/compare';
import { fork } from '../lib/words/en/fork';
import { library } from '../lib/words/en/library';
import { share } from '../lib/words/en/share';
import { trajectory } from '../lib/words/en/trajectory';
import { firstTagToRead } from './gallery';
import { Changes } from './pages/changes';
import { Playground } from './pages/playground';
import { openShareDialog } from './pages/shared-run';
import { violations } from './pages/violations';

async function asked(playground: Playground): Promise<Changes> {
  const { number, question } = firstTagToRead();
  await playground.open();
  await playground.openGalleryPicture(number);
  await playground.askAndWait(question);
  return new Changes(playground);
}

test('a run is changed by box, words and token, each a branch that a key leads to, and two of them are compared', async ({
  page,
}) => {
  const playground = new Playground(page);
  const changes = await asked(playground);
  const first = changes.run();

  // The box, by keyboard: moved, resized, looked at from there on.
  await changes.show('call');
  await changes.press(fork.step.move);
  const before = await changes.drawn();
  await expect(changes.box).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  const after = await changes.drawn();
  expect(after[0]).toBeGreaterThan(before[0]!);
  expect(after[3]).toBeGreaterThan(before[3]!);
  await changes.making(() => page.keyboard.press('Enter'));
  await page.keyboard.press('Home');
  await expect(playground.steps('call').first()).toBeHidden();
  await page.keyboard.press('End');
  await expect(playground.steps('call').first()).toContainText(trajectory.steps.editedByPerson);

  // A look of one's own, by pointer, in place of the answer; drawn, then moved.
  await page.keyboard.press('End');
  await changes.show('think');
  await changes.press(fork.step.look);
  await changes.drag([0.4, 0.4], [0.5, 0.5]);
  const drawn = await changes.drawn();
  await changes.drag([0.45, 0.45], [0.5, 0.45]);
  expect((await changes.drawn())[0]).toBeGreaterThan(drawn[0]!);
  await changes.making(() => changes.press(fork.draft.look));
  await expect(playground.steps('call').first()).toContainText(trajectory.steps.byPerson);

  // The words: what was typed is marked as the person's.
  await changes.show('think');
  await changes.press(fork.step.edit);
  await page.getByRole('textbox', { name: fork.edit.label }).fill('Something else');
  await changes.making(() => page.keyboard.press('Control+Enter'));
  await expect(page.locator('[data-person]').first()).toBeVisible();

  // Another token, by keyboard.
  await page.getByRole('button', { name: trajectory.details }).click();
  await page.getByRole('button', { name: trajectory.probabilities }).click();
  await playground.steps('think').last().locator('[data-token]').last().press('Enter');
  await changes.making(() => changes.tokens.and(page.locator(':enabled')).first().press('Enter'));

  await page.getByRole('button', { name: trajectory.probabilities }).click();
  await expect(changes.branches).toHaveCount(5);
  expect(await violations(page)).toEqual([]);
  const last = changes.run();
  await page.keyboard.press('[');
  await expect.poll(() => changes.run()).not.toBe(last);
  await page.keyboard.press(']');
  await expect.poll(() => changes.run()).toBe(last);

  // Deleting a branch can be undone.
  await changes.branches.nth(1).getByRole('button').last().click();
  await expect(changes.branches).not.toHaveCount(5);
  await changes.press(fork.branches.undo);
  await expect(changes.branches).toHaveCount(5);

  // Two of them side by side, on one cursor.
  await changes.branches.first().getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/compare\\?a=${last}&b=${first}`));
  const [left, right] = [compare.side.a, compare.side.b].map((name) => page.getByRole('region', { name }));
  await expect(left!.locator('li[data-step]').first()).toBeVisible();
  await page.getByRole('button', { name: compare.first }).click();
  await expect(page.locator('li[data-step]')).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(left!.locator('li[data-step]')).toHaveCount(1);
  await expect(right!.locator('li[data-step]')).toHaveCount(1);
  await page.keyboard.press('End');
  await page.getByRole('button', { name: compare.toDivergence }).click();
  await expect(page.getByRole('button', { name: compare.divergence })).toBeVisible();
  await page.getByRole('button', { name: compare.overlay }).click();
  await expect(page.getByRole('img', { name: compare.overlayLabel })).toBeVisible();
  // A step of one moves the other along.
  await page.keyboard.press('End');
  await right!.locator('li[data-step]').first().getByRole('button').first().click();
  await expect(page.getByRole('status', { name: compare.position })).toHaveText(/^1\s*\//);
  await expect(left!.locator('li[data-step]')).toHaveCount(1);
  expect(await violations(page)).toEqual([]);
});

test('the same question twice more: votes, one link for all, and the library shows them as one', async ({ page }) => {
  const playground = new Playground(page);
  const changes = await asked(playground);
  await changes.press(fork.times.ask);
  await page.getByRole('textbox', { name: fork.times.count }).fill('2');
  await page.getByRole('textbox', { name: fork.times.count }).press('Enter');
  await changes.press(fork.times.start(2));
  const results = page.getByRole('region', { name: fork.times.label });
  await expect(results.getByRole('button', { name: /2/ })).toBeVisible({ timeout: 300_000 });
  await expect(page.getByText(fork.times.going(2, 2))).toBeHidden({ timeout: 300_000 });

  // One link carries all of them, and opens them side by side.
  const dialog = await openShareDialog(playground);
  await dialog.getByRole('switch', { name: share.options.beside(2) }).check();
  await expect(dialog.getByRole('button', { name: share.dialog.make })).toBeEnabled();
  await dialog.getByRole('button', { name: share.dialog.make }).click();
  const made = page.getByRole('dialog', { name: share.dialog.made });
  const link = await made.getByRole('textbox', { name: share.result.link }).inputValue();
  await page.goto(link);
  for (const side of ['a', 'b'] as const) {
    await expect(page.getByRole('region', { name: compare.side[side] }).locator('li[data-step]').first()).toBeVisible();
    await expect(page.getByRole('combobox', { name: compare.side[side] }).locator('option')).toHaveCount(3);
  }

  await page.goto('/library');
  const list = page.getByRole('list', { name: library.list });
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await list.getByRole('button', { name: library.row.branches(2) }).click();
  await expect(list.getByRole('listitem')).toHaveCount(3);
});
