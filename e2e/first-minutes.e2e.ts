/** The first ten minutes: what most people bring and ask first, and what the page says to it. */
import { expect, test } from '@playwright/test';
import { canvas } from '../lib/words/en/canvas';
import { playground as words } from '../lib/words/en/playground';
import { review } from '../lib/words/en/review';
import { trajectory } from '../lib/words/en/trajectory';
import { workspace } from '../lib/words/en/workspace';
import { firstTagToRead } from './gallery';
import { Playground } from './pages/playground';
import { drawnLandscape } from './pages/states';

test('a photograph: the page says what the model knows before anything is asked, and an answer is marked as a guess', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.openFile('holiday.png', 'image/png', await drawnLandscape(page));
  const note = page.locator('[data-note="outside"]');
  await expect(note).toContainText(workspace.outside.title, { timeout: 300_000 });
  await expect(playground.steps()).toHaveCount(0);

  await playground.question.fill('What animal is this?');
  await page.getByRole('button', { name: words.composer.askAnyway }).click();
  await expect(playground.stopButton).toBeVisible();
  await playground.settled();
  await expect(note).toBeVisible();
  const answers = playground.steps('answer');
  for (const text of await answers.allTextContents()) {
    expect(text).toContain(trajectory.steps.guess);
    expect(text).not.toMatch(/<\/?(think|tool_call|answer|tool_response)/);
  }
  await expect(page.getByRole('list', { name: review.patterns.label })).toHaveCount(0);
  await expect(playground.question).toHaveValue('');
  await playground.question.press('ArrowUp');
  await expect(playground.question).toHaveValue('What animal is this?');

  await note.getByRole('button', { name: workspace.outside.server }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('a question outside its world is told with examples that fill the field; the story leaves details out; the model’s eye', async ({
  page,
}) => {
  const playground = new Playground(page);
  const first = firstTagToRead();
  await playground.open();
  await playground.openGalleryPicture(first.number);
  await playground.question.fill('Describe it');
  const note = page.locator('[data-note="question"]');
  await expect(note).toContainText(workspace.question.outside);
  const example = note.getByRole('listitem').first().getByRole('button');
  const text = (await example.textContent()) ?? '';
  await example.click();
  await expect(playground.question).toHaveValue(text);
  await expect(note).toBeHidden();

  await playground.question.fill(first.question);
  await playground.question.press('Enter');
  await expect(playground.stopButton).toBeVisible();
  await playground.settled();
  // Question and answer are in sight together, whatever is scrolled between them.
  await playground.run.locator('ol').hover();
  await page.mouse.wheel(0, -5000);
  await expect(playground.run.getByRole('heading', { name: first.question })).toBeInViewport();
  await expect(playground.steps('answer')).toBeInViewport();
  await expect(playground.steps('call').first().getByText(trajectory.call.asked)).toBeHidden();
  await page.getByRole('button', { name: trajectory.details }).click();
  await expect(playground.steps('call').first().getByText(trajectory.call.asked)).toBeVisible();

  const eye = page.getByRole('button', { name: canvas.eye });
  await eye.click();
  await expect(eye).toHaveAttribute('aria-pressed', 'true');
});
