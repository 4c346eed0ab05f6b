/**
 * Makes public/app/first-run.json, the run that plays on the start page: asks the shipped model a gallery question in the running app, and
 * keeps what it thought, where it looked and what it answered.
 *   npm start, then: node e2e/record-first-run.mjs [base URL] [gallery number] [question number]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from '../scripts/find-chromium.mjs';

const [base = 'http://localhost:3000', number = '1', which = '1'] = process.argv.slice(2);
const FILE = join(import.meta.dirname, '..', 'public', 'app', 'first-run.json');
const GALLERY = join(import.meta.dirname, '..', 'public', 'gallery', 'index.json');

const picture = JSON.parse(readFileSync(GALLERY, 'utf8')).pictures[Number(number) - 1];
const { question, answer } = picture.questions[Number(which) - 1];

const browser = await chromium.launch(launchOptions({ webgpu: false }));
try {
  const page = await browser.newPage();
  await page.goto(base);
  await page
    .getByTestId('gallery-picture')
    .nth(Number(number) - 1)
    .click();
  const field = page.getByRole('textbox', { name: 'Question' });
  // The field stands on the start page, too.
  await page.getByRole('region', { name: 'Picture', exact: true }).waitFor();
  await field.fill(question);
  await field.press('Enter');
  await page.locator('li[data-type="answer"]').waitFor({ timeout: 300_000 });
  await page.getByRole('button', { name: 'Stop', exact: true }).waitFor({ state: 'hidden' });
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => void (window.copied = text);
  });
  await page.getByRole('button', { name: 'Details' }).click();
  await page.getByRole('button', { name: 'Copy as JSON' }).click();
  const run = JSON.parse(await page.evaluate(() => window.copied));
  const cuts = new Map(run.pictures.filter(({ from }) => from === 'view').map((view) => [view.id, view.region]));
  const steps = run.steps.flatMap((step) => {
    if (step.type === 'think') return [{ type: 'think', text: step.text }];
    if (step.type === 'answer') return [{ type: 'answer', text: step.text }];
    if (step.type !== 'call') return [];
    const result = run.steps.find((one) => one.type === 'result' && one.callId === step.callId);
    const region = result?.parts.map((part) => cuts.get(part.picture)).find(Boolean);
    if (!region) return [];
    const share = (value, side) => Math.round((1e4 * value) / side) / 1e4;
    const [x1, y1, x2, y2] = Array.isArray(region) ? region : [region.x1, region.y1, region.x2, region.y2];
    const box = {
      x1: share(x1, picture.width),
      y1: share(y1, picture.height),
      x2: share(x2, picture.width),
      y2: share(y2, picture.height),
    };
    return [{ type: 'look', label: step.label, box }];
  });
  console.log(`${question} ${run.steps.at(-1)?.text} (${answer})`);
  writeFileSync(FILE, `${JSON.stringify({ picture: picture.id, question, steps }, null, 2)}\n`);
} finally {
  await browser.close();
}
