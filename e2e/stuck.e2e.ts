/** The engine's worker hears nothing any more, or dies without a word: the page is ready again, and the next question is answered. */
import { expect, test, type Page, type Worker } from '@playwright/test';
import { firstTagToRead } from './gallery';
import { Playground } from './pages/playground';

type Fate = 'hears nothing' | 'dies';

/** In the order in which they are started, what befalls workers that run the model as they are asked for their second turn. */
function befall(page: Page, fates: readonly Fate[]): readonly Worker[] {
  const engines: Worker[] = [];
  page.on('worker', async (worker) => {
    const name = await worker.evaluate(() => self.name).catch(() => '');
    if (name !== 'engine') return;
    const fate = fates[engines.push(worker) - 1];
    if (fate) await worker.evaluate(atSecondTurn, fate);
  });
  return engines;
}

function atSecondTurn(fate: Fate): void {
  let turns = 0;
  self.addEventListener('message', ({ data }: MessageEvent<{ method?: string }>) => {
    if (data.method !== 'generate' || (turns += 1) < 2) return;
    if (fate === 'dies') self.close();
    else for (;;);
  });
}

test('Stop works while the engine is stuck; a death is told; both are followed by an answer', async ({ page }) => {
  const engines = befall(page, ['hears nothing', 'dies']);
  const playground = new Playground(page);
  const first = firstTagToRead();
  await playground.open();
  await playground.openGalleryPicture(first.number);
  await playground.ask(first.question);
  await expect(playground.steps('result').first()).toBeVisible();
  await playground.stopButton.click();
  await playground.settled();
  await expect(playground.alert).toBeHidden();

  await playground.ask(first.question);
  await expect(playground.alert).toHaveAttribute('data-code', 'engine/worker-crashed', { timeout: 180_000 });
  await playground.settled();
  expect(engines).toHaveLength(2);

  await playground.askAndWait(first.question);
  await playground.expectAVisibleZoom();
});
