/** The lenses under a run, for stories. */
import { expect, type Locator, type Page } from '@playwright/test';
import { lenses as words } from '../../lib/words/en/lenses';

export class LensPanel {
  readonly page: Page;
  readonly region: Locator;

  constructor(page: Page) {
    this.page = page;
    this.region = page.getByRole('region', { name: words.label, exact: true });
  }

  lens(name: string): Locator {
    return this.region.locator('details[data-lens]').filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Opened, whatever it was. */
  async open(name: string): Promise<Locator> {
    const lens = this.lens(name);
    await expect(lens).toBeVisible();
    if ((await lens.getAttribute('open')) === null) await lens.locator('summary').click();
    return lens;
  }

  /** log p at the cursor, as the strip under the timeline has it. */
  async beliefAtCursor(): Promise<number> {
    return Number(await this.page.locator('[data-timeline] svg[data-belief]').getAttribute('data-belief'));
  }
}
