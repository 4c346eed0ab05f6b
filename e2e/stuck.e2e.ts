/** The engine's worker hears nothing any more, or dies without a word: the page is ready again, and the next question is answered. */
import { expect, test, type Page, type Worker } from '@playwright/test';
import { firstTagToRead } from './gallery';
import { Playground } from './pages/playground';

/** Workers that run the model, in the order in which they were started: asked for their name before they are busy. */
function watchEngines(page: Page): readonly Worker[] {
  const engines: Worker[] = [];
  page.on('worker', (worker) => {
    const name = worker.evaluate(() => self.name).catch(() => '');
    void name.then((found) => found === 'engine' && engines.push(worker));
  });
  return engines;
}

test('Stop works while the engine is stuck; a death is told; both are followed by an answer', async ({ page }) => {
  const engines = watchEngines(page);
  const playground = new Playground(page);
  const first = firstTagToRead();
  await playground.open();
  await playground.openGalleryPicture(first.number);
  await playground.ask(first.question);
  await expect(playground.steps('think').first()).toBeVisible();
  // Nobody waits for this: it never ends.
  const stuck = engines[0]?.evaluate(() => {
    for (;;);
  });
  stuck?.catch(() => undefined);
  await playground.stopButton.click();
  await playground.settled();
  await expect(playground.alert).toBeHidden();

  await playground.ask(first.question);
  await expect.poll(() => engines.length).toBe(2);
  // The run before had not come so far.
  await expect(playground.steps('call').first()).toBeVisible();
  await engines[1]?.evaluate(() => self.close());
  await playground.settled();
  await expect(playground.alert).toHaveAttribute('data-code', 'engine/worker-crashed');

  await playground.askAndWait(first.question);
  await playground.expectAVisibleZoom();
});
