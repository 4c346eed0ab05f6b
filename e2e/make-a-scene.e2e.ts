/**
 * Make a scene: a tag that nobody could have known is typed at test time, and the model has to go and look. Whether it reads the
 * tag right is the model's evaluation (training/README.md), not this story's: what was typed and what was read is printed.
 */
import { expect, test, type Page } from '@playwright/test';
import { maker } from '../lib/words/en/maker';
import { Playground } from './pages/playground';
import { trajectory as runWords } from '../lib/words/en/trajectory';

/** As the page says: letters and digits that cannot be mistaken for each other. */
const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ23456789';
const randomTag = (): string =>
  Array.from({ length: 2 }, () => LETTERS[Math.floor(Math.random() * LETTERS.length)] ?? 'A').join('');

async function makeScene(page: Page, noun: string, tag: string): Promise<void> {
  await page.goto('/make');
  await page
    .getByRole('button', { name: maker.add(noun), exact: true })
    .or(page.getByRole('button', { name: maker.inTheScene(noun), exact: true }))
    .click();
  await expect(page.getByRole('heading', { name: maker.objectTitle(noun) })).toBeVisible();
  await page.getByText(maker.writing, { exact: true }).click();
  await page.getByLabel(maker.tagText).fill(tag);
  await expect(page.getByRole('button', { name: maker.object(noun, maker.tag(tag)) })).toBeVisible();
  await page.getByRole('button', { name: maker.ask }).click();
}

/** Scenes are random, and a small model does not look closer at every one. */
const TRIES = 4;

test('a tag typed just now is looked at closely, and answered', async ({ page }) => {
  const playground = new Playground(page);
  const tried: string[] = [];
  let looked = 0;
  for (let tries = 0; tries < TRIES && looked === 0; tries += 1) {
    const tag = randomTag();
    await makeScene(page, 'dog', tag);
    await playground.pictureReady();
    await playground.askAndWait('What does the tag on the dog say?');
    const answer = await playground.answer();
    if (answer !== null) looked = await playground.steps('result').count();
    const kinds = await playground
      .steps()
      .evaluateAll((steps) => steps.map((step) => step.getAttribute('data-type')).join(' '));
    tried.push(`typed ${tag}, read ${answer ?? 'nothing'} (${kinds})`);
  }
  console.log(tried.join('\n'));
  expect(looked, tried.join('; ')).toBeGreaterThanOrEqual(1);
  await expect(playground.steps('result').first()).toContainText(runWords.steps.crop(1));
  await expect(playground.steps('answer')).toHaveCount(1);
});

test('the suggested questions of a made scene are about what is in it', async ({ page }) => {
  const playground = new Playground(page);
  await makeScene(page, 'dog', 'K7');
  await playground.pictureReady();
  await expect(page.getByRole('button', { name: 'What does the tag on the dog say?' })).toBeVisible();
});
