/** Several pictures in one question: added, put in order by keyboard, taken out, and told to a model that takes them. */
import { expect, test } from '@playwright/test';
import { workspace } from '../lib/words/en/workspace';
import { Playground } from './pages/playground';
import { violations } from './pages/violations';
import { drawJpeg } from './pictures/draw';
import { answerInRoute } from './servers/in-route';

const words = workspace.pictures;

test('three pictures are added, ordered by keyboard, one is taken out, and two are asked about', async ({ page }) => {
  await answerInRoute(page, '<think>Two.</think><answer>The second</answer>', 'qwen3-vl-8b');
  const told: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/chat/completions')) told.push(request.postData() ?? '');
  });
  const playground = new Playground(page);
  await playground.open();
  const jpeg = async (name: string, width: number) => ({
    ...{ name, mimeType: 'image/jpeg' },
    buffer: await drawJpeg(page, width, 300),
  });
  const first = await jpeg('first.jpg', 400);
  await playground.openFile(first.name, first.mimeType, first.buffer);
  await playground.pictureReady();

  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: words.add }).click();
  await (await chooser).setFiles([await jpeg('second.jpg', 500), await jpeg('third.jpg', 600)]);
  const list = page.getByRole('list', { name: words.label });
  const named = (number: number, name: string) =>
    list.getByRole('button', { name: words.named(number, name), exact: true });
  await expect(named(3, 'third.jpg')).toBeVisible();
  expect(await violations(page)).toEqual([]);

  await named(2, 'second.jpg').press('ArrowLeft');
  await expect(named(1, 'second.jpg')).toBeFocused();
  await named(3, 'third.jpg').press('Delete');
  await expect(list.getByRole('listitem')).toHaveCount(2);

  await playground.askAndWait('Which one is wider?');
  const { messages } = JSON.parse(told[0] ?? '') as { messages: { role: string; content: unknown }[] };
  const asked = messages.find(({ role }) => role === 'user')?.content as { type: string; text?: string }[];
  expect(asked.map(({ text, type }) => text ?? type)).toEqual([
    ...['Picture 1: ', 'image_url', 'Picture 2: ', 'image_url', 'Which one is wider?'],
  ]);
  // What was asked stands with the run, in its order.
  await expect(playground.run.getByRole('img', { name: /second\.jpg/ })).toBeVisible();
  await expect(playground.run.getByRole('img', { name: /first\.jpg/ })).toBeVisible();
});
