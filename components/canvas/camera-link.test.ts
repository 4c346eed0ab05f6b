import { expect, it } from 'vitest';
import { cameraFor, createCameraLink, lookOf } from './camera-link';

const image = { width: 800, height: 600 };
const stage = { width: 400, height: 400 };

it('what a camera shows leads back to it, and to the same place of a picture of another size', () => {
  const camera = { scale: 1.25, x: -130, y: 22 };
  const look = lookOf(camera, image, stage, 0.5);
  const back = cameraFor(look, image, stage, 0.5);
  expect(back.scale).toBeCloseTo(camera.scale);
  expect(back.x).toBeCloseTo(camera.x);
  expect(back.y).toBeCloseTo(camera.y);
  const twice = cameraFor(look, { width: 1600, height: 1200 }, stage, 0.25);
  expect(twice.x).toBeCloseTo(camera.x);
  expect(twice.scale).toBeCloseTo(camera.scale / 2);
});

it('tells all others, and not who told', () => {
  const link = createCameraLink();
  const [one, other] = [{}, {}];
  const heard: string[] = [];
  link.hear(one, () => heard.push('one'));
  const deaf = link.hear(other, () => heard.push('other'));
  link.tell(one, { x: 0.5, y: 0.5, zoom: 1 });
  deaf();
  link.tell(one, { x: 0.5, y: 0.5, zoom: 1 });
  expect(heard).toEqual(['other']);
});
