/** A shared run as a visitor sees it, and the dialog it comes from. By role, label and words. */
import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';
import type { Playground } from './playground';
import { share as words } from '../../lib/words/en/share';
import { visit } from '../../lib/words/en/visit';
import { trajectory as runWords } from '../../lib/words/en/trajectory';

export class SharedRun {
  readonly run: Locator;
  readonly player: Locator;
  readonly facts: Locator;
  readonly failure: Locator;

  constructor(place: Page | FrameLocator) {
    this.run = place.getByRole('region', { name: runWords.label });
    this.player = place.getByRole('group', { name: runWords.player.label });
    this.facts = place.getByRole('list', { name: visit.facts.label });
    this.failure = place.locator('main[data-code]');
  }

  steps(): Locator {
    return this.run.locator('li[data-step]');
  }

  /** A shared run opens at its beginning; keys are heard once it is there. */
  async toEnd(page: Page): Promise<void> {
    await this.expectCursor(0);
    await page.keyboard.press('End');
  }

  async expectCursor(at: number): Promise<void> {
    await expect(this.player.getByRole('status', { name: runWords.player.step })).toHaveText(
      new RegExp(`^\\s*${at}\\s*/`),
    );
  }
}

export async function openShareDialog({ page, run, words: { share: words, workspace } }: Playground): Promise<Locator> {
  await run.getByRole('button', { name: workspace.share, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: words.dialog.title });
  await expect(dialog.getByRole('button', { name: words.dialog.make })).toBeEnabled();
  return dialog;
}

/** @returns the finished link and the dialog that shows it */
export async function makeLink(playground: Playground): Promise<{ link: string; dialog: Locator }> {
  const before = await openShareDialog(playground);
  await before.getByRole('button', { name: words.dialog.make }).click();
  const dialog = playground.page.getByRole('dialog', { name: words.dialog.made });
  await expect(dialog).toBeVisible();
  const link = await dialog.getByRole('textbox', { name: words.result.link }).inputValue();
  return { link, dialog };
}
