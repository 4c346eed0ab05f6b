/**
 * Every family of models, from a hub, in the app: chosen by its name, it looks three times and answers. The models are small
 * and random, so what they say means nothing; the grammar sees to it that every call can be carried out. Which way the
 * choice between a look and an answer goes is not left to chance (`eager` in the tiny models).
 */
import { expect, test, type Page } from '@playwright/test';
import { serveHub, type HubServer } from '../lib/models/fixtures/hub-server';
import { tinyModel, type TinyModelOptions } from '../lib/engine/fixtures/tiny-models';
import { models as words } from '../lib/words/en/models';
import { Models } from './pages/models';
import { isolated } from '../lib/words/isolate';
import { Playground } from './pages/playground';

/** A software GPU takes seconds for what others do in milliseconds. */
const SLOW = 600_000;
const LOOKS = 3;
/** A thought, a call and little more, written byte by byte: with less room than this a turn can only be an answer. */
const ROOM_FOR_A_CALL = 120;

interface Told extends TinyModelOptions {
  readonly name: string;
  /**
   * Three of them are in the short form: tiles, smart sizing, states. A software GPU takes minutes for a run: it shows two in the
   * long suite, and most when it is asked to (playwright.config.ts); device-lost.e2e.ts shows the shipped model in the short form,
   * and families.browser.test.ts holds every family to WebGPU.
   */
  readonly tag: '@webgpu-long' | '@webgpu-all' | '@long @webgpu-all' | '@long';
}

const MODELS: readonly Told[] = [
  { name: 'idefics3-tiles', family: 'idefics3', tag: '@webgpu-long' },
  { name: 'idefics3-whole', family: 'idefics3', tiling: false, tag: '@long' },
  { name: 'smolvlm-tiles', family: 'smolvlm', tag: '@long' },
  { name: 'smolvlm-whole', family: 'smolvlm', tiling: false, tag: '@long @webgpu-all' },
  { name: 'qwen2-vl', family: 'qwen2_vl', tag: '@webgpu-long' },
  { name: 'qwen2.5-vl', family: 'qwen2_5_vl', tag: '@long @webgpu-all' },
  { name: 'qwen3-vl', family: 'qwen3_vl', tag: '@long @webgpu-all' },
  { name: 'qwen3.5', family: 'qwen3_5', tag: '@long @webgpu-all' },
  { name: 'gemma4', family: 'gemma4', tag: '@long @webgpu-all' },
  { name: 'lfm2-vl-tiles', family: 'lfm2_vl', tag: '@webgpu-all' },
  { name: 'lfm2-vl-whole', family: 'lfm2_vl', tiling: false, tag: '@long' },
];

let hub: HubServer;
let page: Page;

/** One page for all of them, as for a person who tries one after the other: each makes room for the next. */
test.beforeAll(async ({ browser }, info) => {
  hub = await serveHub(
    MODELS.map(({ name, tag: _tag, ...options }) => ({
      id: `tiny/${name}`,
      files: tinyModel({ ...options, eager: true }),
    })),
  );
  page = await browser.newPage();
  // As the settings have it but for the draws, which are as free as can be: what is likeliest may be the same box again, and
  // that is told to the model instead of shown. `auto` refuses a software GPU.
  const device = info.project.name === 'webgpu' ? 'webgpu' : 'auto';
  await page.addInitScript((settings) => localStorage.setItem('loupe.settings', JSON.stringify(settings)), {
    device,
    maxTurns: LOOKS,
    maxNewTokens: ROOM_FOR_A_CALL,
    temperature: 2,
    seed: 5,
  });
  const playground = new Playground(page);
  await playground.open();
  const models = new Models(page);
  await models.open();
  await models.useHub(hub.endpoint);
  await models.close();
  await playground.openGalleryPicture(1);
});
test.afterAll(async () => {
  await page.close();
  await hub.close();
});

for (const { name, family, tag } of MODELS) {
  test(`${name}: three looks and an answer ${tag}`, async ({}, info) => {
    test.setTimeout(SLOW);
    const device = info.project.name === 'webgpu' ? 'WebGPU' : 'WASM';
    const playground = new Playground(page);
    const models = new Models(page);
    await models.open();
    await models.look(`tiny/${name}`);
    await expect(models.sheet.getByRole('definition').getByText(family, { exact: true })).toBeVisible();
    await models.download();
    await models.ready(SLOW);
    await expect(models.sheet.getByText(words.inUse.loadedOn.replace('<device/>.', device))).toBeVisible();
    await models.close();

    await playground.ask('What is there?');
    await expect(playground.stopButton).toBeVisible();
    await expect(playground.stopButton).toBeHidden({ timeout: SLOW });
    await expect(playground.alert).toBeHidden();
    await expect(playground.run).toContainText(`${isolated(name)} · ${device}`);

    // One step of each kind in its turn; what the model wrote is read, and nothing of it was wrong.
    // The template of Qwen3.5 closes the thought before the turn begins; without one these weights answer at once. That its family looks,
    // and sees what it looked at, is held by qwen-xml-run.test.ts.
    const isClosed = family === 'qwen3_5';
    const thought = isClosed ? [] : ['think'];
    const looks = isClosed ? 0 : LOOKS;
    const look = [...thought, 'call', 'result'];
    const kinds = [...Array.from({ length: looks }, () => look).flat(), ...thought, 'answer'];
    await expect(playground.steps()).toHaveCount(kinds.length);
    expect(await playground.kinds()).toEqual(kinds);

    // Every look is a box on the picture and a crop in the text.
    for (let number = 1; number <= looks; number += 1) {
      await expect(playground.box(number)).toBeVisible();
      await expect(playground.crop(number)).toBeVisible();
    }
  });
}
