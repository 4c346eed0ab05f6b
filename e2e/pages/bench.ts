/** The bench's page as a person sees it, for stories. */
import { expect, type Locator, type Page } from '@playwright/test';

export class BenchPage {
  readonly page: Page;
  readonly plan: Locator;
  readonly most: Locator;
  readonly run: Locator;
  readonly progress: Locator;
  readonly kinds: Locator;
  readonly questions: Locator;

  constructor(page: Page) {
    this.page = page;
    this.plan = page.getByRole('group', { name: 'What to measure' });
    this.most = page.getByLabel('Most questions');
    this.run = page.getByRole('button', { name: 'Run', exact: true });
    this.progress = page.getByRole('progressbar', { name: 'Runs finished' });
    this.kinds = page.getByRole('table', { name: 'Right answers, percent' });
    this.questions = page.getByRole('list', { name: 'Questions' }).getByRole('listitem');
  }

  async open(): Promise<void> {
    await this.page.goto('/bench');
    await expect(this.page.getByText('the shipped scenes', { exact: true })).toBeVisible();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** On WASM, with tools and without. */
  async start(most: number): Promise<void> {
    await this.choose('WASM');
    await this.most.fill(String(most));
    await this.run.click();
  }

  async choose(option: string): Promise<void> {
    await this.plan.getByText(option, { exact: true }).click();
  }

  async finished(): Promise<void> {
    await expect(this.page.getByText('Finished.', { exact: true })).toBeVisible({ timeout: 150_000 });
  }

  async done(): Promise<number> {
    return Number(await this.progress.getAttribute('aria-valuenow'));
  }
}
