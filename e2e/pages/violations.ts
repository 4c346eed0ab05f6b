/** What axe finds wrong on a page, a line a rule with the elements that break it. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

export const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** @param tags the rules that count; an embedded page, a part of somebody else's, is no page of its own to best practice */
export async function violations(page: Page, tags: readonly string[] = [...WCAG, 'best-practice']): Promise<string[]> {
  // Colors on their way from one theme to the other are neither's.
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
  const found = await new AxeBuilder({ page }).withTags([...tags]).analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`);
}
