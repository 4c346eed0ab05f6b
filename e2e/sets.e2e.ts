/** What other systems wrote: opened, filtered, stepped, completed with pictures, kept, and found again by its address. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { geminiExchanges, type Told } from '../lib/formats/fixtures/api-bodies';
import { deepEyesRow, linesOf, openCall } from '../lib/formats/fixtures/deepeyes-rows';
import { chatGptExport, claudeCodeLines, PHOTO } from '../lib/formats/fixtures/sessions';
import { langfuseTrace } from '../lib/formats/fixtures/traces';
import { exports } from '../lib/words/en/exports';
import { formats } from '../lib/words/en/formats';
import { Playground } from './pages/playground';
import { violations } from './pages/violations';
import { drawJpeg } from './pictures/draw';

const words = formats.page;

const RIGHT = deepEyesRow({ question: 'What color is the cap?' });
const WRONG = deepEyesRow({
  question: 'What color is the bag?',
  turns: [
    `<think>I look.</think>${openCall([10, 20, 90, 120], 'bag')}`,
    `<think>Again.</think>${openCall([20, 30, 99, 130], 'bag')}`,
    '<answer>B</answer>',
  ],
  more: { acc: 0 },
});
const FILE = linesOf([RIGHT, WRONG]).replace('\n', '\n{"image": "sa_1.jpg", "pred_output": [\n');

const rowsOf = (page: Page) => page.locator('[data-row]');
const choose = (
  page: Page,
  files: readonly { readonly name: string; readonly text?: string; readonly buffer?: Buffer }[],
) =>
  page
    .locator('input[type=file]')
    .first()
    .setInputFiles(files.map(({ name, text = '', buffer = Buffer.from(text) }) => ({ name, mimeType: '', buffer })));

test('an official file is opened, filtered, completed with its picture, stepped and kept', async ({ page }) => {
  await page.goto('/set');
  await choose(page, [{ name: 'result_direct_attributes.jsonl', text: FILE }]);
  await expect(rowsOf(page)).toHaveCount(3);
  await expect(rowsOf(page).nth(1)).toContainText(formats.problems['not-json']);
  await expect(page.getByText(words.missing.title(1))).toBeVisible();

  await page.getByLabel(words.filter.verdict, { exact: true }).selectOption('wrong');
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(page).toHaveURL(/answer=wrong/);
  await page.getByRole('button', { name: words.filter.clear }).click();
  await expect(rowsOf(page)).toHaveCount(3);

  const picture = await drawJpeg(page, 800, 600);
  await page.getByText(words.missing.title(1)).click();
  await page
    .locator('details input[type=file]')
    .first()
    .setInputFiles({ name: 'sa_1.jpg', mimeType: 'image/jpeg', buffer: picture });
  await expect(page.getByText(words.missing.title(1))).toBeHidden();
  expect(await violations(page)).toEqual([]);

  await rowsOf(page).first().click();
  const run = page.getByRole('region', { name: words.player.words });
  await expect(run).toContainText('The cap is white.');
  await expect(page).toHaveURL(/row=0/);
  await page.keyboard.press('n');
  await expect(page.getByRole('alert').filter({ hasText: formats.problems['not-json'] })).toBeVisible();
  await page.keyboard.press('n');
  await expect(run).toContainText('Again.');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(page).toHaveURL(/row=2&step=\d/);
  await page.getByRole('button', { name: words.player.back }).click();

  await page.getByRole('button', { name: words.head.keep }).click();
  await expect(page).toHaveURL(/set=/);
  await rowsOf(page).nth(2).click();
  await expect(page).toHaveURL(/row=2/);
  await page.reload();
  await expect(run).toContainText('Again.');
});

test('a transcript of Qwen-Agent becomes a run like any other, once its picture is there', async ({ page }) => {
  const messages = [
    { role: 'user', content: [{ image: 'pub.jpg' }, { text: 'Where is this pub?' }] },
    {
      role: 'assistant',
      content: 'I read the sign.',
      function_call: {
        name: 'image_zoom_in_tool',
        arguments: '{"bbox_2d": [100, 100, 500, 500], "label": "sign", "img_idx": 0}',
      },
    },
    { role: 'function', name: 'image_zoom_in_tool', content: [{ image: 'crop.png' }] },
    { role: 'assistant', content: 'In Southampton.' },
  ];
  await page.goto('/set');
  await choose(page, [{ name: 'messages.json', text: JSON.stringify(messages) }]);
  await expect(page.getByText(words.one.picture('pub.jpg'))).toBeVisible();
  await choose(page, [{ name: 'whatever.jpg', buffer: await drawJpeg(page, 800, 600) }]);
  await expect(page).toHaveURL(/\/\?run=import-/);
  const playground = new Playground(page);
  await expect(playground.run).toContainText('In Southampton.');
  await expect(playground.run).toContainText('sign');
});

test('an address is asked about first; with it come filter and row', async ({ page }) => {
  await page.route('https://example.org/**', (route) =>
    route.fulfill({ body: FILE, headers: { 'access-control-allow-origin': '*' } }),
  );
  await page.goto(`/set?open=${encodeURIComponent('https://example.org/result.jsonl')}&answer=right`);
  await expect(page.getByRole('heading', { name: words.ask.title('example.org') })).toBeVisible();
  await page.getByRole('button', { name: words.ask.open }).click();
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(rowsOf(page)).toContainText('What color is the cap?');
  await rowsOf(page).click();
  await expect(page).toHaveURL(/open=.*row=0/);
});

test('a ChatGPT export in its zip: the crop is where the code cut it, the branch is a run, nothing private is shown', async ({
  page,
}) => {
  await page.goto('/set');
  const archive = zipSync({
    'conversations.json': strToU8(JSON.stringify([chatGptExport()])),
    [`${PHOTO}-sanitized.jpg`]: new Uint8Array(await drawJpeg(page, 500, 400)),
  });
  await choose(page, [{ name: 'export.zip', buffer: Buffer.from(archive) }]);
  await expect(rowsOf(page)).toHaveCount(2);
  await rowsOf(page).first().click();
  const run = page.getByRole('region', { name: words.player.words });
  await expect(run).toContainText('Zooming in on the sign');
  await expect(run).toContainText('It says **STOP**.');
  await expect(page.getByText('PRIVATE')).toHaveCount(0);
  await page.keyboard.press('n');
  await expect(run).toContainText('I cannot read it.');
  await expect(run).toContainText(formats.notes['branch-of']({ steps: 0 }));
  // Out again with the run that it left, of which it is still a branch.
  await page.getByRole('button', { name: words.head.export }).click();
  const sheet = page.getByRole('dialog', { name: exports.title });
  await sheet.getByRole('combobox', { name: exports.what }).selectOption(exports.scopes.tree(2));
  const download = page.waitForEvent('download');
  await sheet.getByRole('button', { name: exports.formats.document.name }).click();
  const lines = readFileSync(await (await download).path(), 'utf8')
    .trim()
    .split('\n');
  const [first, second] = lines.map((line) => JSON.parse(line) as { id: string; parent: { runId: string } | null });
  expect(lines).toHaveLength(2);
  expect(first?.parent).toBeNull();
  expect(second?.parent?.runId).toBe(first?.id);
});

test('a Claude Code session: the crop that a command cut is drawn on the picture that was pasted', async ({ page }) => {
  await page.goto('/set');
  const picture = (await drawJpeg(page, 500, 400)).toString('base64');
  const crop = (await drawJpeg(page, 200, 100)).toString('base64');
  const lines = claudeCodeLines({ picture, crop, original: [1000, 800] });
  await choose(page, [{ name: 'session.jsonl', text: lines.map((line) => JSON.stringify(line)).join('\n') }]);
  await expect(rowsOf(page)).toHaveCount(3);
  await rowsOf(page).first().click();
  const run = page.getByRole('region', { name: words.player.words });
  await expect(run).toContainText('Crop the sign');
  await expect(run).toContainText('It says STOP.');
  await expect(page.getByText('PRIVATE')).toHaveCount(0);
});

async function told(page: Page): Promise<{ readonly told: Told; readonly picture: Buffer; readonly crop: Buffer }> {
  const [picture, crop] = [await drawJpeg(page, 400, 800), await drawJpeg(page, 180, 180)];
  const [whole, part] = [picture, crop].map((bytes) => bytes.toString('base64'));
  return { told: { model: 'a-model-1', picture: whole ?? '', crop: part ?? '' }, picture, crop };
}

test('Gemini zooms: requests and replies as they were logged are one run, its look drawn', async ({ page }) => {
  await page.goto('/set');
  const { told: exchange } = await told(page);
  const log = geminiExchanges(exchange)
    .map((one) => JSON.stringify(one))
    .join('\n');
  await choose(page, [{ name: 'log.jsonl', text: log }]);
  await expect(page).toHaveURL(/\/\?run=import-/);
  const playground = new Playground(page);
  await expect(playground.run).toContainText('SIGN 42');
  await expect(playground.crop(1)).toBeVisible();
  await playground.steps('call').getByRole('button').first().click();
  await expect(playground.canvas.getByRole('img', { name: /\b1, .*%/ })).toBeVisible();
});

test('a Langfuse trace without its pictures asks for them, and knows them by what they are', async ({ page }) => {
  await page.goto('/set');
  const { told: exchange, picture, crop } = await told(page);
  await choose(page, [{ name: 'trace.json', text: JSON.stringify(langfuseTrace(exchange)) }]);
  await expect(page.getByText(formats.systems.langfuse).first()).toBeVisible();
  for (const [name, buffer] of [
    ['renamed-1.jpg', picture],
    ['renamed-2.jpg', crop],
  ] as const) {
    await expect(page.getByRole('button', { name: words.one.add })).toBeVisible();
    await choose(page, [{ name, buffer }]);
  }
  await expect(page).toHaveURL(/\/\?run=import-/);
  const playground = new Playground(page);
  await expect(playground.run).toContainText('SIGN 42');
  await expect(playground.crop(1)).toBeVisible();
});
