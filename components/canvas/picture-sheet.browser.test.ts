/** The picture under the camera, in a real browser: where its pixels are on screen, drawn for this camera or moved from another. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fit, pan, toStagePoint, zoomAt, type Camera } from '@/lib/geometry';
import { createPictureLevels, type PictureLevels } from './picture-levels';
import { beyondBitmap, createPictureSheet, type PictureSheet, type SheetView } from './picture-sheet';

const IMAGE = { width: 3000, height: 2000 };
const STAGE = { width: 400, height: 300 };
const VIEW: SheetView = { image: IMAGE, stage: STAGE, ratio: 1, edge: 'rgb(0 0 255)' };
const LIMITS = { min: 0.01, max: 40 };
/** The picture: red left of this column, green right of it. */
const SEAM = 1200;

let host: HTMLElement;
let bitmap: ImageBitmap;
let levels: PictureLevels;
let sheet: PictureSheet;

beforeEach(() => {
  const canvas = new OffscreenCanvas(IMAGE.width, IMAGE.height);
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#f00';
  context.fillRect(0, 0, SEAM, IMAGE.height);
  context.fillStyle = '#0f0';
  context.fillRect(SEAM, 0, IMAGE.width, IMAGE.height);
  bitmap = canvas.transferToImageBitmap();
  levels = createPictureLevels(bitmap, IMAGE.width, () => undefined);
  host = document.createElement('div');
  Object.assign(host.style, { position: 'absolute', inset: '0', overflow: 'hidden' });
  document.body.append(host);
  sheet = createPictureSheet(host);
});

afterEach(() => {
  vi.useRealTimers();
  sheet.dispose();
  levels.close();
  bitmap.close();
  host.remove();
});

const canvases = () => [...host.querySelectorAll('canvas')] as [HTMLCanvasElement, HTMLCanvasElement];
/** How many times its size the sharp canvas is shown at: 1 where it was drawn for this camera. */
const enlarged = () => canvases()[1].getBoundingClientRect().width / canvases()[1].offsetWidth;

/** What stands on the stage at a point, put together as the compositor would. */
function pixel(x: number, y: number): readonly number[] {
  const probe = new OffscreenCanvas(1, 1).getContext('2d')!;
  for (const canvas of canvases()) {
    const place = canvas.getBoundingClientRect();
    if (canvas.width === 0 || getComputedStyle(canvas).opacity === '0') continue;
    probe.drawImage(canvas, place.left - x, place.top - y, place.width, place.height);
  }
  return [...probe.getImageData(0, 0, 1, 1).data];
}

const RED = [255, 0, 0, 255];
const GREEN = [0, 255, 0, 255];
const NOTHING = [0, 0, 0, 0];

/** The seam and the picture's left edge lie within a pixel (and the softness of `blur` more) of where the camera has them. */
function expectPlaced(camera: Camera, blur = 0): void {
  const seam = toStagePoint({ x: SEAM, y: IMAGE.height / 2 }, camera);
  const left = toStagePoint({ x: 0, y: 0 }, camera).x;
  const y = Math.round(seam.y);
  expect(pixel(Math.round(seam.x - 2 - blur), y)).toEqual(RED);
  expect(pixel(Math.round(seam.x + 1 + blur), y)).toEqual(GREEN);
  if (left < 4) return;
  expect(pixel(Math.round(left - 2 - blur), y)).toEqual(NOTHING);
  expect(pixel(Math.round(left + 1 + blur), y)).toEqual(RED);
}

const WHOLE = fit(IMAGE, STAGE, 20);
const MIDDLE = { x: 200, y: 150 };

test.each([1, 1.37, 12, 120])('painted at %d times the whole', (factor) => {
  const camera = zoomAt(WHOLE, MIDDLE, factor, LIMITS);
  // So close up the seam is brought into sight.
  const shown = pan(camera, MIDDLE.x - toStagePoint({ x: SEAM, y: 0 }, camera).x, 0);
  sheet.paint(shown, levels, VIEW);
  expectPlaced(shown);
  expect(enlarged()).toBe(1);
});

test('under a hand it moves with the camera, and nothing is drawn', () => {
  sheet.paint(WHOLE, levels, VIEW);
  const drawn = vi.spyOn(OffscreenCanvasRenderingContext2D.prototype, 'drawImage');
  const moved = pan(WHOLE, 33, -12);
  sheet.follow(moved);
  const calls = drawn.mock.calls.length;
  drawn.mockRestore();
  expect(calls).toBe(0);
  expectPlaced(moved);
  const nearer = zoomAt(moved, MIDDLE, 1.3, LIMITS);
  sheet.follow(nearer);
  expectPlaced(nearer, 1);
});

test('beyond what is drawn the whole picture shows, small, and then the part in sight sharp', () => {
  vi.useFakeTimers();
  const near = zoomAt(WHOLE, MIDDLE, 8, LIMITS);
  sheet.paint(near, levels, VIEW);
  const { x } = toStagePoint({ x: SEAM, y: 0 }, near);
  const far = pan(near, 200 - x, 0);
  expect(Math.abs(far.x - near.x)).toBeGreaterThan(STAGE.width * 0.2);
  sheet.follow(far);
  expectPlaced(far, 3);
  expect(enlarged()).toBe(1);
  sheet.follow(zoomAt(far, MIDDLE, 2, LIMITS));
  expect(enlarged()).toBeCloseTo(2, 3);
  vi.advanceTimersByTime(1000);
  expect(enlarged()).toBe(1);
  expectPlaced(zoomAt(far, MIDDLE, 2, LIMITS));
});

test('a picture that can be seen through is not laid over itself', () => {
  sheet.paint(WHOLE, levels, VIEW);
  expect(getComputedStyle(canvases()[0]).opacity).toBe('0');
});

test('where the picture is gone its outline stands, and moves', () => {
  sheet.paint(WHOLE, null, VIEW);
  const { x, y } = toStagePoint({ x: 0, y: 0 }, WHOLE);
  const lined = (dx: number) =>
    [0, 1, 2, 3, 4, 5, 6, 7].some((dy) => (pixel(Math.floor(x) + dx, Math.floor(y) + 40 + dy)[2] ?? 0) > 100);
  expect(lined(0) || lined(-1)).toBe(true);
  sheet.follow(pan(WHOLE, 25, 0));
  expect(lined(25) || lined(24)).toBe(true);
  expect(lined(0) && lined(-1)).toBe(false);
});

test('what the bitmap has too few pixels for is drawn from the file, where it lies', () => {
  const small = new OffscreenCanvas(300, 200);
  small.getContext('2d');
  const bitmap = small.transferToImageBitmap();
  const levels = createPictureLevels(bitmap, IMAGE.width, () => undefined);
  const close = { scale: 1, x: -1000, y: -1000 };
  // Seen whole, the small one has enough.
  expect(beyondBitmap(bitmap, { scale: 0.1, x: 0, y: 0 }, VIEW)).toBeNull();
  const box = beyondBitmap(bitmap, close, VIEW);
  expect(box).toEqual({ x1: 1000, y1: 1000, x2: 1400, y2: 1300 });
  const cut = new OffscreenCanvas(400, 300);
  const context = cut.getContext('2d')!;
  context.fillStyle = '#f00';
  context.fillRect(0, 0, 200, 300);
  context.fillStyle = '#0f0';
  context.fillRect(200, 0, 200, 300);
  sheet.paint(close, levels, VIEW, { box: box!, bitmap: cut.transferToImageBitmap() });
  expect(pixel(198, 150)).toEqual(RED);
  expect(pixel(202, 150)).toEqual(GREEN);
  levels.close();
});
