import { expect, it } from 'vitest';
import { CURATED_MODELS } from './curated';
import { suggestModel } from './suggest';

const suggested = (...[device, deviceMemory]: ['webgpu' | 'wasm', number | null]) =>
  CURATED_MODELS.find(({ id }) => id === suggestModel({ device, deviceMemory }));

it('with a graphics device and memory the one that zooms best; with less of it a small one', () => {
  expect(suggested('webgpu', null)).toMatchObject({ use: 'zooming', training: { boxes: 'trained', calls: 'trained' } });
  expect(suggested('webgpu', 8)).toBe(suggested('webgpu', null));
  expect(suggested('webgpu', 4)).toMatchObject({ use: 'small', training: { boxes: 'trained', calls: 'trained' } });
});

it('without a graphics device one that runs without, and points all the same', () => {
  expect(suggested('wasm', 8)).toMatchObject({ device: 'any', training: { boxes: 'trained' } });
  expect(suggested('wasm', null)?.parameters).toBeLessThan(1000);
});
