import { expect, it } from 'vitest';
import { createEncoder } from './encode-picture';

const RED = [255, 0, 0, 255];
const BLUE = [0, 0, 255, 255];
const image = { key: 'two', width: 2, height: 1, data: new Uint8ClampedArray([...RED, ...BLUE]) };

async function pixelsOf(type: string, base64: string): Promise<{ width: number; height: number; data: number[] }> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type }));
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(bitmap, 0, 0);
  return {
    width: bitmap.width,
    height: bitmap.height,
    data: [...context.getImageData(0, 0, bitmap.width, bitmap.height).data],
  };
}

it('sends the pixels as they are, and the same file for the same picture', async () => {
  const encode = createEncoder();
  const sent = await encode(image, 'png');
  expect(sent).toMatchObject({ type: 'image/png', width: 2, height: 1 });
  expect(await pixelsOf(sent.type, sent.base64)).toEqual({ width: 2, height: 1, data: [...RED, ...BLUE] });
  expect(await encode({ ...image }, 'png')).toBe(sent);
  const jpeg = await encode(image, 'jpeg');
  expect(jpeg.type).toBe('image/jpeg');
  expect(await pixelsOf(jpeg.type, jpeg.base64)).toMatchObject({ width: 2, height: 1 });
});
