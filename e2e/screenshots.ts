/** Takes the pictures of the main states that are looked at before a release; the README's come from here. */
import { join } from 'node:path';
import { test } from '@playwright/test';
import { reachShareState, SHARE_STATES } from './pages/share-states';
import { MAIN_STATES, reachState, STATES } from './pages/states';
import { zh } from '../lib/words/zh';

const FOLDER = join(import.meta.dirname, '..', 'test-results', 'screenshots');
const SIZES = [
  { name: 'wide', width: 1440, height: 900 },
  { name: 'phone', width: 390, height: 844 },
];

for (const { name, width, height } of SIZES) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const state of MAIN_STATES) {
      test(`${state}, ${colorScheme}, ${name}`, async ({ page }) => {
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const release = await reachState(page, state);
        await page.screenshot({ path: join(FOLDER, `${state}-${colorScheme}-${name}.png`) });
        await release();
      });
    }
    for (const state of SHARE_STATES) {
      test(`${state}, ${colorScheme}, ${name}`, async ({ page, baseURL }) => {
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const release = await reachShareState(page, state, baseURL ?? '');
        await page.screenshot({ path: join(FOLDER, `${state}-${colorScheme}-${name}.png`) });
        await release();
      });
    }
  }
}

/** Needs a font with Chinese letters on this machine. */
test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN', colorScheme: 'light' });
  for (const { name, width, height } of SIZES) {
    for (const state of STATES) {
      test(`${state}, zh, ${name}`, async ({ page }) => {
        await page.setViewportSize({ width, height });
        const release = await reachState(page, state, zh);
        await page.screenshot({ path: join(FOLDER, `${state}-zh-${name}.png`) });
        await release();
      });
    }
  }
});
