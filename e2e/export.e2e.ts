/** Taking a run out: the page that plays it anywhere. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { Playground } from './pages/playground';
import { answer as answerWords } from '../lib/words/en/answer';
import { canvas } from '../lib/words/en/canvas';
import { exports as words } from '../lib/words/en/exports';
import { standalone } from '../lib/words/en/standalone';
import { trajectory } from '../lib/words/en/trajectory';
import { workspace } from '../lib/words/en/workspace';

const ANSWER =
  'The clock <script>document.title = "x"</script> is here: <ref>the clock</ref><box>(200,100),(600,300)</box>';

test('a run leaves as one HTML file, which plays from the disk without a network', async ({ page, context }, info) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.openGalleryPicture(1);
  await page.getByRole('button', { name: answerWords.paste }).click();
  const sheet = page.getByRole('dialog', { name: answerWords.sheet.title });
  await sheet.getByRole('textbox', { name: answerWords.sheet.text }).fill(ANSWER);
  await sheet.getByRole('button', { name: answerWords.sheet.show }).click();
  await page.getByRole('button', { name: workspace.export }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: words.formats.html.name }).click();
  const path = info.outputPath('run.html');
  await (await download).saveAs(path);
  // Beside the picture it weighs little.
  const html = readFileSync(path, 'utf8');
  const files = /id="files">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
  expect(html.length - files.length).toBeLessThan(400_000);

  await context.setOffline(true);
  const offline = await context.newPage();
  const asked: string[] = [];
  const faults: string[] = [];
  offline.on('request', (request) => asked.push(request.url()));
  offline.on('pageerror', (error) => faults.push(error.message));
  offline.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await offline.goto(pathToFileURL(path).href);
  const picture = offline.getByRole('region', { name: standalone.picture, exact: true }).getByRole('img');
  await expect(picture).toHaveAccessibleName(new RegExp(canvas.pointedPlace({ label: 'the clock', x: 0.4, y: 0.2 })));
  await expect(offline.getByRole('region', { name: trajectory.label })).toContainText('<script>document.title');
  // The same player: back to the start, and no box is there yet.
  await offline.getByRole('button', { name: new RegExp(`^${trajectory.player.first}`) }).click();
  await expect(picture).not.toHaveAccessibleName(/the clock/);
  expect(await offline.title()).not.toBe('x');
  expect(asked.filter((url) => !/^(?:file|blob|data):/.test(url))).toEqual([]);
  expect(faults).toEqual([]);
});
