/**
 * The main states of the page, reached as a person reaches them; axe and the screenshots both stand on these. A state that passes by
 * (loading) is held by holding a file back.
 */
import { expect, type Page } from '@playwright/test';
import { en } from '../../lib/words/en';
import { firstTagToRead } from '../gallery';
import { canvas } from '../../lib/words/en/canvas';
import { Playground } from './playground';

/** Those that axe looks at, in every gate. */
export const STATES = ['empty', 'loading', 'running', 'stepping', 'error', 'photo'] as const;
/** All of which there are pictures. */
export const MAIN_STATES = [...STATES, 'outside-question', 'answered', 'eye', 'beginning'] as const;
export type State = (typeof MAIN_STATES)[number];

const nothing = (): Promise<void> => Promise.resolve();

/** @returns what lets go of a held state */
export async function reachState(page: Page, state: State, words = en): Promise<() => Promise<void>> {
  const playground = new Playground(page, words);
  const first = firstTagToRead();
  const ask = async (): Promise<void> => {
    await playground.openGalleryPicture(first.number);
    await playground.ask(first.question);
  };
  const showPictures = async (): Promise<void> => {
    // Thumbnails and fonts arrive after the load event.
    await page.waitForFunction(() => [...document.images].slice(0, 8).every((image) => image.complete));
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
  };

  switch (state) {
    case 'empty':
      await playground.open();
      await expect(playground.gallery.first()).toBeVisible();
      await showPictures();
      return nothing;
    case 'loading': {
      let letGo: () => void = () => undefined;
      const held = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      await page.context().route('**/models/**/decoder*', async (route) => {
        await held;
        await route.abort().catch(() => undefined);
      });
      await playground.open();
      await ask();
      await expect(page.getByRole('progressbar')).toBeVisible();
      // It fades in after a moment, so that a quick load shows nothing at all.
      await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
      return () => {
        letGo();
        return Promise.resolve();
      };
    }
    case 'running':
      await playground.open();
      await ask();
      await expect(playground.steps().first()).toBeVisible({ timeout: 300_000 });
      return nothing;
    case 'stepping':
      await playground.open();
      await ask();
      await expect(playground.stopButton).toBeVisible();
      await playground.settled();
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      return nothing;
    case 'photo':
      await playground.open();
      await playground.openFile('holiday.png', 'image/png', await drawnLandscape(page));
      await expect(page.locator('[data-note="outside"]')).toBeVisible({ timeout: 300_000 });
      return nothing;
    case 'outside-question':
      await playground.open();
      await playground.openGalleryPicture(first.number);
      await playground.question.fill('Describe it');
      await expect(page.locator('[data-note="question"]')).toBeVisible();
      return nothing;
    case 'answered':
    case 'eye':
    case 'beginning':
      await playground.open();
      await ask();
      await expect(playground.stopButton).toBeVisible();
      await playground.settled();
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      if (state === 'eye') {
        await page.keyboard.press('m');
        await expect(page.getByRole('button', { name: canvas.eye })).toHaveAttribute('aria-pressed', 'true');
      }
      if (state === 'beginning') {
        await page.keyboard.press('Home');
        await playground.expectCursor(0);
      }
      return nothing;
    case 'error':
      await playground.open();
      await playground.openFile('notes.png', 'image/png', Buffer.from('These are not the bytes of a picture.'));
      await expect(playground.alert).toBeVisible();
      return nothing;
    default:
      return state satisfies never;
  }
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
