import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withEnd } from './ends-early';

const read = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));
const JPEG = read('no-eoi.jpg');
const PNG = read('no-iend.png');

async function mended(bytes: Uint8Array<ArrayBuffer>, format: 'jpeg' | 'png') {
  const file = withEnd(bytes, format);
  return file && new Uint8Array(await file.arrayBuffer());
}

it('whole files, and what other programs put behind them, are left alone', async () => {
  for (const [name, format] of [
    ['orientation-1.jpg', 'jpeg'],
    ['plain.png', 'png'],
  ] as const) {
    const whole = read(name);
    expect(withEnd(whole, format)).toBeNull();
    expect(withEnd(new Uint8Array(await new Blob([whole, 'a film']).arrayBuffer()), format)).toBeNull();
  }
  expect(withEnd(read('plain.gif'), 'gif')).toBeNull();
});

it('an end is put on, once, wherever the file breaks off; what is not a picture yet is left', async () => {
  const whole = await mended(JPEG, 'jpeg');
  expect(whole).toEqual(Uint8Array.of(...JPEG, 0xff, 0xd9));
  expect(String.fromCharCode(...(await mended(PNG, 'png'))!.slice(-8, -4))).toBe('IEND');
  await fc.assert(
    fc.asyncProperty(fc.nat(JPEG.length), fc.nat(PNG.length), async (jpeg, png) => {
      for (const [bytes, format] of [
        [JPEG.slice(0, jpeg), 'jpeg'],
        [PNG.slice(0, png), 'png'],
      ] as const) {
        const once = await mended(bytes, format);
        if (once) expect(withEnd(once, format)).toBeNull();
      }
    }),
  );
  expect(withEnd(JPEG.slice(0, 30), 'jpeg')).toBeNull();
  expect(withEnd(PNG.slice(0, 33), 'png')).toBeNull();
});
