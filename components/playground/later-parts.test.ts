import { expect, it } from 'vitest';
import type { EngineNote } from '@/lib/engine';
import { scriptedEngine } from '@/lib/session/fixtures/scripted-engine';
import { engineLater, imagesLater } from './later-parts';
import { fakeImages } from '@/lib/session/fixtures/fake-images';

it('the engine comes with its first work, again where it did not come, and says what it was found not to give and when it was unloaded', async () => {
  const scripted = scriptedEngine([]);
  let unload: () => void = () => undefined;
  let note: (note: EngineNote) => void = () => undefined;
  let asked = 0;
  const engine = engineLater(async () => {
    asked += 1;
    if (asked === 1) throw new TypeError('no network');
    return Promise.resolve({
      ...scripted,
      onUnload: (told: () => void) => void (unload = told),
      onNote: (told: typeof note) => void (note = told),
    });
  });
  const told: string[] = [];
  engine.onUnload?.(() => told.push('unloaded'));
  engine.onNote?.(({ code }) => told.push(code));
  await engine.dispose();
  expect(asked).toBe(0);
  const load = async () => {
    for await (const _ of engine.load({ modelUrl: '/m', device: 'wasm' }, new AbortController().signal));
  };
  await expect(load()).rejects.toThrow('no network');
  await load();
  await load();
  expect(asked).toBe(2);
  note({ code: 'logprobs-absent' });
  unload();
  expect(told).toEqual(['logprobs-absent', 'unloaded']);
});

it('so does the picture service', async () => {
  const real = fakeImages();
  let asked = 0;
  const images = imagesLater(() => {
    asked += 1;
    return Promise.resolve(real);
  });
  expect(asked).toBe(0);
  const source = await images.open(new Blob(['scene']), 'scene.png');
  expect(source.ref.name).toBe('scene.png');
  await images.bitmap(source, 10);
  expect(asked).toBe(1);
});
