/**
 * The five main states of the page, reached as a person reaches them; axe and the screenshots both stand on these. A state that
 * passes by (loading) is held by holding a file back.
 */
import { expect, type Page } from '@playwright/test';
import { en } from '../../lib/words/en';
import { firstTagToRead } from '../gallery';
import { Playground } from './playground';

export const STATES = ['empty', 'loading', 'running', 'stepping', 'error'] as const;
export type State = (typeof STATES)[number];

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
    case 'error':
      await playground.open();
      await playground.openFile('notes.png', 'image/png', Buffer.from('These are not the bytes of a picture.'));
      await expect(playground.alert).toBeVisible();
      return nothing;
    default:
      return state satisfies never;
  }
}
