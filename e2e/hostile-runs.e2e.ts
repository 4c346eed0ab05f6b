/** Runs whose words, names and times are of no usual kind: shown as what they are, and nothing around them moves. */
import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Library } from './pages/library';
import { Playground } from './pages/playground';

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures/hostile', name), 'utf8');

/** Names that turn what follows around, and times beyond all time. */
function turned(): string {
  const run = JSON.parse(fixture('run-long-answer.json')) as {
    id: string;
    title: string;
    image: { name: string };
    model: { name: string };
    steps: { type: string; span: { start: number; end: number } }[];
  };
  run.id = 'turned-around';
  run.title = '\u202Etxt.exe';
  run.image.name = '\u202Egnp.erutcip';
  run.model.name = '\u202Eledom';
  const last = run.steps.at(-1);
  if (last) last.span = { start: 0, end: 1e308 };
  return JSON.stringify(run);
}

async function expectNothingSticksOut(page: Page): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
  const out = await page.getByRole('region', { name: 'What the model did' }).evaluate((region) => {
    const { right } = region.getBoundingClientRect();
    return [...region.querySelectorAll('li p, li pre, h2')]
      .filter(
        (element) => element.scrollWidth > element.clientWidth + 1 || element.getBoundingClientRect().right > right + 1,
      )
      .map((element) => element.textContent?.slice(0, 40));
  });
  expect(out).toEqual([]);
}

test('words without a space, times beyond time and names that turn around stay where they are', async ({ page }) => {
  let alerts = 0;
  page.on('dialog', (dialog) => {
    alerts += 1;
    void dialog.dismiss();
  });
  const library = new Library(page);
  const playground = new Playground(page);
  const files = ['run-long-answer.json', 'run-html.json', 'run-edge.json', 'run-overlap.json'];
  await library.open();
  for (const [index, text] of [...files.map(fixture), turned()].entries()) {
    await library.importFile(`${index}.json`, Buffer.from(text));
    await expect(library.rows).toHaveCount(index + 1);
  }
  for (let row = 0; row <= files.length; row += 1) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await library.open();
    await library.rows.nth(row).locator('[data-open]').click();
    await expect(playground.run).toBeVisible();
    await expectNothingSticksOut(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect(() => expectNothingSticksOut(page)).toPass();
  }
  // What follows a name that turns around is read in its own order.
  await page.goto('/?run=turned-around');
  await expect(playground.run).toContainText('1e308 ms');
  expect(alerts).toBe(0);
});
