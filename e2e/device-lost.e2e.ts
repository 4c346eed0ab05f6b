/** The graphics device goes away midway: the page says so, keeps the finished steps and answers the next question. */
import { expect, test } from '@playwright/test';
import { firstTagToRead } from './gallery';
import { Playground } from './pages/playground';

/** A software GPU takes seconds for what others do in milliseconds. */
const SLOW = 300_000;

test('WebGPU lost midway: finished steps stay, and asking again works @webgpu @webgpu-only', async ({
  page,
  browser,
}) => {
  test.setTimeout(2 * SLOW);
  const playground = new Playground(page);
  await playground.preferWebGpu();
  const first = firstTagToRead();
  await playground.open();
  await playground.openGalleryPicture(first.number);
  await playground.ask(first.question);
  await expect(playground.steps('think').first()).toBeVisible({ timeout: SLOW });

  const devtools = await browser.newBrowserCDPSession();
  await devtools.send('Browser.crashGpuProcess');

  await expect(playground.alert).toHaveAttribute('data-code', /^engine\/(device-lost|worker-crashed)$/);
  await expect(playground.stopButton).toBeHidden();
  await expect(playground.steps('think').first()).toBeVisible();
  await expect(playground.steps('answer')).toHaveCount(0);

  await playground.ask(first.question);
  await expect(playground.stopButton).toBeVisible();
  await expect(playground.stopButton).toBeHidden({ timeout: SLOW });
  await expect(playground.steps('answer')).toHaveCount(1);
  await expect(playground.alert).toBeHidden();
});
