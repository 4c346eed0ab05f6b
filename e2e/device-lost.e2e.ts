/**
 * Ask and watch on WebGPU. The graphics device goes away midway: a new one takes over, what was said stays, and the run goes on
 * to the answer that the same question gets with nothing in between.
 */
import { expect, test } from '@playwright/test';
import { serveHub, type HubServer } from '../lib/models/fixtures/hub-server';
import { tinyModel } from '../lib/engine/fixtures/tiny-models';
import { firstTagToRead } from './gallery';
import { Models } from './pages/models';
import { isolated } from '../lib/words/isolate';
import { Playground } from './pages/playground';

/** A software GPU takes seconds for what others do in milliseconds. */
const SLOW = 600_000;

const ID = 'tiny/qwen3-vl';
let hub: HubServer;
test.beforeAll(async () => {
  hub = await serveHub([{ id: ID, files: tinyModel({ family: 'qwen3_vl', eager: true }) }]);
});
test.afterAll(() => hub.close());

for (const { name, modelId, modelName, step, tags } of [
  { name: 'the shipped model', modelId: null, modelName: 'Loupe Nano', step: 'think', tags: '@webgpu-only' },
  { name: 'a model of a hub', modelId: ID, modelName: 'qwen3-vl', step: 'result', tags: '@long @webgpu-only' },
] as const) {
  test(`WebGPU lost midway with ${name}: the run goes on to the answer it would have given ${tags}`, async ({
    page,
    browser,
  }) => {
    test.setTimeout(2 * SLOW);
    const playground = new Playground(page);
    await playground.preferWebGpu({ maxTurns: 2 });
    const first = firstTagToRead();
    await playground.open();
    if (modelId !== null) {
      const models = new Models(page);
      await models.open();
      await models.useHub(hub.endpoint);
      await models.look(modelId);
      await models.download();
      await models.ready(SLOW);
      await models.close();
    }
    await playground.openGalleryPicture(first.number);
    await playground.ask(first.question);
    await expect(playground.steps(step).first()).toBeVisible({ timeout: SLOW });

    const devtools = await browser.newBrowserCDPSession();
    await devtools.send('Browser.crashGpuProcess');

    await expect(playground.stopButton).toBeHidden({ timeout: SLOW });
    await expect(playground.alert).toBeHidden();
    await expect(playground.steps('answer')).toHaveCount(1);
    await expect(playground.run).toContainText('· WebGPU');
    const words = await playground.run.getByRole('listitem').allInnerTexts();
    const said = await playground.answer();

    // The same with nothing in between; times differ.
    await playground.ask(first.question);
    await expect(playground.stopButton).toBeVisible();
    await expect(playground.stopButton).toBeHidden({ timeout: SLOW });
    await playground.expectAVisibleZoom();
    await expect(playground.run).toContainText(`${isolated(modelName)} · WebGPU`);
    expect(await playground.answer()).toBe(said);
    const withoutTimes = (texts: readonly string[]) =>
      texts.map((text) => text.replace(/(?:\d+ min )?[\d.]+ m?s\b/g, ''));
    expect(withoutTimes(await playground.run.getByRole('listitem').allInnerTexts())).toEqual(withoutTimes(words));
  });
}
