/** Pictures as they come: damaged, huge, held sideways, from another site. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { image } from '../lib/words/en/image';
import { readGallery, readGalleryFile } from './gallery';
import { Playground } from './pages/playground';
import { savesData } from './pages/saves-data';
import { drawJpeg, withOrientation } from './pictures/draw';
import { common } from '../lib/words/en/common';
import { notices } from '../lib/words/en/notices';
import { playground as pageWords } from '../lib/words/en/playground';

// No story here asks a model.
test.beforeEach(({ page }) => savesData(page));

test('a file that is no picture is refused in words, and the page is ready for the next', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.openFile('notes.png', 'image/png', Buffer.from('These are not the bytes of a picture.'));
  await expect(playground.alert).toContainText(notices.image['not-an-image'].title);
  await expect(playground.alert).toHaveAttribute('data-code', 'image/not-an-image');
  await playground.alert.getByRole('button', { name: common.dismiss }).click();
  await expect(playground.alert).toBeHidden();
  await playground.openGalleryPicture(1);
});

test('a picture cut off midway is called damaged', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  const whole = readGalleryFile(readGallery()[0]?.image ?? '');
  const damaged = Buffer.concat([whole.subarray(0, 64), Buffer.alloc(4000, 0x5a)]);
  await playground.openFile('damaged.png', 'image/png', damaged);
  await expect(playground.alert).toHaveAttribute('data-code', /^image\/(corrupt|unsupported-format)$/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('a picture that ends early opens and says so, and what was typed stays', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.openGalleryPicture(1);
  await playground.question.fill('What is half ty');
  // Word and Excel put a picture of what was copied beside it: in the field it is text.
  const file = readFileSync('lib/image/fixtures/no-eoi.jpg').toString('base64');
  const bring = (type: 'drop' | 'paste', on: 'textarea' | 'body', text: string) =>
    page.evaluate(
      ([type, on, text, file]) => {
        const data = new DataTransfer();
        if (text) data.setData('text/plain', text);
        const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], 'image.jpg', { type: 'image/jpeg' }));
        if (type === 'paste') data.items.add(new File(['words'], 'notes.txt'));
        const init = { bubbles: true, cancelable: true };
        document
          .querySelector(on)
          ?.dispatchEvent(
            type === 'drop'
              ? new DragEvent(type, { ...init, dataTransfer: data })
              : new ClipboardEvent(type, { ...init, clipboardData: data }),
          );
      },
      [type, on, text, file] as const,
    );
  await bring('paste', 'textarea', 'Sales\t12');
  await expect(page.getByText('640×480')).toHaveCount(0);
  await bring('drop', 'body', '');
  await expect(page.getByText('640×480')).toBeVisible();
  await expect(page.locator('[data-code="session/cut-off"]')).toBeVisible();
  await expect(playground.question).toHaveValue('What is half ty');
  await bring('paste', 'body', '');
  await expect(playground.question).toHaveValue('What is half ty');
});

test('a 40-megapixel photograph opens, and the page keeps moving meanwhile', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  const jpeg = await drawJpeg(page, 8000, 5000);
  // The longest time in which the page could not draw a frame.
  await page.evaluate(() => {
    const state = { longest: 0, last: performance.now(), began: performance.now() };
    const tick = (): void => {
      const now = performance.now();
      state.longest = Math.max(state.longest, now - state.last);
      state.last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { frames: state });
  });
  await playground.openFile('huge.jpg', 'image/jpeg', jpeg);
  await playground.pictureReady();
  await expect(page.getByText('8000×5000')).toBeVisible();
  const { longest, all } = await page.evaluate(() => {
    const { frames } = window as unknown as { frames: { longest: number; began: number } };
    return { longest: frames.longest, all: performance.now() - frames.began };
  });
  console.log(`40 megapixels: ${(jpeg.length / 1e6).toFixed(1)} MB file, longest frame ${Math.round(longest)} ms`);
  // On a busy machine everything takes longer: of the whole no third. Decoded in the page, it would be most of it.
  expect(longest).toBeLessThan(Math.max(1000, all / 3));
});

test('a photograph held sideways stands upright', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  const sideways = withOrientation(await drawJpeg(page, 800, 600), 6);
  await playground.openFile('phone.jpg', 'image/jpeg', sideways);
  await playground.pictureReady();
  await expect(page.getByText('600×800')).toBeVisible();
});

test('a site that forbids reading its pictures is named as the reason, one that is not there is not', async ({
  page,
}) => {
  // Another origin that answers without CORS headers.
  const server = createServer((_request, response) => response.end('x')).listen(0);
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  const playground = new Playground(page);
  await playground.open();
  const { problems } = image;
  const { address: field, fetch: button } = pageWords.intake;
  for (const [address, code, said] of [
    [`http://${host}/a.png`, 'image/fetch-blocked', problems.blocked({ host })],
    ['https://nowhere.invalid/a.png', 'image/fetch-failed', problems.unreachable({ host: 'nowhere.invalid' })],
    // Over http nothing is fetched from elsewhere; over https there is nobody.
    ['http://nowhere.invalid/a.png', 'image/fetch-failed', problems['no-https']({ host: 'nowhere.invalid' })],
    ['blob:https://elsewhere.test/1', 'image/bad-url', problems['in-another-page']],
  ] as const) {
    await page.getByLabel(field).fill(address);
    await page.getByRole('button', { name: button }).click();
    await expect(playground.alert).toHaveAttribute('data-code', code);
    await expect(playground.alert).toContainText(said);
  }
  server.close();
});
