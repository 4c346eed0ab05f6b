/** The library's page as a person sees it, for stories. */
import { expect, type Locator, type Page } from '@playwright/test';
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
    this.list = page.getByRole('list', { name: 'Runs' });
    this.rows = this.list.getByRole('listitem');
    this.find = page.getByRole('searchbox', { name: 'Find runs' });
    this.selection = page.getByRole('toolbar', { name: 'Selected runs' });
    this.side = page.getByRole('complementary', { name: 'Tags and storage' });
    this.undo = page.getByRole('button', { name: 'Undo' });
  }

  async open(): Promise<void> {
    await this.page.goto('/library');
    await expect(this.page.getByRole('heading', { level: 1, name: 'Library' })).toBeVisible();
  }

  /** Opens the page on so many runs. */
  async openWith(count: number): Promise<void> {
    await this.open();
    await expect(this.page.getByText('No runs yet')).toBeVisible();
    if (count === 0) return;
    await seedRuns(this.page, makeRuns(count));
    await this.page.reload();
    await this.expectCount(count);
    await expect(this.rows.first()).toBeVisible();
  }

  async expectCount(shown: number, total = shown): Promise<void> {
    const runs = `${total.toLocaleString('en')} ${total === 1 ? 'run' : 'runs'}`;
    await expect(
      this.page.getByText(shown === total ? runs : `${shown.toLocaleString('en')} of ${runs}`, { exact: true }),
    ).toBeVisible();
  }

  box(index: number): Locator {
    return this.rows.nth(index).getByRole('checkbox');
  }

  async importFile(name: string, buffer: Buffer): Promise<void> {
    await this.page.getByLabel('Run files').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  }
}
