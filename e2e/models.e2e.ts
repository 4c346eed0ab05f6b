/** Models of a hub: chosen, downloaded, cut off, gone on with after a reload, asked, deleted; and what is said where it fails. */
import { expect, test, type Page } from '@playwright/test';
import { calmTrouble, serveHub, type HubServer } from '../lib/models/fixtures/hub-server';
import { tinyModel } from '../lib/engine/fixtures/tiny-models';
import { common } from '../lib/words/en/common';
import { models as words } from '../lib/words/en/models';
import { ANY, saying } from '../lib/words/fixtures/saying';
import { startApp } from './bench/start-app.mjs';
import { Models } from './pages/models';
import { workspace } from '../lib/words/en/workspace';
import { isolated } from '../lib/words/isolate';
import { Playground } from './pages/playground';
import { violations } from './pages/violations';

const FILES = tinyModel({ family: 'qwen2_vl', dtype: 'q8', externalData: 1 });
const TOTAL = [...FILES.values()].reduce((sum, { length }) => sum + length, 0);
const ID = 'tiny/qwen2-vl';
const NAME = 'qwen2-vl (q8)';

let hub: HubServer;
test.beforeAll(async () => {
  hub = await serveHub([
    { id: ID, files: FILES },
    { id: 'tiny/gated', files: FILES, gated: true, token: 'hf_ok' },
    { id: 'tiny/not-for-browsers', files: new Map([['model.safetensors', new Uint8Array(10)]]) },
  ]);
});
test.afterAll(() => hub.close());
test.beforeEach(() => {
  Object.assign(hub.trouble, calmTrouble());
});

async function openModels(page: Page): Promise<Models> {
  const models = new Models(page);
  await models.open();
  await models.useHub(hub.endpoint);
  return models;
}

test('a download cut off at four fifths goes on after a reload; the model is asked, and deleted', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  const models = await openModels(page);
  await models.look(ID);
  await expect(models.sheet.getByText('apache-2.0')).toBeVisible();
  await expect(models.sheet.getByRole('radio', { name: /^q8/ })).toBeChecked();

  const before = hub.sent();
  hub.trouble.breakAfter = before + Math.floor(0.8 * TOTAL);
  await models.download();
  // So much has been sent that the next part would be beyond the cut.
  await expect.poll(() => hub.sent() - before, { timeout: 300_000 }).toBeGreaterThan(0.7 * TOTAL);
  await page.reload();
  hub.trouble.breakAfter = Infinity;
  const cut = hub.sent();

  await models.open();
  await models.sheet.getByRole('button', { name: words.inUse.loadNow }).click();
  await models.ready();
  expect(hub.sent() - cut).toBeLessThan(TOTAL);
  await expect(models.disk.getByRole('listitem').filter({ hasText: NAME })).toContainText(words.disk.inUse.trim());
  await models.close();

  await playground.openGalleryPicture(1);
  await playground.askAndWait('What is there?');
  expect(await playground.steps().count()).toBeGreaterThan(0);
  await expect(playground.run).toContainText(`${isolated('qwen2-vl')} · WASM`);

  await page.getByRole('button', { name: workspace.model.choose(NAME, '') }).click();
  await models.sheet.getByRole('button', { name: words.disk.deleteNamed(NAME) }).click();
  const deleteSize = new RegExp(words.disk.deleteSize('[\\d.]+ [KM]B'));
  await models.sheet.getByRole('button', { name: deleteSize }).click();
  await expect(models.sheet.getByText(saying(words.disk.deleted(NAME, ANY)))).toBeVisible();
  await expect(models.disk.getByText(NAME)).toBeHidden();
  await expect(models.sheet.getByText(words.list.shipped).first()).toBeVisible();
  const asked = hub.requests.length;
  await models.close();
  await playground.askAndWait('What is there now?');
  await expect(playground.run).toContainText(`${isolated('Loupe Nano')} · WASM`);
  expect(hub.requests).toHaveLength(asked);
});

test('paused and resumed, and cancelled it is the former model again', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  const models = await openModels(page);
  await models.look(ID);
  hub.trouble.bytesPerSecond = 40_000;
  await models.download();
  await expect(models.progress).toHaveAttribute('aria-valuenow', /^[1-9]/, { timeout: 300_000 });
  await models.sheet.getByRole('button', { name: words.inUse.pause }).click();
  const sent = hub.sent();
  await expect(models.sheet.getByText(words.inUse.kept)).toBeVisible();
  await models.sheet.getByRole('button', { name: words.inUse.resume }).click();
  await expect.poll(() => hub.sent(), { timeout: 300_000 }).toBeGreaterThan(sent + 20_000);
  await models.sheet.getByRole('button', { name: common.cancel }).click();
  await expect(models.sheet.getByRole('button', { name: words.inUse.loadNow })).toBeVisible();
  await expect(models.disk.getByText(saying(`${words.disk.notAll(ANY, ANY)}${ANY}`))).toBeVisible();
});

test('a gated model, one that is not there and one that is not for browsers: each in its own words', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  const models = await openModels(page);
  const alert = models.sheet.getByRole('alert');

  await models.look('tiny/nobody');
  await expect(alert).toHaveAttribute('data-code', 'engine/model-not-found');
  await models.sheet.getByRole('button', { name: words.hubModel.back }).click();
  await models.look('tiny/not-for-browsers');
  await expect(alert).toHaveAttribute('data-code', 'engine/unsupported-model');
  await models.sheet.getByRole('button', { name: words.ways.models }).click();

  await models.look('tiny/gated');
  await expect(alert).toHaveAttribute('data-code', 'engine/gated');
  await alert.getByRole('button', { name: words.ways.token }).click();
  await expect(models.sheet.getByLabel(words.hub.token)).toBeFocused();
  await page.keyboard.type('hf_ok');
  await page.keyboard.press('Enter');
  await models.look('tiny/gated');
  await expect(models.sheet.getByRole('radio', { name: /^q8/ })).toBeChecked();
  // The hub alone hears of it, not the server that the files come from.
  const told = hub.requests.filter(({ authorization }) => authorization !== null);
  expect(told.length).toBeGreaterThan(0);
  expect(told.every(({ host }) => host === 'hub')).toBe(true);
});

test('where the server is told of a mirror, models come from it; what is chosen in the browser wins @long', async ({
  page,
}) => {
  const app = await startApp({ HF_ENDPOINT: `${hub.endpoint}/`, LOUPE_DATA: 'test-results/e2e-data-mirror' });
  try {
    const playground = new Playground(page);
    await playground.open(app.url);
    const models = new Models(page);
    await models.open();
    const before = hub.requests.length;
    await models.look(ID);
    await expect(models.sheet.getByRole('radio', { name: /^q8/ })).toBeChecked();
    await models.download();
    await models.ready();
    const asked = hub.requests.slice(before).map(({ path }) => path);
    expect(asked.some((path) => path.startsWith(`/${ID}/resolve/`))).toBe(true);
    await models.useHub('http://localhost:9');
    await page.reload();
    await models.open();
    await expect(models.sheet.getByLabel(words.hub.address)).toHaveValue('http://localhost:9');
  } finally {
    await app.stop();
  }
});

test('axe finds nothing in the choice of a model, wide and narrow, and nothing runs over the edge', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  const models = await openModels(page);
  const check = async () => {
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 844 });
      expect(await violations(page), `${width} wide`).toEqual([]);
      const over = await models.sheet.evaluate(
        (sheet) =>
          [...sheet.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
            .length,
      );
      expect(over, `${width} wide`).toBe(0);
    }
  };
  await check();
  await models.look(ID);
  await expect(models.sheet.getByRole('radio', { name: /^q8/ })).toBeChecked();
  await check();
});
