/**
 * What if it had not looked? The same question asked the other way round, side by side; what a run was worth where the answer is
 * known; the patterns it shows. Whether the model is right is its evaluation's business: here the page has to say it truly.
 */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { isRight } from '../lib/scene';
import { firstTagToRead, readGallery } from './gallery';
import { maker } from '../lib/words/en/maker';
import { Playground } from './pages/playground';
import { makeLink, SharedRun } from './pages/shared-run';
import { violations, violationsInBoth } from './pages/violations';
import { review } from '../lib/words/en/review';
import { trajectory as runWords } from '../lib/words/en/trajectory';
import { visit } from '../lib/words/en/visit';

const { looks: looksWord, steps, tokens, time } = review.column;
const COUNTS = new RegExp(`${looksWord}\\d+${steps}\\d+${tokens}\\d+${time}[\\d.]+ m?s`);

const sideBySide = (page: Page): Locator => page.getByRole('region', { name: review.whatIf.label });
const column = (page: Page, way: 'with' | 'without'): Locator =>
  sideBySide(page).getByRole('article', { name: review.column[way], exact: true });

function accepted(question: string): readonly string[] {
  const found = readGallery()
    .flatMap(({ questions }) => questions)
    .find((one) => one.question === question);
  if (!found) throw new Error(`The gallery does not ask "${question}"`);
  return found.accepted;
}

async function askGallery(playground: Playground): Promise<string> {
  const { number, question } = firstTagToRead();
  await playground.open();
  await playground.openGalleryPicture(number);
  await playground.askAndWait(question);
  return question;
}

/** Presses it and waits for the second run to end. */
async function press(playground: Playground, name: string): Promise<void> {
  const before = new URL(playground.page.url()).searchParams.get('run');
  await playground.page.getByRole('button', { name }).click();
  await expect(playground.page).not.toHaveURL(new RegExp(`run=${before ?? 'none'}\\b`), { timeout: 300_000 });
  await playground.settled();
}

test('answered with a look, then asked again without: two runs side by side, kept, and there after a reload', async ({
  page,
}) => {
  const playground = new Playground(page);
  const question = await askGallery(playground);
  const seen = await playground.answer();
  expect(await playground.steps('result').count()).toBeGreaterThanOrEqual(1);
  const right = isRight(seen ?? '', accepted(question));

  await page.getByRole('button', { name: runWords.details }).click();
  const reward = page.locator('[data-reward]');
  await expect(reward).toHaveAttribute('data-reward', right ? '2' : '0');
  await expect(reward.locator('[data-verdict]')).toHaveText(right ? review.right : 'Wrong');
  await reward.locator('summary').click();
  await expect(reward.getByRole('row', { name: new RegExp(`^${review.reward.terms.accuracy}`) })).toContainText(
    right ? '0.8 × 1 = 0.8' : '0.8 × 0 = 0.0',
  );

  await press(playground, review.whatIf.notLooked);
  await expect(playground.steps('call')).toHaveCount(0);
  await expect(playground.steps('answer')).toHaveCount(1);
  const guessed = await playground.answer();
  await expect(column(page, 'with')).toContainText(seen ?? 'nothing');
  await expect(column(page, 'without')).toContainText(guessed ?? 'nothing');
  await expect(column(page, 'without')).toContainText(review.column.onScreen);
  for (const [way, answer] of [
    ['with', seen],
    ['without', guessed],
  ] as const) {
    const verdict = isRight(answer ?? '', accepted(question)) ? review.right : 'Wrong';
    await expect(column(page, way).locator('[data-verdict]')).toHaveText(verdict);
    await expect(column(page, way)).toContainText(COUNTS);
  }

  await page.reload();
  await expect(column(page, 'with')).toContainText(seen ?? 'nothing');
  await expect(column(page, 'without')).toContainText(review.column.onScreen);
  await column(page, 'with')
    .getByRole('button', { name: review.column.show.with.replace(/<.?more>/g, '') })
    .click();
  await expect(column(page, 'with')).toContainText(review.column.onScreen);
  await expect(playground.steps('call')).not.toHaveCount(0);

  expect(await violationsInBoth(page)).toEqual([]);
  const [left, other] = await Promise.all((['with', 'without'] as const).map((way) => column(page, way).boundingBox()));
  expect(other!.y).toBe(left!.y);
  await page.setViewportSize({ width: 390, height: 844 });
  const [above, below] = await Promise.all(
    (['with', 'without'] as const).map((way) => column(page, way).boundingBox()),
  );
  expect(below!.y).toBeGreaterThanOrEqual(above!.y + above!.height);
  expect(await violations(page)).toEqual([]);

  const sheet = await playground.openRuns();
  await expect(sheet.locator('li[data-run]')).toHaveCount(2);
});

test('the other way round by keyboard; stopped midway, it is asked again', async ({ page }) => {
  await page.addInitScript(() => {
    localStorage.setItem('loupe.settings', JSON.stringify({ tools: false }));
  });
  const playground = new Playground(page);
  await askGallery(playground);
  await expect(playground.steps('call')).toHaveCount(0);

  await page.getByRole('button', { name: review.whatIf.looked }).focus();
  await page.keyboard.press('Enter');
  await expect(sideBySide(page).getByRole('heading', { level: 3 })).toBeFocused({ timeout: 300_000 });
  await page.keyboard.press('Escape');
  await playground.settled();
  await expect(column(page, 'with')).toContainText(review.column.noAnswer.stopped);
  await expect(playground.alert).toBeHidden();

  await press(playground, review.whatIf.again);
  await expect(playground.steps('answer')).toHaveCount(1);
  await expect(column(page, 'with')).toContainText(review.column.onScreen);
  await expect(page.getByRole('button', { name: review.whatIf.again })).toBeHidden();
  // The page's own settings are as they were.
  const settings = await playground.openSettings();
  await expect(settings.getByRole('switch').first()).not.toBeChecked();
});

test('a comparison of two numbers shows its pattern, and the rule that fired @long', async ({ page }) => {
  const playground = new Playground(page);
  const compare = readGallery().flatMap(({ questions }, index) => {
    const found = questions.find(({ kind }) => kind === 'larger-number');
    return found ? [{ number: index + 1, question: found.question }] : [];
  });
  let looks = 0;
  for (const { number, question } of compare.slice(0, 4)) {
    await playground.open();
    await playground.openGalleryPicture(number);
    await playground.askAndWait(question);
    looks = await playground.steps('result').count();
    if (looks >= 2) break;
  }
  expect(looks, 'none of four comparisons was looked at twice').toBeGreaterThanOrEqual(2);
  const chip = page.getByRole('button', { name: review.patterns.named['visual-comparison'].name });
  await chip.focus();
  await page.keyboard.press('Enter');
  await expect(chip).toHaveAttribute('aria-expanded', 'true');
  await expect(playground.run).toContainText(review.patterns.rule(review.patterns.named['visual-comparison'].rule));
  await expect(playground.run).toContainText(review.patterns.source);
  expect(await violations(page)).toEqual([]);

  const { link } = await makeLink(playground);
  await page.goto(link);
  const shared = new SharedRun(page);
  await shared.toEnd(page);
  await expect(shared.run.getByRole('button', { name: review.patterns.named['visual-comparison'].name })).toBeVisible();
  await page.getByRole('button', { name: runWords.details }).click();
  await expect(page.locator('[data-reward]')).toBeVisible();
  await expect(page.getByRole('button', { name: /^What if/ })).toBeHidden();

  // A copy of it among one's own runs can be asked again.
  await page.getByRole('button', { name: visit.copy }).click();
  await press(playground, review.whatIf.notLooked);
  await expect(column(page, 'without')).toContainText(review.column.onScreen);
  await expect(column(page, 'with')).toContainText(`${review.column.looks}${looks}`);
});

test('the answer to a made scene is known, also after a reload', async ({ page }) => {
  const playground = new Playground(page);
  await page.goto('/make');
  await page.getByRole('button', { name: new RegExp(`^(${maker.add('dog')}|${maker.inTheScene('dog')})$`) }).click();
  await page.getByText(maker.writing, { exact: true }).click();
  await page.getByLabel(maker.tagText).fill('K7');
  await page.getByRole('button', { name: maker.ask }).click();
  await playground.pictureReady();
  // In words of one's own: the scene knows.
  await playground.askAndWait('And what does the label of the dog say?');
  const read = (await playground.answer()) ?? '';
  const verdict = isRight(read, ['K7']) ? review.right : 'Wrong';
  await expect(playground.run.locator('[data-verdict]')).toHaveText(verdict);
  await expect(playground.run).toContainText(review.known.wrote('K7', read));
  await page.reload();
  await expect(playground.run.locator('[data-verdict]')).toHaveText(verdict);
});

test('of a question nobody gave the answer to, nothing is said', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.openGalleryPicture(1);
  await playground.askAndWait('Why is the phone there at all?');
  await page.waitForLoadState('networkidle'); // the gallery's own questions have been read by then
  await expect(page.locator('[data-reward], [data-verdict]')).toHaveCount(0);
});
