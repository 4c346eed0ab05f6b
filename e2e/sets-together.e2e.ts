/** Other systems' files that the first stories do not open, and what is done with whole sets: compared, shared, followed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { deepEyesRow, linesOf } from '../lib/formats/fixtures/deepeyes-rows';
import { atifRun, inspectHeader, inspectSample } from '../lib/formats/fixtures/logs';
import { miniO3Lines } from '../lib/formats/fixtures/research-rows';
import { formats } from '../lib/words/en/formats';
import { share } from '../lib/words/en/share';
import { visit } from '../lib/words/en/visit';
import { violations } from './pages/violations';
import { drawJpeg } from './pictures/draw';

const words = formats.page;
const rowsOf = (page: Page) => page.locator('[data-row]');
const file = (name: string, content: string | Uint8Array) => ({ name, mimeType: '', buffer: Buffer.from(content) });
const zip = (files: Readonly<Record<string, unknown>>) =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, json]) => [
        name,
        json instanceof Uint8Array ? json : strToU8(JSON.stringify(json)),
      ]),
    ),
  );
const choose = (page: Page, ...files: ReturnType<typeof file>[]) =>
  page.locator('input[type=file]').first().setInputFiles(files);

/** Filtered to one row, opened, and stepped back by one. */
async function filterAndStep(page: Page, answer: string): Promise<void> {
  await page.getByLabel(words.filter.words).fill(answer);
  await expect(rowsOf(page)).toHaveCount(1);
  await rowsOf(page).click();
  const run = page.getByRole('region', { name: words.player.words });
  await expect(run).toContainText(answer);
  await page.keyboard.press('ArrowLeft');
  await expect(page).toHaveURL(/step=\d/);
  await page.getByRole('button', { name: words.player.back }).click();
}

test('an Inspect log, ATIF in an archive and a folder of Mini-o3 are opened, filtered and stepped', async ({
  page,
}, info) => {
  await page.goto('/set');
  const picture = await drawJpeg(page, 1000, 800);
  const sample = (id: number, answer: string) => {
    const made = inspectSample(`data:image/jpeg;base64,${picture.toString('base64')}`, { id });
    return { ...made, messages: [...made.messages.slice(0, -1), { role: 'assistant', content: answer }] };
  };
  const log = zip({
    'header.json': inspectHeader,
    'samples/1_epoch_1.json': sample(1, 'A bike'),
    'samples/2_epoch_1.json': sample(2, 'A tandem'),
  });
  await choose(page, file('images.eval', log));
  await expect(rowsOf(page)).toHaveCount(2);
  await filterAndStep(page, 'tandem');

  const answered = (answer: string) => {
    const run = atifRun('images/sign.jpg');
    return { ...run, steps: [...run.steps.slice(0, -1), { step_id: 4, source: 'agent', message: answer }] };
  };
  await page.goto('/set');
  await choose(
    page,
    file(
      'runs.zip',
      zip({
        'a/trajectory.json': answered('EXIT'),
        'b/trajectory.json': answered('ENTRY'),
        'a/images/sign.jpg': new Uint8Array(picture),
        'b/images/sign.jpg': new Uint8Array(picture),
      }),
    ),
  );
  await expect(rowsOf(page)).toHaveCount(2);
  await expect(page.getByLabel(words.noPicture)).toHaveCount(0);
  await filterAndStep(page, 'ENTRY');

  const folder = info.outputPath('outputs');
  for (const name of ['visual_probe_7', 'visual_probe_8']) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'traj.jsonl'), linesOf(miniO3Lines()).replaceAll('42', name.slice(-1)));
    writeFileSync(join(folder, name, 'original_image.jpg'), picture);
  }
  await page.goto('/set');
  await page.locator('input[webkitdirectory]').first().setInputFiles(folder);
  await expect(rowsOf(page)).toHaveCount(2);
  await expect(page.getByLabel(words.noPicture)).toHaveCount(0);
  await filterAndStep(page, '8');
});

test('a file of which every row failed for one reason says it once', async ({ page }) => {
  const row = (question: string) => {
    const { pred_output: turns, ...made } = deepEyesRow({ question });
    return { ...made, pred_output: turns.slice(0, 2), pred_ans: '', status: 'error' };
  };
  await page.goto('/set');
  await choose(page, file('down.jsonl', linesOf([row('One?'), row('Two?'), row('Three?')])));
  await expect(rowsOf(page)).toHaveCount(3);
  await expect(page.getByText(words.head.ofAll(3))).toHaveCount(1);
  await expect(page.getByRole('listitem').filter({ hasText: words.head.ofAll(3) })).toContainText(
    formats.notes['row-failed']({ message: '' }),
  );
});

test('how boxes are read is remembered for the file', async ({ page }) => {
  const rows = file('result.jsonl', linesOf([deepEyesRow({ question: 'One?' }), deepEyesRow({ question: 'Two?' })]));
  const openAndAsk = async () => {
    await page.goto('/set');
    await choose(page, rows);
    await expect(rowsOf(page)).toHaveCount(2);
    await page.getByRole('button', { name: words.reading.title }).click();
    return page.getByLabel(words.reading.frame, { exact: true });
  };
  const before = await openAndAsk();
  await before.selectOption('thousandths');
  await expect(page.getByText(words.reading.by.person)).toBeVisible();
  const after = await openAndAsk();
  await expect(after).toHaveValue('thousandths');
  await expect(page.getByText(words.reading.by.person)).toBeVisible();
});

const answered = (question: string, acc: number) => deepEyesRow({ question, more: { acc } });

test('two sets are compared by question, and the address names both', async ({ page }) => {
  await page.goto('/set');
  await choose(page, file('one.jsonl', linesOf([answered('Cap?', 1), answered('Bag?', 0), answered('Hat?', 1)])));
  await page.getByRole('button', { name: words.pairs.compare }).click();
  const dialog = page.getByRole('dialog', { name: words.pairs.choose });
  await dialog
    .locator('input[type=file]')
    .first()
    .setInputFiles([file('two.jsonl', linesOf([answered('Hat?', 0), answered('Bag?', 0), answered('Cap?', 1)]))]);
  await expect(rowsOf(page)).toHaveCount(3);
  await page.getByRole('button', { name: words.pairs.outcome['left-only'] }).click();
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(rowsOf(page)).toContainText('Hat?');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: words.pairs.keep }).click();
  await expect(page).toHaveURL(/set=.*beside=.*pair=left-only/);
  await rowsOf(page).click();
  await expect(page).toHaveURL(/row=2/);
  await page.reload();
  await expect(page.getByRole('region', { name: /^A: one/ })).toContainText('White.');
  await expect(page.getByRole('region', { name: /^B: two/ })).toContainText('White.');
  await page.getByRole('button', { name: words.player.back }).click();
  await page.getByRole('button', { name: words.pairs.close }).click();
  await expect(page).not.toHaveURL(/beside/);
  await expect(rowsOf(page)).toHaveCount(3);
});

test('the rows shown are shared as one link, and open as a set elsewhere', async ({ page, browser }) => {
  await page.goto('/set');
  const rows = [answered('What color is the cap?', 1), answered('Where is the bag?', 0), answered('Which color?', 1)];
  await choose(page, file('three.jsonl', linesOf(rows)), file('sa_1.jpg', await drawJpeg(page, 800, 600)));
  await page.getByLabel(words.filter.words).fill('color');
  await expect(rowsOf(page)).toHaveCount(2);
  await page.getByRole('button', { name: words.handOn.title, exact: true }).click();
  await page.getByRole('button', { name: words.handOn.link }).click();
  const dialog = page.getByRole('dialog', { name: share.dialog.titleOfRuns(2) });
  await dialog.getByRole('button', { name: share.dialog.make }).click();
  const link = await page.getByRole('textbox', { name: share.result.link }).inputValue();

  const other = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const visitor = await other.newPage();
  await visitor.goto(link);
  await expect(visitor.getByText(visit.set.title(2))).toBeVisible();
  await visitor.getByRole('button', { name: visit.set.next }).click();
  await expect(visitor.getByRole('heading', { name: visit.titled('Which color?'), exact: false })).toBeAttached();
  await visitor.getByRole('button', { name: visit.set.open }).click();
  await expect(rowsOf(visitor)).toHaveCount(2);
  await expect(visitor.getByLabel(words.noPicture)).toHaveCount(0);
  await other.close();
});

test('a folder is followed: what is written there appears', async ({ page }) => {
  // No dialog of the browser's can be answered here; the folder of this site is one like any other.
  await page.addInitScript(() => {
    Object.assign(window, {
      showDirectoryPicker: async () =>
        (await navigator.storage.getDirectory()).getDirectoryHandle('evaluation', { create: true }),
    });
  });
  const write = (text: string) =>
    page.evaluate(async (content) => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('evaluation', { create: true });
      const writable = await (await folder.getFileHandle('result.jsonl', { create: true })).createWritable();
      await writable.write(content);
      await writable.close();
    }, text);
  await page.goto('/set');
  const first = linesOf([answered('Cap?', 1), answered('Bag?', 0)]);
  await write(first.slice(0, -30));
  await page.getByRole('button', { name: words.empty.follow }).click();
  await expect(rowsOf(page)).toHaveCount(2);
  await expect(rowsOf(page).nth(1)).toContainText(formats.problems['not-json']);
  await write(first + linesOf([answered('Hat?', 1)]));
  await expect(rowsOf(page)).toHaveCount(3);
  await expect(rowsOf(page).nth(1)).toContainText('Bag?');
  await page.getByRole('button', { name: words.head.stopFollowing }).click();
  await expect(page.getByText(words.head.following('evaluation'))).toBeHidden();
});
