/**
 * Ask and watch on WebGPU. The graphics device goes away midway: a new one takes over, what was said stays, and the run goes on
 * to the answer that the same question gets with nothing in between: as it was recorded, or asked once more.
 */
import { expect, test, type Browser } from '@playwright/test';
import { serveHub, type HubServer } from '../lib/models/fixtures/hub-server';
import { tinyModel } from '../lib/engine/fixtures/tiny-models';
import { firstTagToRead } from './gallery';
import { Models } from './pages/models';
import { isolated } from '../lib/words/isolate';
import { Playground } from './pages/playground';
import { goldenRun } from './shares/golden-run';

/** A software GPU takes seconds for what others do in milliseconds. */
const SLOW = 600_000;

const ID = 'tiny/qwen3-vl';
let hub: HubServer;
test.beforeAll(async () => {
  hub = await serveHub([{ id: ID, files: tinyModel({ family: 'qwen3_vl', eager: true }) }]);
});
test.afterAll(() => hub.close());

/** Asked, and the device lost at the first step of that kind, until the run is over. */
async function loseDevice(
  playground: Playground,
  browser: Browser,
  question: string,
  at: 'think' | 'result',
): Promise<void> {
  await playground.ask(question);
  await expect(playground.steps(at).first()).toBeVisible({ timeout: SLOW });
  const devtools = await browser.newBrowserCDPSession();
  await devtools.send('Browser.crashGpuProcess');
  await expect(playground.stopButton).toBeHidden({ timeout: SLOW });
  await expect(playground.alert).toBeHidden();
  await expect(playground.steps('answer')).toHaveCount(1);
}

test('WebGPU lost midway with the shipped model: the run goes on to the answer that is recorded @webgpu-only', async ({
  page,
  browser,
}) => {
  test.setTimeout(2 * SLOW);
  const playground = new Playground(page);
  await playground.preferWebGpu();
  const { original, trajectory, picture } = goldenRun('recorded', 'shortest');
  await playground.open();
  await playground.openFile('scene.png', 'image/png', picture);
  await playground.pictureReady();
  await loseDevice(playground, browser, original.question, 'think');
  await playground.expectAVisibleZoom();
  await expect(playground.run).toContainText(`${isolated('Loupe Nano')} · WebGPU`);
  expect(await playground.kinds()).toEqual(trajectory.steps.map(({ type }) => type));
  for (const [at, step] of trajectory.steps.entries()) {
    if (step.type === 'think' || step.type === 'answer')
      await expect(playground.steps().nth(at)).toContainText(step.text);
    if (step.type === 'call') await expect(playground.steps().nth(at)).toContainText(step.label);
  }
});

test('WebGPU lost midway with a model of a hub: the run goes on to the answer it would have given @long @webgpu-only', async ({
  page,
  browser,
}) => {
  test.setTimeout(2 * SLOW);
  const playground = new Playground(page);
  await playground.preferWebGpu({ maxTurns: 2 });
  const { number, question } = firstTagToRead();
  await playground.open();
  const models = new Models(page);
  await models.open();
  await models.useHub(hub.endpoint);
  await models.look(ID);
  await models.download();
  await models.ready(SLOW);
  await models.close();
  await playground.openGalleryPicture(number);
  await loseDevice(playground, browser, question, 'result');
  await expect(playground.run).toContainText('· WebGPU');
  const words = await playground.run.getByRole('listitem').allInnerTexts();
  const said = await playground.answer();

  // The same with nothing in between; times differ.
  await playground.ask(question);
  await expect(playground.stopButton).toBeVisible();
  await expect(playground.stopButton).toBeHidden({ timeout: SLOW });
  await playground.expectAVisibleZoom();
  await expect(playground.run).toContainText(`${isolated('qwen3-vl')} · WebGPU`);
  expect(await playground.answer()).toBe(said);
  const withoutTimes = (texts: readonly string[]) =>
    texts.map((text) => text.replace(/(?:\d+ min )?[\d.]+ m?s\b/g, ''));
  expect(withoutTimes(await playground.run.getByRole('listitem').allInnerTexts())).toEqual(withoutTimes(words));
});
