/** Addresses of the same model that ask for less, as the engine's own reader and writer of addresses has them. */
import { describe, expect, it } from 'vitest';
import { type ManifestImage } from '@/lib/engine';
import { PICTURE_SIZES } from '@/lib/models';
import { formatModelUrl, parseModelUrl } from '@/lib/models/hub';
import { SHIPPED_MODEL } from './model-name';
import { formatOf, inFormat, smallerPictures } from './smaller';

const MODEL = 'hub:someone/tiny-vlm@v1?dtype=q8&thinking=on';

describe('smaller pictures', () => {
  it('go down step by step to the smallest, and every address is one that the engine writes', () => {
    const seen: number[] = [];
    for (let next = smallerPictures(MODEL, null); next; next = smallerPictures(next.modelUrl, null)) {
      seen.push(next.maxPixels);
      const address = parseModelUrl(next.modelUrl);
      expect(address).toMatchObject({ dtype: 'q8', revision: 'v1', thinking: true, maxPixels: next.maxPixels });
      expect(formatModelUrl(address)).toBe(next.modelUrl);
    }
    expect(seen).toEqual(PICTURE_SIZES.slice(1));
  });

  it('are those below what was chosen', () => {
    expect(smallerPictures('hub:a/b?maxPixels=300000', null)?.modelUrl).toBe('hub:a/b?maxPixels=250000');
    expect(smallerPictures('hub:a/b?maxPixels=1000', null)).toBeNull();
  });

  it('are those that the model would see otherwise than now', () => {
    const tiles = (longestEdge: number): ManifestImage => ({
      size: 512,
      tokens: 64,
      resample: 'lanczos',
      mean: [0.5, 0.5, 0.5],
      std: [0.5, 0.5, 0.5],
      sizing: { kind: 'tiles', tile: 512, longestEdge, split: longestEdge > 512 },
    });
    const steps = [2048, 1536, 1024, 512].map((edge) => smallerPictures('hub:a/b?maxPixels=500000', tiles(edge)));
    expect(steps.map((step) => step && Math.sqrt(step.maxPixels))).toEqual([1536, 1024, 512, null]);
    expect(steps[0]?.modelUrl).toBe(`hub:a/b?maxPixels=${1536 * 1536}`);
  });

  it('are there for a model from this device, too, which has one format', () => {
    const modelUrl = 'local:x%20%3F?maxPixels=500000&thinking=off';
    const smaller = smallerPictures(modelUrl, null)?.modelUrl ?? '';
    expect(smaller).toBe('local:x%20%3F?maxPixels=250000&thinking=off');
    expect(formatModelUrl(parseModelUrl(smaller))).toBe(smaller);
    expect(smallerPictures('local:mine', null)?.modelUrl).toBe('local:mine?maxPixels=500000');
    expect([inFormat(modelUrl, 'q4'), formatOf(modelUrl)]).toEqual([null, null]);
  });

  it('are not for what ships, or lies in a folder of a site', () => {
    for (const modelUrl of [SHIPPED_MODEL, 'https://a.b/models/x/']) {
      const none = [smallerPictures(modelUrl, null), inFormat(modelUrl, 'q4'), formatOf(modelUrl)];
      expect(none).toEqual([null, null, null]);
    }
  });
});

it('another format keeps everything else', () => {
  expect(inFormat('hub:a/b@v1?dtype=fp32&maxPixels=500000', 'q4')).toBe('hub:a/b@v1?dtype=q4&maxPixels=500000');
  expect(inFormat('hub:a/b', 'q4')).toBe('hub:a/b?dtype=q4');
  expect(formatOf('hub:a/b?dtype=q4')).toBe('q4');
  expect(formatOf('hub:a/b')).toBeNull();
});
