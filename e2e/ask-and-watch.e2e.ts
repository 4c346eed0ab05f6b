/** Ask and watch: gallery questions that cannot be answered from the overview, on WASM (on WebGPU: device-lost.e2e.ts). */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { library } from '../lib/words/en/library';
import { firstTagToRead, readGallery, readGalleryFile, tagsToRead } from './gallery';
import { isolated } from '../lib/words/isolate';
import { Playground } from './pages/playground';
import { makeLink, SharedRun } from './pages/shared-run';
import { playground as pageWords } from '../lib/words/en/playground';
import { trajectory as runWords } from '../lib/words/en/trajectory';

test('three gallery questions are each answered with a visible zoom, without WebGPU, and a suggested one by pressing it', async ({
  page,
}) => {
  const playground = new Playground(page);
  const another = page.getByRole('button', { name: pageWords.header.newPicture });
  await playground.open();
  for (const { number, question } of tagsToRead().slice(0, 3)) {
    await playground.openGalleryPicture(number);
    await playground.askAndWait(question);
    await playground.expectAVisibleZoom();
    await expect(playground.run).toContainText(`${isolated('Loupe Nano')} · WASM`);
    await expect(playground.run).toContainText(new RegExp(runWords.saw('\\d+×\\d+ → \\d+×\\d+, \\d+ ')));
    await another.click();
  }

  await playground.openGalleryPicture(1);
  const question = readGallery()[0]?.questions[0]?.question ?? '';
  await Promise.all([playground.stopButton.waitFor(), page.getByRole('button', { name: question }).first().click()]);
  await playground.settled();
  await expect(playground.run.getByRole('heading').first()).toHaveText(question);
});

test('a scene uploaded as a file is answered with a visible zoom; a question of 2,027 characters is found again by a reload, a link and an export', async ({
  page,
}) => {
  const playground = new Playground(page);
  const { image, question: short } = firstTagToRead();
  await playground.open();
  await playground.openFile('from-my-disk', 'image/webp', readGalleryFile(image));
  await playground.pictureReady();
  await playground.askAndWait(short);
  await playground.expectAVisibleZoom();

  const question = `${short} ${'Look closely. '.repeat(150)}`.slice(0, 2026) + '?';
  await playground.askAndWait(question);
  const { link } = await makeLink(playground);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.reload();
  await expect(playground.run.getByRole('heading').first()).toHaveText(question);

  const exported = page.waitForEvent('download');
  await page.goto('/library');
  // The newest.
  await page.locator('[data-run] input[type="checkbox"]').first().check();
  await page
    .getByRole('toolbar', { name: library.selection.label })
    .getByRole('button', { name: library.selection.export, exact: true })
    .click();
  const text = readFileSync(await (await exported).path(), 'utf8');
  expect(text).toContain(JSON.stringify(question));

  await page.goto(link);
  await expect(new SharedRun(page).run.getByRole('heading').first()).toHaveText(question);
});
