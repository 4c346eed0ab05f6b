/**
 * Models behind a server, told with a real llama.cpp whose weights are random: a grammar in the request says what it writes, all else is its
 * own. Where its packages are not there (scripts/python.mjs) these stories are skipped.
 */
import { createServer, type Server } from 'node:http';
import { expect, test, type Page } from '@playwright/test';
import { hasLlama, only, startLlama, type Llama } from '../lib/engine/remote/fixtures/llama';
import { playground as playgroundWords } from '../lib/words/en/playground';
import { servers as words } from '../lib/words/en/servers';
import { trajectory } from '../lib/words/en/trajectory';
import { workspace } from '../lib/words/en/workspace';
import { startApp } from './bench/start-app.mjs';
import { Models } from './pages/models';
import { Playground } from './pages/playground';
import { makeLink, SharedRun } from './pages/shared-run';
import { violations } from './pages/violations';
import { drawJpeg } from './pictures/draw';

const KEY = 'sk-e2e-0123456789';

const zoom = (...box: number[]) =>
  `<think>Small.</think>\n<tool_call>\n{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [${box.join(', ')}], "label": "corner"}}\n</tool_call>`;
const ANSWER = '<think>I see.</think>\n<answer>A corner</answer>';

/** Of each turn the text that it is to be, on its way to the server. */
async function writes(page: Page, turns: readonly string[]): Promise<void> {
  let at = 0;
  await page.route('**/chat/completions', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    const body = route.request().postDataJSON() as Record<string, unknown>; // as the page wrote it
    const grammar = turns[Math.min(at, turns.length - 1)] ?? '';
    at += 1;
    await route.continue({ postData: JSON.stringify({ ...body, grammar }) });
  });
}

async function choose(
  page: Page,
  fill: (sheet: Models['sheet']) => Promise<void>,
  dialect: keyof typeof words.dialects = 'deepeyes',
): Promise<Models> {
  const picker = new Models(page);
  await picker.open();
  await fill(picker.sheet);
  await picker.sheet.getByRole('button', { name: words.connect }).click();
  await expect(picker.sheet.getByText(words.found(1))).toBeVisible();
  await picker.sheet.getByText(words.how).first().click();
  await picker.sheet
    .getByLabel(words.dialect, { exact: true })
    .first()
    .selectOption({ label: words.dialects[dialect] });
  expect(await violations(page)).toEqual([]);
  await picker.sheet.getByRole('button', { name: words.use }).click();
  await expect(picker.sheet.getByRole('strong').filter({ hasText: 'llama.cpp' })).toBeVisible();
  await picker.close();
  return picker;
}

const typed =
  ({ port }: Llama) =>
  async (sheet: Models['sheet']) => {
    await sheet.getByLabel(words.preset, { exact: true }).selectOption({ label: words.presets['llama-cpp'] });
    await sheet.getByLabel(words.address, { exact: true }).fill(`127.0.0.1:${port}`);
  };

/** A turn of DeepEyesV2. */
const code = (...lines: readonly string[]) =>
  `<think>Compute.</think>\n<code>\n\`\`\`python\n${lines.join('\n')}\n\`\`\`\n</code>`;

async function openPhoto(page: Page): Promise<Playground> {
  const playground = new Playground(page);
  await playground.open();
  await playground.openFile('corner.jpg', 'image/jpeg', await drawJpeg(page, 1600, 1200));
  await playground.pictureReady();
  return playground;
}

test('what stands between the page and a server is told with its cure', async ({ page }) => {
  // Answers, but lets no other page read it.
  const closed = createServer((_, response) => response.end('{}'));
  const port = await listening(closed);
  const playground = new Playground(page);
  await playground.open();
  const picker = new Models(page);
  await picker.open();
  const { sheet } = picker;
  await sheet.getByLabel(words.preset, { exact: true }).selectOption({ label: words.presets.other });
  const told = async (address: string, problem: string) => {
    await sheet.getByLabel(words.address, { exact: true }).fill(address);
    await sheet.getByRole('button', { name: words.connect }).click();
    await expect(sheet.getByRole('alert')).toHaveText(problem);
  };
  await told(`127.0.0.1:${port}`, words.problems.cors);
  await told('http://192.168.77.77:8000/v1', words.problems.policy);
  await told('http://me:secret@localhost:8000', words.addressWrong);
  await told(new URL('/learn', page.url()).href, words.problems['wrong-address']);
  await new Promise((resolve) => closed.close(resolve).closeAllConnections());
  await told(`127.0.0.1:${port}`, words.problems.unreachable);
});

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

test.describe('with llama.cpp', () => {
  test.skip(!hasLlama(), 'llama.cpp is not in .venv: node scripts/python.mjs training');

  test(
    'a photograph is asked through llama.cpp with a key, stepped, shared, and the key is nowhere',
    { tag: '@long' },
    async ({ page, browser }) => {
      const llama = await startLlama({ key: KEY });
      const elsewhere: string[] = [];
      page.on('request', (request) => {
        const to = new URL(request.url());
        const all = `${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ''}`;
        if (to.port !== String(llama.port) && all.includes(KEY)) elsewhere.push(request.url());
      });
      const playground = await openPhoto(page);
      await writes(page, [only(zoom(0, 0, 400, 300)), only(zoom(500, 400, 900, 700)), only(ANSWER)]);
      await choose(page, async (sheet) => {
        await typed(llama)(sheet);
        await sheet.getByRole('button', { name: words.connect }).click();
        await expect(sheet.getByRole('alert')).toContainText(words.problems['key-refused']);
        await sheet.getByLabel(words.key, { exact: true }).fill(KEY);
        await sheet.getByLabel(words.key, { exact: true }).blur();
      });
      await expect(page.getByText(workspace.leaves.toServer(`127.0.0.1:${llama.port}`))).toBeVisible();

      await playground.askAndWait('What is in the corner?');
      expect(await playground.kinds()).toEqual([
        'think',
        'call',
        'result',
        'think',
        'call',
        'result',
        'think',
        'answer',
      ]);
      expect(await playground.answer()).toBe('A corner');
      await expect(playground.run).toContainText('llama.cpp');
      await playground.player.getByRole('button', { name: trajectory.player.first }).click();
      await playground.player.getByRole('button', { name: trajectory.player.next }).click();
      await playground.expectCursor(1);

      const { link } = await makeLink(playground);
      const visitor = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
      await visitor.goto(link);
      const shared = new SharedRun(visitor);
      await expect(shared.run.getByRole('heading')).toHaveText('What is in the corner?');
      await shared.toEnd(visitor);
      await expect(shared.run).toContainText('llama.cpp');
      const told = await visitor.content();
      expect(told).not.toContain(KEY);
      expect(told).not.toContain(String(llama.port));

      const kept = await page.evaluate(() =>
        Object.keys(localStorage).map((name) => ({ name, value: localStorage.getItem(name) ?? '' })),
      );
      expect(kept.filter(({ value }) => value.includes(KEY)).map(({ name }) => name)).toEqual(['loupe.keys']);
      expect(elsewhere).toEqual([]);
      await llama.kill();
    },
  );

  test(
    'a server that ends in the middle is told with its cure, and the run goes on once it is back',
    { tag: '@long' },
    async ({ page }) => {
      let llama = await startLlama();
      const { port } = llama;
      const playground = await openPhoto(page);
      await writes(page, [only(zoom(0, 0, 400, 300)), 'root ::= "<think>" [a-z]+\n', only(ANSWER)]);
      await choose(page, typed(llama));
      await playground.ask('What is in the corner?');
      await expect(playground.steps('think')).toHaveCount(2);
      await llama.kill();
      await expect(page.getByText(words.problems['stream-died'])).toBeVisible();
      await expect(playground.steps('result')).toHaveCount(1);

      llama = await startLlama({ port });
      await page.getByRole('button', { name: playgroundWords.notice.goOn }).click();
      await expect(playground.steps('answer')).toHaveCount(1);
      expect(await playground.kinds()).toEqual(['think', 'call', 'result', 'think', 'answer']);
      await llama.kill();
      await playground.ask('And now?');
      await expect(page.getByText(words.problems.unreachable)).toBeVisible();
    },
  );

  test(
    'DeepEyesV2 zooms by code, computes, errs and leaves a placeholder; what it made is shared',
    { tag: '@long' },
    async ({ page, browser }) => {
      // The dialect's prompt is long, and this model's tokens are bytes.
      const llama = await startLlama({ context: 24_576 });
      const playground = await openPhoto(page);
      await writes(page, [
        only(
          code('import matplotlib.pyplot as plt', 'a = image_1.crop((0, 0, 400, 300))', 'plt.imshow(a)', 'plt.show()'),
        ),
        only(code('print(a.size, 6 * 7)')),
        only(code('print(1 / 0)')),
        only(code('# nothing to do')),
        only(ANSWER),
      ]);
      await choose(page, typed(llama), 'deepeyes-v2');
      await playground.askAndWait('What is in the corner?');
      const turn = ['think', 'call', 'result'];
      expect(await playground.kinds()).toEqual([...turn, ...turn, ...turn, ...turn, 'think', 'answer']);
      const results = playground.steps('result');
      await expect(results.nth(0).getByRole('img')).toHaveCount(1);
      // Its names are there in the next call.
      await expect(results.nth(1)).toContainText('(400, 300) 42');
      await expect(results.nth(2)).toContainText('ZeroDivisionError: division by zero');
      await expect(results.nth(3)).toContainText(trajectory.code.silent);

      const { link } = await makeLink(playground);
      const visitor = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
      await visitor.goto(link);
      const shared = new SharedRun(visitor);
      await shared.toEnd(visitor);
      await expect(shared.run).toContainText('ZeroDivisionError: division by zero');
      await expect(shared.run.locator('li[data-type="result"]').first().getByRole('img')).toHaveCount(1);
      await llama.kill();
    },
  );

  test('a server that only this site may reach answers through it, by name', { tag: '@long' }, async ({ page }) => {
    const llama = await startLlama({ key: KEY });
    const app = await startApp({
      LOUPE_ENDPOINTS: `lab=http://127.0.0.1:${llama.port}/v1,${KEY}`,
      LOUPE_DATA: 'test-results/e2e-data-servers',
    });
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    const playground = new Playground(page);
    await playground.open(app.url);
    await playground.openFile('corner.jpg', 'image/jpeg', await drawJpeg(page, 1600, 1200));
    await playground.pictureReady();
    await writes(page, [only(zoom(0, 0, 400, 300)), only(ANSWER)]);
    await choose(page, async (sheet) => {
      await sheet.getByLabel(words.preset, { exact: true }).selectOption({ label: words.ofThisSite({ name: 'lab' }) });
      await expect(sheet.getByText(words.keyOfSite)).toBeVisible();
    });
    await expect(page.getByText(workspace.leaves.throughSite('lab'))).toBeVisible();
    await playground.askAndWait('What is in the corner?');
    expect(await playground.kinds()).toEqual(['think', 'call', 'result', 'think', 'answer']);
    expect([...hosts].filter((host) => host !== '' && host !== new URL(app.url).host)).toEqual([]);
    await app.stop();
    await llama.kill();
  });
});
