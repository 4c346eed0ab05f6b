/** The engine's worker hears nothing any more, or dies without a word: the page is ready again, and the next question is answered. */
import { expect, test, type Page, type Worker } from '@playwright/test';
import { firstTagToRead } from './gallery';
import { Playground } from './pages/playground';

/** The one that has the model: only it has asked for WebAssembly by now. */
async function engineWorker(page: Page): Promise<Worker> {
  for (const worker of page.workers()) {
    if ((await worker.evaluate(() => self.name).catch(() => '')) === 'engine') return worker;
  }
  throw new Error('there is no engine');
}

test('Stop works while the engine is stuck; a death is told; both are followed by an answer', async ({ page }) => {
  const playground = new Playground(page);
  const first = firstTagToRead();
  await playground.open();
  await playground.openGalleryPicture(first.number);
  await playground.ask(first.question);
  await expect(playground.steps('think').first()).toBeVisible();
  // Nobody waits for this: it never ends.
  (await engineWorker(page))
    .evaluate(() => {
      for (;;);
    })
    .catch(() => undefined);
  await playground.stopButton.click();
  await playground.settled();
  await expect(playground.alert).toBeHidden();

  await playground.ask(first.question);
  // The other run had not come so far.
  await expect(playground.steps('call').first()).toBeVisible();
  await (await engineWorker(page)).evaluate(() => self.close());
  await playground.settled();
  await expect(playground.alert).toHaveAttribute('data-code', 'engine/worker-crashed');

  await playground.askAndWait(first.question);
  await playground.expectAVisibleZoom();
});
