/** The bench's page as a person sees it, for stories. */
import { expect, type Locator, type Page } from '@playwright/test';
import { bench } from '../../lib/words/en/bench';
import { common } from '../../lib/words/en/common';

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
    this.plan = page.getByRole('group', { name: bench.plan.legend });
    this.most = page.getByLabel(bench.plan.most);
    this.run = page.getByRole('button', { name: bench.bar.run, exact: true });
    this.progress = page.getByRole('progressbar', { name: bench.bar.finished });
    this.kinds = page.getByRole('table', { name: bench.right.title });
    this.questions = page.getByRole('list', { name: bench.list.title }).getByRole('listitem');
  }

  async open(): Promise<void> {
    await this.page.goto('/bench');
    await expect(this.page.getByText(bench.plan.theShippedScenes, { exact: true })).toBeVisible();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** On WASM, with tools and without. */
  async start(most: number): Promise<void> {
    await this.choose(common.devices.wasm);
    await this.most.fill(String(most));
    await this.run.click();
  }

  async choose(option: string): Promise<void> {
    await this.plan.getByText(option, { exact: true }).click();
  }

  async finished(): Promise<void> {
    await expect(this.page.getByText(bench.bar.phases.done, { exact: true })).toBeVisible({ timeout: 150_000 });
  }

  async done(): Promise<number> {
    return Number(await this.progress.getAttribute('aria-valuenow'));
  }
}
