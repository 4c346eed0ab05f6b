/** Ask and watch: gallery questions that cannot be answered from the overview, on WASM and on WebGPU. */
import { expect, test } from '@playwright/test';
import { firstTagToRead, readGallery, readGalleryFile, tagsToRead } from './gallery';
import { Playground } from './pages/playground';

async function expectAVisibleZoom(playground: Playground): Promise<void> {
  expect(await playground.steps('call').count()).toBeGreaterThanOrEqual(1);
  await expect(playground.steps('call').first()).toContainText('Looks closer (1)');
  await expect(playground.steps('result').first()).toContainText('Gets the crop (1)');
  expect(await playground.answer()).not.toBeNull();
  await expect(playground.steps('answer')).toHaveCount(1);
}

test('three gallery questions are each answered with a visible zoom, without WebGPU', async ({ page }) => {
  const playground = new Playground(page);
  for (const { number, question } of tagsToRead().slice(0, 3)) {
    await playground.open();
    await playground.openGalleryPicture(number);
    await playground.askAndWait(question);
    await expectAVisibleZoom(playground);
    await expect(playground.run).toContainText('Loupe Nano · WASM');
    await expect(playground.run).toContainText(/What the model saw: \d+×\d+ → \d+×\d+, \d+ tokens/);
  }
});

test('a gallery question is answered with a visible zoom on WebGPU @webgpu @webgpu-only', async ({ page }) => {
  const playground = new Playground(page);
  await playground.preferWebGpu();
  const first = firstTagToRead();
  await playground.open();
  await playground.openGalleryPicture(first.number);
  await playground.askAndWait(first.question);
  await expectAVisibleZoom(playground);
  await expect(playground.run).toContainText('Loupe Nano · WebGPU');
});

test('a scene uploaded as a file is answered with a visible zoom', async ({ page }) => {
  const playground = new Playground(page);
  const { image, question } = firstTagToRead();
  await playground.open();
  await playground.openFile('from-my-disk', 'image/webp', readGalleryFile(image));
  await playground.pictureReady();
  await playground.askAndWait(question);
  await expectAVisibleZoom(playground);
});

test('the first suggested question is asked by pressing it', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.openGalleryPicture(1);
  const question = readGallery()[0]?.questions[0]?.question ?? '';
  await page.getByRole('button', { name: question }).first().click();
  await expect(playground.stopButton).toBeVisible();
  await playground.settled();
  await expect(playground.run.getByRole('heading')).toHaveText(question);
});
