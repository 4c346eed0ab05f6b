/** What another model wrote, pasted over a picture: no model, no run. */
import { expect, test } from '@playwright/test';
import { readGallery, readGalleryFile } from './gallery';
import { Playground } from './pages/playground';
import { savesData } from './pages/saves-data';
import { answer as words } from '../lib/words/en/answer';
import { canvas } from '../lib/words/en/canvas';

// No story here asks a model.
test.beforeEach(({ page }) => savesData(page));

/** Qwen2.5-VL counts in pixels, and nothing in its answer says so. */
const QWEN = '```json\n[{"bbox_2d": [200, 100, 600, 300], "label": "the clock"}]\n```';

test('a pasted Qwen answer, read in the wrong range, is switched to the right one and stays so', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await page.getByRole('button', { name: words.paste }).click();
  const sheet = page.getByRole('dialog', { name: words.sheet.title });
  await sheet.getByRole('textbox', { name: words.sheet.text }).fill(QWEN);
  const [scene] = readGallery();
  await sheet.getByLabel(words.sheet.picture).setInputFiles({
    name: 'scene.webp',
    mimeType: 'image/webp',
    buffer: readGalleryFile(scene?.image ?? ''),
  });
  await expect(sheet).toContainText(words.found(1, 0, 0));
  await expect(sheet).toContainText(words.reading.unsure);
  await sheet.getByRole('button', { name: words.sheet.show }).click();

  const picture = playground.canvas.getByRole('img');
  const said = (x: number, y: number) => canvas.pointedPlace({ label: 'the clock', x, y });
  await expect(picture).toHaveAccessibleName(new RegExp(said(0.4, 0.2)));
  const reading = page.getByRole('region', { name: words.reading.title });
  await expect(reading).toContainText(words.reading.readAs(words.reading.scale(1000), words.reading.orders.xyxy));

  await reading.getByRole('combobox', { name: words.reading.range }).selectOption(words.reading.pixels);
  const { width, height } = await picture.evaluate((element) => {
    const [w, h] = (element.getAttribute('aria-label') ?? '').match(/\d[\d,]*/g) ?? [];
    return { width: Number(w?.replace(',', '')), height: Number(h?.replace(',', '')) };
  });
  const moved = new RegExp(said(400 / width, 200 / height));
  await expect(picture).toHaveAccessibleName(moved);
  await expect(reading).toContainText(words.reading.by.person);

  // It is kept like a run: its address brings it back, read as it was chosen.
  await expect(page).toHaveURL(/\?run=/);
  await page.reload();
  await expect(picture).toHaveAccessibleName(moved);
  await expect(page.getByRole('region', { name: words.reading.title })).toContainText(words.reading.by.person);
});
