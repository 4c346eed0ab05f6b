/** Addresses of the same model that ask for less, as the engine's own reader and writer of addresses has them. */
import { describe, expect, it } from 'vitest';
import { formatModelUrl, parseModelUrl } from '@/lib/engine/hub';
import { SHIPPED_MODEL } from './model-name';
import { formatOf, inFormat, PICTURE_SIZES, smallerPictures } from './smaller';

const MODEL = 'hub:someone/tiny-vlm@v1?dtype=q8&thinking=on';

describe('smaller pictures', () => {
  it('go down step by step to the smallest, and every address is one that the engine writes', () => {
    const seen: number[] = [];
    for (let next = smallerPictures(MODEL); next; next = smallerPictures(next.modelUrl)) {
      seen.push(next.maxPixels);
      const address = parseModelUrl(next.modelUrl);
      expect(address).toMatchObject({ dtype: 'q8', revision: 'v1', thinking: true, maxPixels: next.maxPixels });
      expect(formatModelUrl(address)).toBe(next.modelUrl);
    }
    expect(seen).toEqual(PICTURE_SIZES.slice(1));
  });

  it('are those below what was chosen', () => {
    expect(smallerPictures('hub:a/b?maxPixels=300000')?.modelUrl).toBe('hub:a/b?maxPixels=250000');
    expect(smallerPictures('hub:a/b?maxPixels=1000')).toBeNull();
  });

  it('are not for what is no hub’s', () => {
    for (const modelUrl of [SHIPPED_MODEL, 'local:mine']) {
      expect([smallerPictures(modelUrl), inFormat(modelUrl, 'q4'), formatOf(modelUrl)]).toEqual([null, null, null]);
    }
  });
});

it('another format keeps everything else', () => {
  expect(inFormat('hub:a/b@v1?dtype=fp32&maxPixels=500000', 'q4')).toBe('hub:a/b@v1?dtype=q4&maxPixels=500000');
  expect(inFormat('hub:a/b', 'q4')).toBe('hub:a/b?dtype=q4');
  expect(formatOf('hub:a/b?dtype=q4')).toBe('q4');
  expect(formatOf('hub:a/b')).toBeNull();
});
