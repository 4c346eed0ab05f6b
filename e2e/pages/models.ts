/** The choice of a model as a person sees it. By role, label and words. */
import { expect, type Locator, type Page } from '@playwright/test';
import { models } from '../../lib/words/en/models';
import { ANY, saying, sayingAmong } from '../../lib/words/fixtures/saying';
import { settings } from '../../lib/words/en/settings';

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
    this.sheet = page.getByRole('dialog', { name: models.title });
    this.anyModel = this.sheet.getByRole('textbox', { name: models.form.label });
    this.disk = this.sheet.getByRole('list', { name: models.disk.list });
    this.progress = this.sheet.getByRole('progressbar');
  }

  /** From the settings. */
  async open(): Promise<void> {
    await this.page.getByRole('button', { name: settings.title }).click();
    const sheet = this.page.getByRole('dialog', { name: settings.title });
    await sheet.getByRole('button', { name: settings.model.choose, exact: true }).click();
    await expect(this.sheet).toBeVisible();
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.sheet).toBeHidden();
  }

  /** Another address than the hub's own. */
  async useHub(endpoint: string): Promise<void> {
    await this.sheet.getByLabel(models.hub.label, { exact: true }).selectOption('other');
    const field = this.sheet.getByLabel(models.hub.address);
    await field.fill(endpoint);
    await field.press('Enter');
  }

  async look(id: string): Promise<void> {
    await this.anyModel.fill(id);
    await this.anyModel.press('Enter');
    await expect(this.sheet.getByRole('heading', { name: id })).toBeVisible();
  }

  async download(): Promise<void> {
    const { download, downloadRest, use, allTheSame } = models.hubModel;
    const ways = [download(ANY), downloadRest(ANY), use].flatMap((way) => [way, allTheSame(way)]);
    const name = new RegExp(ways.map((way) => saying(way).source).join('|'));
    await this.sheet.getByRole('button', { name }).click();
  }

  /** @param most milliseconds: a software GPU takes longer */
  async ready(most = READY_MS): Promise<void> {
    await expect(this.sheet.getByText(sayingAmong(models.inUse.loadedOn))).toBeVisible({ timeout: most });
  }
}
