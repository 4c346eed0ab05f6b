/** The choice of a model as a person sees it. By role, label and words. */
import { expect, type Locator, type Page } from '@playwright/test';

/** Starting a model compiles its graphs; two cores may be shared. */
const READY_MS = 600_000;

export class Models {
  readonly page: Page;
  readonly sheet: Locator;
  readonly anyModel: Locator;
  readonly disk: Locator;
  readonly progress: Locator;

  constructor(page: Page) {
    this.page = page;
    this.sheet = page.getByRole('dialog', { name: 'Models' });
    this.anyModel = this.sheet.getByRole('textbox', { name: 'Any model of the hub' });
    this.disk = this.sheet.getByRole('list', { name: 'Models on this disk' });
    this.progress = this.sheet.getByRole('progressbar');
  }

  /** From the settings. */
  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Settings' }).click();
    await this.page.getByRole('button', { name: 'Choose a model' }).click();
    await expect(this.sheet).toBeVisible();
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.sheet).toBeHidden();
  }

  /** Another address than the hub's own. */
  async useHub(endpoint: string): Promise<void> {
    await this.sheet.getByLabel('Hub', { exact: true }).selectOption('other');
    const field = this.sheet.getByLabel('Address of the hub');
    await field.fill(endpoint);
    await field.press('Enter');
  }

  async look(id: string): Promise<void> {
    await this.anyModel.fill(id);
    await this.anyModel.press('Enter');
    await expect(this.sheet.getByRole('heading', { name: id })).toBeVisible();
  }

  async download(): Promise<void> {
    await this.sheet.getByRole('button', { name: /^(Download|Use this model)/ }).click();
  }

  /** @param most milliseconds: a software GPU takes longer */
  async ready(most = READY_MS): Promise<void> {
    await expect(this.sheet.getByText(/^Loaded, on/)).toBeVisible({ timeout: most });
  }
}
