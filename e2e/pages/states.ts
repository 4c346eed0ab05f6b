/**
 * The main states of the page, reached as a person reaches them; axe and the screenshots both stand on these. A state that passes by
 * (loading) is held by holding a file back.
 */
import { expect, type Page } from '@playwright/test';
import { en, type Words } from '../../lib/words/en';
import { firstTagToRead } from '../gallery';
import { Playground } from './playground';
import { reach, type Way } from './ways';

/** Those that axe looks at, in every gate. */
export const STATES = ['empty', 'error', 'photo', 'loading', 'running', 'stepping'] as const;
/** All of which there are pictures. */
export const MAIN_STATES = [...STATES, 'outside-question', 'answered', 'eye', 'beginning'] as const;
export type State = (typeof MAIN_STATES)[number];

/** Files are brought: one that is no picture, and a photograph. */
async function* bringing(page: Page, words: Words): AsyncGenerator<State, void, void> {
  const playground = new Playground(page, words);
  await playground.open();
  await expect(playground.gallery.first()).toBeVisible();
  // Thumbnails and fonts arrive after the load event.
  await page.waitForFunction(() => [...document.images].slice(0, 8).every((image) => image.complete));
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  yield 'empty';

  await playground.openFile('notes.png', 'image/png', Buffer.from('These are not the bytes of a picture.'));
  await expect(playground.alert).toBeVisible();
  yield 'error';

  await playground.alert.getByRole('button', { name: words.common.dismiss }).click();
  await playground.openFile('holiday.png', 'image/png', await drawnLandscape(page));
  await expect(page.locator('[data-note="outside"]')).toBeVisible({ timeout: 300_000 });
  yield 'photo';
}

/** A question is asked, answered, and the run stepped through. */
async function* asking(page: Page, words: Words): AsyncGenerator<State, void, void> {
  const playground = new Playground(page, words);
  const { number, question } = firstTagToRead();
  const held = await holdBack(page, '**/models/**/decoder*');
  try {
    await playground.open();
    await playground.openGalleryPicture(number);
    await playground.question.fill('Describe it');
    await expect(page.locator('[data-note="question"]')).toBeVisible();
    yield 'outside-question';

    await playground.ask(question);
    await expect(page.getByRole('progressbar')).toBeVisible();
    // It fades in after a moment, so that a quick load shows nothing at all.
    await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
    yield 'loading';
  } finally {
    held.letGo();
  }
  await expect(playground.steps().first()).toBeVisible({ timeout: 300_000 });
  yield 'running';

  await playground.settled();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  yield 'answered';

  const eye = page.getByRole('button', { name: words.canvas.eye });
  await page.keyboard.press('m');
  await expect(eye).toHaveAttribute('aria-pressed', 'true');
  yield 'eye';

  await page.keyboard.press('m');
  await expect(eye).toHaveAttribute('aria-pressed', 'false');
  const { of } = await playground.cursor();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await playground.expectCursor(of - 2);
  yield 'stepping';

  await page.keyboard.press('Home');
  await playground.expectCursor(0);
  yield 'beginning';
}

/** Given the words of the language that the page speaks. */
export const MAIN_WAYS: readonly Way<State, Words>[] = [
  { states: ['empty', 'error', 'photo'], go: bringing },
  { states: ['outside-question', 'loading', 'running', 'answered', 'eye', 'stepping', 'beginning'], go: asking },
];

/** @returns what lets go of a held state */
export const reachState = (page: Page, state: State, words = en): Promise<() => Promise<void>> =>
  reach(MAIN_WAYS, state, page, words);

/** Requests for such files wait until they are let go. */
async function holdBack(page: Page, files: string): Promise<{ readonly letGo: () => void }> {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.context().route(files, async (route) => {
    await held;
    // The page may be gone by then.
    await route.continue().catch(() => undefined);
  });
  return { letGo };
}

/** What no scene is: hills under a sky, drawn in the page. */
export async function drawnLandscape(page: Page): Promise<Buffer> {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(1200, 900);
    const context = canvas.getContext('2d');
    if (!context) return [];
    const sky = context.createLinearGradient(0, 0, 0, 900);
    sky.addColorStop(0, '#7ab');
    sky.addColorStop(1, '#dec');
    context.fillStyle = sky;
    context.fillRect(0, 0, 1200, 900);
    for (let layer = 0; layer < 5; layer += 1) {
      context.fillStyle = `hsl(${90 + 8 * layer} ${20 + 6 * layer}% ${52 - 9 * layer}%)`;
      context.beginPath();
      context.moveTo(0, 900);
      for (let x = 0; x <= 1200; x += 8) {
        context.lineTo(x, 900 * (0.4 + 0.11 * layer) + 60 * Math.sin(x / (90 + 40 * layer) + layer));
      }
      context.lineTo(1200, 900);
      context.fill();
    }
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
  });
  return Buffer.from(bytes);
}
