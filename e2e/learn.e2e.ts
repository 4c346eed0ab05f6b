/** How it learned to look: the slider goes through the checkpoints, and what the page says is what the run's file says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { learn } from '../lib/words/en/learn';
import { ANY, saying } from '../lib/words/fixtures/saying';
import { parseTrainingRecord, type TestRun } from '../lib/learn';
import { violations } from './pages/violations';

const record = parseTrainingRecord(
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'public', 'learn', 'run.json'), 'utf8')),
);
const questions = record.scenes.flatMap((scene) => scene.questions);
const { checkpoints } = record;

/** A question that is looked for in the wrong place at first and found at the end. */
const index = questions.findIndex(({ needsZoom, runs }) => needsZoom && !runs[0]?.hit && runs.at(-1)?.right);

test('from the first checkpoint to the last, the same question: looks wander, then land', async ({ page }) => {
  const question = questions[index];
  if (!question) throw new Error('No question of the record is missed at first and found at the end.');
  await page.goto('/learn');
  await expect(page.getByText(learn.notOfTheApp)).toBeVisible();
  const slider = page.getByRole('slider', { name: learn.question.checkpoint });
  await expect(page.getByText(question.question, { exact: true }).first()).toBeVisible();

  const shows = async (run: TestRun | undefined) => {
    if (!run) throw new Error('There is no run at this checkpoint.');
    const picture = page.getByRole('img', { name: saying(learn.question.pictureAt(run.step, ANY)) });
    await expect(picture).toBeVisible();
    await expect(picture.locator('text')).toHaveCount(run.crops.filter(Boolean).length);
    await expect(page.getByText(run.answer ?? learn.question.noAnswer, { exact: true }).last()).toBeVisible();
  };
  await slider.press('Home');
  await shows(question.runs[0]);
  await slider.press('End');
  await shows(question.runs.at(-1));
});

test('its table has a row a checkpoint with the numbers of the file, and axe finds nothing', async ({ page }) => {
  await page.goto('/learn');
  const rows = page.getByRole('table', { name: learn.tested.title }).getByRole('row');
  await expect(rows).toHaveCount(checkpoints.length + 1);
  for (const [i, { step, zoomAccuracy }] of checkpoints.entries()) {
    const row = rows.nth(i + 1);
    await expect(row.getByRole('rowheader')).toHaveText(`${step}`);
    await expect(row.getByRole('cell').nth(1)).toHaveText((100 * (zoomAccuracy ?? NaN)).toFixed(1));
  }
  const { curves, paper } = learn;
  const described = curves.described(curves.rightAnswers, `${curves.fromTo(curves.zoomNeeded, ANY, ANY)}${ANY}`);
  await expect(page.getByRole('img', { name: saying(described) })).toBeVisible();
  const beside = page.getByRole('table', { name: paper.title }).getByRole('row', { name: paper.right });
  await expect(beside).toContainText(`→ ${(100 * (checkpoints.at(-1)?.zoomAccuracy ?? NaN)).toFixed(1)}`);
  // Two sets of scenes gave two pairs of numbers: the page says why, with both.
  const [before, after] = [checkpoints[0], checkpoints.at(-1)].map((one) =>
    (100 * (one?.zoomAccuracy ?? NaN)).toFixed(1),
  );
  await expect(page.getByText(record.about.note ?? 'no note')).toContainText(`${before} and ${after}`);
  expect(await violations(page)).toEqual([]);
});
