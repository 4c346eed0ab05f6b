/** What is drawn, in a real browser: sizes, colors where the boxes are, and a moving picture that the browser itself plays. */
import { expect, test } from 'vitest';
import { parseTrajectory } from '@/lib/trajectory/document';
import views from '@/lib/trajectory/fixtures/golden/2-crop-of-a-crop-of-a-turned-picture.json';
import textOnly from '@/lib/trajectory/fixtures/golden/3-text-only.json';
import { drawing } from './draw/drawing';
import type { RunToExport } from './contract';

async function gray(width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d')!;
  pen.fillStyle = '#808080';
  pen.fillRect(0, 0, width, height);
  return canvas.convertToBlob({ type: 'image/png' });
}

function runOf(document: unknown) {
  const parsed = parseTrajectory(document);
  if (!parsed.ok) throw new Error('not a run');
  return parsed.trajectory;
}

async function withPictures(document: unknown): Promise<RunToExport> {
  const run = runOf(document);
  const files = new Map<string, Blob>();
  for (const picture of run.pictures)
    if (picture.from !== 'view' && picture.file.hash)
      files.set(picture.file.hash, await gray(picture.width, picture.height));
  return { run, files };
}

async function pixels(blob: Blob) {
  const bitmap = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const pen = canvas.getContext('2d')!;
  pen.drawImage(bitmap, 0, 0);
  return { width: bitmap.width, height: bitmap.height, data: pen.getImageData(0, 0, bitmap.width, bitmap.height).data };
}

/** Pixels that are no gray. */
const colored = ({ data }: { data: Uint8ClampedArray }): number => {
  let count = 0;
  for (let at = 0; at < data.length; at += 4)
    if (Math.max(data[at]!, data[at + 1]!, data[at + 2]!) - Math.min(data[at]!, data[at + 1]!, data[at + 2]!) > 40)
      count += 1;
  return count;
};

test('a crop has the size of its region, turned', async () => {
  const made = await drawing.cut(await gray(100, 50), { x1: 10, y1: 10, x2: 50, y2: 30 }, 90);
  expect(await pixels(made!)).toMatchObject({ width: 20, height: 40 });
});

test('the overview and the sheet show the boxes', async () => {
  const one = await withPictures(views);
  const overview = await pixels((await drawing.overview(one))!);
  expect(colored(overview)).toBeGreaterThan(200);
  const sheet = await drawing.sheet(one);
  expect(sheet.type).toBe('image/png');
  expect((await pixels(sheet)).width).toBe(1600);
});

test('without a picture there is nothing to draw, and it is said', async () => {
  const one = { run: runOf(textOnly), files: new Map<string, Blob>() };
  await expect(drawing.sheet(one)).rejects.toMatchObject({ code: 'nothing-to-draw' });
  await expect(drawing.animation(one)).rejects.toMatchObject({ code: 'nothing-to-draw' });
});

test('the animation has a frame for every step, and the browser plays it', async () => {
  const one = await withPictures(views);
  const blob = await drawing.animation(one);
  const decoder = new ImageDecoder({ data: await blob.arrayBuffer(), type: 'image/webp' });
  await decoder.tracks.ready;
  expect(decoder.tracks.selectedTrack?.frameCount).toBe(one.run.steps.length + 1);
  const { image } = await decoder.decode({ frameIndex: one.run.steps.length });
  expect(image.displayWidth).toBeGreaterThan(50);
  expect(image.duration).toBeGreaterThan(0);
});
