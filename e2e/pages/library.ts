/** The library's page as a person sees it, for stories. */
import { expect, type Locator, type Page } from '@playwright/test';
import { library } from '../../lib/words/en/library';
import { makeRuns, seedRuns } from '../library-runs.mjs';

export class Library {
  readonly page: Page;
  readonly list: Locator;
  readonly rows: Locator;
  readonly find: Locator;
  readonly selection: Locator;
  readonly side: Locator;
  readonly undo: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByRole('list', { name: library.list });
    this.rows = this.list.getByRole('listitem');
    this.find = page.getByRole('searchbox', { name: library.find.label });
    this.selection = page.getByRole('toolbar', { name: library.selection.label });
    this.side = page.getByRole('complementary', { name: library.side.label });
    this.undo = page.getByRole('button', { name: library.undo.undo });
  }

  async open(): Promise<void> {
    await this.page.goto('/library');
    await expect(this.page.getByRole('heading', { level: 1, name: library.title })).toBeVisible();
  }

  /** Opens the page on so many runs. */
  async openWith(count: number): Promise<void> {
    await this.open();
    await expect(this.page.getByText(library.empty.title)).toBeVisible();
    if (count === 0) return;
    await seedRuns(this.page, makeRuns(count));
    await this.page.reload();
    await this.expectCount(count);
    await expect(this.rows.first()).toBeVisible();
  }

  async expectCount(shown: number, total = shown): Promise<void> {
    const count = shown === total ? library.runs(total) : library.runsOf(shown, total);
    await expect(this.page.getByText(count, { exact: true })).toBeVisible();
  }

  box(index: number): Locator {
    return this.rows.nth(index).getByRole('checkbox');
  }

  async importFile(name: string, buffer: Buffer): Promise<void> {
    await this.page
      .getByLabel(library.find.runFiles)
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  }
}
