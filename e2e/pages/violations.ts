/** What axe finds wrong on a page, a line a rule with the elements that break it. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

export const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const EVERYTHING = [...WCAG, 'best-practice'];

/** The rules that read colors, which alone differ between the themes (app/globals.css). */
const OF_COLORS = ['color-contrast', 'link-in-text-block'];

/** @param tags the rules that count; an embedded page, a part of somebody else's, is no page of its own to best practice */
export async function violations(page: Page, tags: readonly string[] = EVERYTHING): Promise<string[]> {
  await atRest(page);
  return found(page, (axe) => axe.withTags([...tags]));
}

/** In dark the rules of colors, then in light all of them; every line says in which. */
export async function violationsInBoth(page: Page, tags: readonly string[] = EVERYTHING): Promise<string[]> {
  const before = page.viewportSize();
  await page.emulateMedia({ colorScheme: 'dark' });
  await atRest(page);
  const dark = await found(page, (axe) => axe.withRules(OF_COLORS));
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await violations(page, tags);
  const where = before ? `, ${before.width} wide` : '';
  return [...dark.map((line) => `dark${where}: ${line}`), ...light.map((line) => `light${where}: ${line}`)];
}

/** Colors on their way from one theme to the other are neither's. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const underWay = () => document.getAnimations().filter((one) => one instanceof CSSTransition);
    // Media that were just changed reach the styles with the next frame, and what changes then begins in the one after.
    // What goes on for longer is no change of colors.
    for (let round = 0; round < 5; round += 1) {
      await frame();
      await frame();
      const running = underWay();
      if (running.length === 0) return;
      const all = Promise.allSettled(running.map(({ finished }) => finished));
      await Promise.race([all, new Promise((resolve) => setTimeout(resolve, 1000))]);
    }
  });
}

async function found(page: Page, choose: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  const axe = choose(new AxeBuilder({ page }));
  // Only frames of other origins need the page of its own in which axe otherwise puts together what it found.
  axe.setLegacyMode(page.frames().length === 1);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`);
}
