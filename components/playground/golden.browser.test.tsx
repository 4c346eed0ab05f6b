/**
 * The golden documents of version 2 on screen, through the real session: words and canvas at every thing that must be sayable. Pictures are
 * drawn here: red grows to the right, green downwards, and blue says which picture it is.
 */
import { isolated } from '@/lib/words/isolate';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { fitCamera, targetCamera } from '@/components/canvas';
import {
  pointFromView,
  toStage,
  toStagePoint,
  type Camera,
  type ImageBox,
  type Point,
  type Size,
  type StageBox,
} from '@/lib/geometry';
import { boxesAt, rootOf } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import twoPictures from '@/lib/trajectory/fixtures/golden/1-two-pictures.json';
import cropOfCrop from '@/lib/trajectory/fixtures/golden/2-crop-of-a-crop-of-a-turned-picture.json';
import textOnly from '@/lib/trajectory/fixtures/golden/3-text-only.json';
import textAndPictures from '@/lib/trajectory/fixtures/golden/4-text-and-two-pictures.json';
import twoCalls from '@/lib/trajectory/fixtures/golden/5-two-calls-in-one-turn.json';
import refusedCall from '@/lib/trajectory/fixtures/golden/6-refused-call.json';
import untold from '@/lib/trajectory/fixtures/golden/7-without-tokens-or-times.json';
import personAndModel from '@/lib/trajectory/fixtures/golden/8-person-and-model.json';
import missingPicture from '@/lib/trajectory/fixtures/golden/9-missing-picture.json';
import eachFrame from '@/lib/trajectory/fixtures/golden/10-box-in-each-frame.json';
import { canvas } from '@/lib/words/en/canvas';
import { trajectory as words } from '@/lib/words/en/trajectory';
import { ANY, saying } from '@/lib/words/fixtures/saying';
import { expectDrawnAt, TURN_RGB } from './fixtures/box-lines';
import { atRest, drawnPicture, frames, showRun, STAGE, theCanvas, type ShownRun } from './fixtures/kept-run';

const { steps, call, picture: naming } = words;

/** A picture that is here and of which no place was looked at. */
const pictureOf = (width: number, height: number) => canvas.picture(canvas.pixels(width, height), true);

/** The same with one place, wherever that is. */
function looking(
  width: number,
  height: number,
  { at, label, active = true }: { at: number; label: string; active?: boolean },
): unknown {
  const place = canvas.place({ at, label, x: 0, y: 0, active }).replaceAll('0%', ANY);
  return expect.stringMatching(saying(`${pictureOf(width, height)} ${canvas.lookedAt([place])}`));
}

let shown: ShownRun | null = null;
beforeEach(() => page.viewport(1200, 700));
afterEach(async () => {
  await shown?.unmount();
  shown = null;
});

const box = (x1: number, y1: number, x2: number, y2: number): ImageBox => ({ x1, y1, x2, y2 });

/** Blue of the first picture, the second and so on. */
const BLUES = [40, 100, 160];

/** @param white is painted white in the first picture */
async function draw({ width, height }: Size, blue: number, white?: ImageBox): Promise<Blob> {
  return drawnPicture({ width, height }, (context) => {
    context.globalCompositeOperation = 'lighter';
    for (const [x, y, color] of [
      [width, 0, '#f00'],
      [0, height, '#0f0'],
    ] as const) {
      const gradient = context.createLinearGradient(0, 0, x, y);
      gradient.addColorStop(0, '#000');
      gradient.addColorStop(1, color);
      context.fillStyle = gradient;
      context.fillRect(0, 0, width, height);
    }
    context.fillStyle = `rgb(0 0 ${blue})`;
    context.fillRect(0, 0, width, height);
    if (!white) return;
    context.fillStyle = '#fff';
    context.fillRect(white.x1, white.y1, white.x2 - white.x1, white.y2 - white.y1);
  });
}

async function sha256(file: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The document with pictures of its sizes in the place of those it only names; a file whose hash nobody knows stays missing. */
async function open(json: unknown, white?: ImageBox): Promise<void> {
  const read = parseTrajectory(json);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const files = new Map<string, Blob>();
  let text = JSON.stringify(read.trajectory);
  for (const picture of read.trajectory.pictures) {
    if (picture.from === 'view' || picture.file.hash === null) continue;
    const file = await draw(picture, BLUES[files.size]!, files.size === 0 ? white : undefined);
    const hash = await sha256(file);
    files.set(hash, file);
    text = text.replaceAll(picture.file.hash, hash);
  }
  const parsed = parseTrajectory(JSON.parse(text));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  shown = await showRun(parsed.trajectory, files);
  await atRest();
}

function run(): ShownRun {
  if (!shown) throw new Error('nothing is open');
  return shown;
}

async function goTo(cursor: number, camera: 'follow' | 'fit' = 'fit'): Promise<void> {
  run().player.actions.move(cursor);
  run().player.view.actions.setCamera(camera);
  await frames(2);
  await atRest();
}

const panel = (): HTMLElement => document.querySelector(`[aria-label="${words.label}"]`)!;
const step = (index: number): HTMLElement => panel().querySelector(`[data-step="${index}"]`)!;
const wordsOf = (element: Element): string => element.textContent.replace(/\s+/g, ' ').trim();
const imagesIn = (element: Element): HTMLCanvasElement[] => [...element.querySelectorAll('canvas')];
const titleOf = (index: number): string =>
  step(index)
    .querySelector('button')!
    .getAttribute('aria-label')!
    .slice(steps.goTo(index + 1, '').length);
const types = (): string[] => [...panel().querySelectorAll('[data-step]')].map((one) => one.getAttribute('data-type')!);
const onCanvas = (): string => document.querySelector('[data-canvas]')!.getAttribute('aria-label')!;

/** What is said of the canvas at every cursor, from none. */
async function canvasAtEach(): Promise<string[]> {
  const said: string[] = [];
  for (let cursor = 0; cursor <= run().trajectory.steps.length; cursor += 1) {
    await goTo(cursor);
    said.push(onCanvas());
  }
  return said;
}

/** Names and values of a call's card, as it shows them. */
function asked(index: number): Record<string, string> {
  const names = [...step(index).querySelectorAll('dt')].map((name) => (wordsOf(name) === call.cut ? 'cut' : 'asked'));
  const values = [...step(index).querySelectorAll('dd')].map(wordsOf);
  return Object.fromEntries(names.map((name, at) => [name, values[at]!]));
}

function pixelsOf(sheet: HTMLCanvasElement): ImageData {
  const copy = new OffscreenCanvas(sheet.width, sheet.height).getContext('2d')!;
  copy.drawImage(sheet, 0, 0);
  return copy.getImageData(0, 0, sheet.width, sheet.height);
}

/** The colour in the middle of a picture, as `[red, green, blue]`. */
function middleOf(canvas: HTMLCanvasElement): number[] {
  const { data, width, height } = pixelsOf(canvas);
  const at = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 4;
  return [...data.slice(at, at + 3)];
}

/** That a small picture shows `region` of a picture of `size`, by the colour of its middle. */
function expectShows(canvas: HTMLCanvasElement, picture: number, size: Size, region: ImageBox): void {
  const [red, green, blue] = middleOf(canvas);
  expect(red).toBeCloseTo((255 * (region.x1 + region.x2)) / 2 / size.width, -0.8);
  expect(green).toBeCloseTo((255 * (region.y1 + region.y2)) / 2 / size.height, -0.8);
  expect(blue).toBeCloseTo(BLUES[picture]!, -0.8);
}

/** Where white is on a canvas, from edge to edge, in its own pixels; null where there is none. */
function whiteOf(canvas: HTMLCanvasElement): StageBox | null {
  const { data, width } = pixelsOf(canvas);
  const found = { x1: Infinity, y1: Infinity, x2: -Infinity, y2: -Infinity };
  for (let at = 0; at < data.length; at += 4) {
    // Half way between blue's 40 and white: an edge that was smoothed counts by its half.
    if (data[at + 2]! < 148) continue;
    const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)];
    found.x1 = Math.min(found.x1, x);
    found.y1 = Math.min(found.y1, y);
    found.x2 = Math.max(found.x2, x + 1);
    found.y2 = Math.max(found.y2, y + 1);
  }
  return found.x1 === Infinity ? null : found;
}

function expectWithinAPixel(found: StageBox | null, wanted: StageBox): void {
  expect(found).not.toBeNull();
  for (const side of ['x1', 'y1', 'x2', 'y2'] as const) {
    expect(Math.abs(found![side] - wanted[side]), side).toBeLessThanOrEqual(1);
  }
}

/** The picture on the canvas at rest: the second of its two sheets, which reaches beyond the stage by a fifth on each side. */
function sharpSheet(): HTMLCanvasElement {
  const [, sharp] = document.querySelectorAll<HTMLCanvasElement>('[data-canvas] > div:first-child canvas');
  return sharp!;
}

function onSheet(region: ImageBox, camera: Camera): StageBox {
  const { x1, y1, x2, y2 } = toStage(region, camera);
  const [right, down] = [STAGE.width * 0.2, STAGE.height * 0.2];
  return { x1: x1 + right, y1: y1 + down, x2: x2 + right, y2: y2 + down };
}

describe('1. two given pictures, the question between them', () => {
  beforeEach(() => open(twoPictures));

  it('stand in their order, each with what was seen of it', () => {
    const header = panel().querySelector('header')!;
    expect([...header.querySelectorAll('h2, figure')].map(wordsOf)).toEqual([
      `1200×800 → 600×400, ${words.tokens(320)}`,
      'This was the street in May. Which shop had closed by October?',
      `800×600 → 600×450, ${words.tokens(360)}`,
    ]);
    const images = imagesIn(header);
    expect(images.map((image) => image.getAttribute('aria-label'))).toEqual([
      naming.named(naming.given(1), 'street-in-may.jpg'),
      naming.named(naming.given(2), 'street-in-october.jpg'),
    ]);
    expectShows(images[0]!, 0, { width: 2, height: 2 }, box(0, 0, 2, 2));
    expectShows(images[1]!, 1, { width: 2, height: 2 }, box(0, 0, 2, 2));
    expect(wordsOf(header)).not.toContain(words.saw(''));
  });

  it('are on the canvas by turns, each with its own box', async () => {
    const may = pictureOf(1200, 800);
    expect(await canvasAtEach()).toEqual([
      may,
      may,
      looking(1200, 800, { at: 1, label: 'sign in May' }),
      looking(1200, 800, { at: 1, label: 'sign in May' }),
      looking(800, 600, { at: 2, label: 'sign in October' }),
      looking(800, 600, { at: 2, label: 'sign in October' }),
      looking(800, 600, { at: 2, label: 'sign in October', active: false }),
    ]);
    await goTo(3);
    expectDrawnAt(TURN_RGB[0], box(575, 175, 925, 425), fitCamera({ width: 1200, height: 800 }, STAGE));
    expect(middleOf(sharpSheet())[2]).toBeCloseTo(BLUES[0]!, -0.8);
    await goTo(5);
    expectDrawnAt(TURN_RGB[1], box(375, 125, 625, 325), fitCamera({ width: 800, height: 600 }, STAGE));
    expect(middleOf(sharpSheet())[2]).toBeCloseTo(BLUES[1]!, -0.8);
    expectShows(imagesIn(step(2))[0]!, 0, { width: 1200, height: 800 }, box(575, 175, 925, 425));
    expectShows(imagesIn(step(4))[0]!, 1, { width: 800, height: 600 }, box(375, 125, 625, 325));
  });
});

describe('2. a crop of a crop of a picture turned by 90°', () => {
  // Worked out by hand from docs/trajectory-format.md, "Pictures".
  const DIGIT = box(520, 950, 570, 990);
  const PHOTO = { width: 1600, height: 1200 };
  beforeEach(() => open(cropOfCrop, DIGIT));

  function expectOnPicture(camera: Camera): void {
    expectDrawnAt(TURN_RGB[2], DIGIT, camera);
    expectWithinAPixel(whiteOf(sharpSheet()), onSheet(DIGIT, camera));
  }

  it('lies on the original within a pixel, in the overview and zoomed to it', async () => {
    await goTo(7, 'fit');
    expectOnPicture(fitCamera(PHOTO, STAGE));
    await goTo(7, 'follow');
    const camera = targetCamera('follow', boxesAt(run().trajectory, 7), PHOTO, STAGE)!;
    expect(camera.scale).toBeGreaterThan(5);
    expectOnPicture(camera);
  });

  it('and at every zoom between and beyond', async () => {
    await goTo(7, 'fit');
    const surface = document.querySelector<HTMLElement>(`[aria-label="${canvas.controls}"]`)!;
    const { left, top } = surface.getBoundingClientRect();
    let camera = fitCamera(PHOTO, STAGE);
    const at = { x: Math.round(545 * camera.scale + camera.x), y: Math.round(970 * camera.scale + camera.y) };
    for (let notch = 0; notch < 7; notch += 1) {
      const place = { clientX: left + at.x, clientY: top + at.y };
      surface.dispatchEvent(new WheelEvent('wheel', { deltaY: -200, ...place, bubbles: true, cancelable: true }));
      const factor = Math.exp(200 * 0.0016);
      camera = {
        scale: camera.scale * factor,
        x: at.x - (at.x - camera.x) * factor,
        y: at.y - (at.y - camera.y) * factor,
      };
      await frames(3);
      expectDrawnAt(TURN_RGB[2], DIGIT, camera);
    }
    expect(camera.scale).toBeGreaterThan(4);
    // The picture is painted anew when the hand rests.
    await vi.waitFor(() => expectWithinAPixel(whiteOf(sharpSheet()), onSheet(DIGIT, camera)));
  });

  it('is shown as the model saw it: turned, and in its own place', async () => {
    await goTo(8);
    const [turned] = imagesIn(step(2));
    expect(turned!.style.height).toBe('128px');
    expect(turned!.style.width).toBe('96px');
    // The digit is at 210…250, 520…570 of the turned picture, and at 10…50, 120…170 of the meter.
    const inTurned = 128 / 1600;
    expectWithinAPixel(whiteOf(turned!), {
      x1: 210 * inTurned,
      y1: 520 * inTurned,
      x2: 250 * inTurned,
      y2: 570 * inTurned,
    });
    const [meter] = imagesIn(step(4));
    const inMeter = 128 / 400;
    expectWithinAPixel(whiteOf(meter!), { x1: 10 * inMeter, y1: 120 * inMeter, x2: 50 * inMeter, y2: 170 * inMeter });
    const [digit] = imagesIn(step(6));
    expectWithinAPixel(whiteOf(digit!), { x1: 0, y1: 0, x2: digit!.width, y2: digit!.height });
    expect([digit!.width, digit!.height]).toEqual([102, 128]);
  });

  it('says which picture its numbers count in', async () => {
    await goTo(8);
    expect([1, 2, 3, 4, 5, 6].map(titleOf)).toEqual([
      steps.rotate,
      steps.result,
      steps.zoom(1),
      steps.crop(1),
      steps.zoom(2),
      steps.crop(2),
    ]);
    expect(wordsOf(step(1))).toContain('"angle": 90');
    expect(wordsOf(step(2))).toContain('1200×1600 → 600×800');
    expect(asked(5)).toEqual({
      asked: `[20, 130, 40, 160] px, ${call.inView}`,
      cut: `[520, 950, 570, 990] ${call.inWhole}`,
    });
  });
});

describe('what came back', () => {
  it('3. is text only', async () => {
    await open(textOnly);
    await goTo(run().trajectory.steps.length);
    const result = types().indexOf('result');
    expect(titleOf(result)).toBe(steps.result);
    expect(wordsOf(step(result))).toContain('The bridge was opened on 19 March 1932.');
    expect(wordsOf(step(result))).toContain('https://encyclopedia.example/sydney-harbour-bridge');
    expect(imagesIn(panel())).toEqual([]);
    for (const said of await canvasAtEach()) expect(said).not.toContain(canvas.lookedAt(['']).slice(0, -1));
  });

  it('4. is text and two pictures that a tool made, and a look into the second', async () => {
    await open(textAndPictures);
    const said = await canvasAtEach();
    const sizes = [
      [1400, 1000],
      [1400, 1000],
      [640, 480],
      [800, 400],
      [800, 400],
      [800, 400],
    ] as const;
    for (const [cursor, [width, height]] of sizes.entries()) {
      expect(said[cursor]!.startsWith(pictureOf(width, height))).toBe(true);
    }
    expect(said).toHaveLength(sizes.length);
    expect(titleOf(0)).toBe(steps.code(null));
    expect(wordsOf(step(0))).toContain('draw(table)');
    expect(wordsOf(step(1))).toMatch(/12 rows, 2 charts.*640×480 → 640×480.*800×400 → 800×400/);
    const [bars, lines] = imagesIn(step(1));
    expectShows(bars!, 1, { width: 2, height: 2 }, box(0, 0, 2, 2));
    expectShows(lines!, 2, { width: 2, height: 2 }, box(0, 0, 2, 2));
    expect(bars!.getAttribute('aria-label')).toBe(naming.result);
    expectShows(imagesIn(step(3))[0]!, 2, { width: 800, height: 400 }, box(300, 50, 500, 150));
    await goTo(4);
    expect(onCanvas()).toContain('1, peak,');
    expect(middleOf(sharpSheet())[2]).toBeCloseTo(BLUES[2]!, -0.8);
    expectDrawnAt(TURN_RGB[1], box(300, 50, 500, 150), fitCamera({ width: 800, height: 400 }, STAGE));
  });

  it('5. is a crop for one call of a turn and a refusal for the other', async () => {
    await open(twoCalls);
    const said = await canvasAtEach();
    expect(said.map((told) => /1, clock/.exec(told)?.[0] ?? null)).toEqual([
      null,
      null,
      ...Array<string>(5).fill('1, clock'),
    ]);
    expect([0, 1, 2, 3, 4, 5].map(titleOf)).toEqual([
      steps.think,
      steps.zoom(1),
      steps.refused,
      steps.crop(1),
      steps.told,
      steps.answer,
    ]);
    expect(wordsOf(step(2))).toContain('[700, 400, 700, 600]');
    expect(wordsOf(step(4))).toContain(words.problems['box-empty']);
    expect(step(4).querySelector('q')!.textContent).toBe('Error: the box is empty; x1 < x2 and y1 < y2 must hold.');
    expectShows(imagesIn(step(3))[0]!, 0, { width: 2000, height: 1000 }, box(850, 100, 1150, 300));
    await goTo(5);
    expectDrawnAt(TURN_RGB[0], box(850, 100, 1150, 300), fitCamera({ width: 2000, height: 1000 }, STAGE));
  });

  it('6. is what the model was told of a refused call', async () => {
    await open(refusedCall);
    await goTo(3);
    expect(titleOf(1)).toBe(steps.refused);
    expect(wordsOf(step(1))).toContain('"bbox_2d": [1200, 300, 1100, 500]');
    expect(asked(1)).toEqual({});
    expect(wordsOf(step(2))).toContain(steps.modelWasTold.replace('<told/>', 'Error: bad box.'));
    expect(onCanvas()).toBe(pictureOf(1000, 500));
    await goTo(5);
    expect(onCanvas()).toContain('1, sign,');
    expectDrawnAt(TURN_RGB[1], box(875, 138, 1000, 263), fitCamera({ width: 1000, height: 500 }, STAGE));
  });
});

it('7. without tokens or times none are shown, and a step of unknown kind is', async () => {
  await open(untold);
  const slider = document.querySelector('[role="slider"]')!;
  for (let cursor = 0; cursor <= run().trajectory.steps.length; cursor += 1) {
    await goTo(cursor);
    const said = `${panel().textContent} ${slider.getAttribute('aria-valuetext')}`;
    expect(said).not.toMatch(/\d\s*m?s\b|\btokens?\b|%|NaN|null|undefined|unknown/);
  }
  expect(wordsOf(panel().querySelector('header')!)).not.toContain(words.saw(''));
  expect(panel().querySelector('h2')!.textContent).toBe('What is the color of the umbrella?\n(A) red\n(B) blue');
  expect(titleOf(3)).toBe('critic');
  expect(wordsOf(step(3))).toContain('"verdict": "looked in the right place"');
  expect(wordsOf(step(2))).toMatch(new RegExp(`${naming.saw} ?400×300$`));
  expect(asked(1)).toEqual({ asked: '[100, 200, 500, 500] px', cut: '[100, 200, 500, 500] px' });
  expect(panel().textContent).toContain(isolated('DeepEyes 7B'));
});

it('8. what a person wrote is told apart from what a model did, and both models are named', async () => {
  await open(personAndModel);
  await goTo(5);
  const chips = [0, 1, 2, 3, 4].map(
    (index) => [steps.editedByPerson, steps.byPerson].find((chip) => wordsOf(step(index)).includes(chip)) ?? null,
  );
  expect(chips).toEqual([steps.editedByPerson, steps.editedByPerson, null, null, steps.byPerson]);
  expect(wordsOf(step(0))).toContain('I look above the door. There is a small plate.');
  expect(panel().textContent).toContain(
    [isolated('Loupe Nano'), 'WASM', isolated('Qwen3-VL 8B'), 'remote'].join(' · '),
  );
  await goTo(3);
  expectDrawnAt(TURN_RGB[0], box(450, 250, 550, 350), fitCamera({ width: 1000, height: 1000 }, STAGE));
});

it('9. of a missing picture it is said that it is not here; its box stands where it was, and no size is made up', async () => {
  await open(missingPicture);
  const header = panel().querySelector('header')!;
  expect([...header.querySelectorAll('h2, figure')].map(wordsOf)).toEqual([
    'Front and back of a jar. How much sugar is in it?',
    '900×600',
    `${naming.missing}back.jpg`,
  ]);
  expect(imagesIn(header).map((image) => image.getAttribute('aria-label'))).toEqual([
    naming.named(naming.given(1), 'front.jpg'),
    naming.named(naming.given(2), 'back.jpg', naming.whichIsMissing),
  ]);
  await goTo(0);
  expect(onCanvas()).toBe(pictureOf(900, 600));
  expect(middleOf(sharpSheet())[2]).toBeCloseTo(BLUES[0]!, -0.8);
  await goTo(2);
  expect(onCanvas()).toContain(canvas.picture(null, false));
  expectDrawnAt(TURN_RGB[0], box(300, 600, 700, 800), fitCamera({ width: 1000, height: 1000 }, STAGE));
  expect(wordsOf(step(1))).toMatch(new RegExp(`${naming.missing}$`));
  expect(imagesIn(step(1))[0]!.getAttribute('aria-label')).toBe(naming.named(naming.crop(1), naming.whichIsMissing));
  expect(asked(0)).toEqual({ asked: '[300, 600, 700, 800] ‰' });
});

it('10. a box in each frame: what was asked and what was cut, in words and on the canvas', async () => {
  await open(eachFrame);
  await goTo(9);
  const cut = '[375, 188, 625, 313] px';
  expect([0, 2, 4, 6].map(asked)).toEqual([
    { asked: '[200, 200, 300, 300] ‰', cut },
    { asked: '[400, 200, 600, 300] px', cut },
    { asked: `[200, 100, 300, 150] ${call.frames['resized-pixels']}`, cut },
    { asked: `[0.2, 0.2, 0.3, 0.3] ${call.frames.fractions}`, cut },
  ]);
  for (const [look, color] of TURN_RGB.entries()) {
    await goTo(2 * look + 2, 'follow');
    const { trajectory } = run();
    const camera = targetCamera('follow', boxesAt(trajectory, 2 * look + 2), { width: 2000, height: 1000 }, STAGE)!;
    expectDrawnAt(color, box(375, 188, 625, 313), camera);
    expectDashedAt(color, box(400, 200, 600, 300), camera);
  }
});

describe('what words point at', () => {
  /** Where `point` lies on the stage its colour is painted, within a pixel. */
  function expectPainted([r, g, b]: readonly [number, number, number], point: Point, camera: Camera): void {
    const { x, y } = toStagePoint(point, camera);
    const canvas = theCanvas();
    const ratio = canvas.width / STAGE.width;
    const side = 2 * Math.ceil(ratio);
    const [left, top] = [Math.round(x * ratio) - side / 2, Math.round(y * ratio) - side / 2];
    const { data } = canvas.getContext('2d')!.getImageData(left, top, side, side);
    const off = Array.from({ length: side * side }, (_, at) =>
      Math.max(Math.abs(data[4 * at]! - r), Math.abs(data[4 * at + 1]! - g), Math.abs(data[4 * at + 2]! - b)),
    );
    expect(Math.min(...off)).toBeLessThan(30);
  }

  it('a box, a point and a polygon are drawn with the step that says them, and light up with their words', async () => {
    await open(eachFrame);
    await goTo(8);
    expect(onCanvas()).not.toContain('It points at');
    await goTo(9);
    expect(onCanvas()).toMatch(
      / It points at lamp, 25% from the left and 25% from the top; switch, 25% [^;]*28% [^;]*; shade, 25% [^;]*\.$/,
    );
    const camera = fitCamera({ width: 2000, height: 1000 }, STAGE);
    const color = [0x45, 0xdb, 0xea] as const; // of the fifth turn
    for (const point of [
      // Each side of the box where no label lies over it, the point, and a side of the polygon.
      { x: 400, y: 280 },
      { x: 450, y: 200 },
      { x: 600, y: 292 },
      { x: 450, y: 300 },
      { x: 500, y: 280 },
      { x: 450, y: 230 },
    ]) {
      expectPainted(color, point, camera);
    }
    expect(() => expectPainted(color, { x: 430, y: 280 }, camera)).toThrow();
    const before = theCanvas().toDataURL();
    const words = step(8).querySelectorAll<HTMLElement>('[data-mark]');
    expect([...words].map(wordsOf)).toEqual([
      '[0.2, 0.2, 0.3, 0.3]',
      '(0.25, 0.28)',
      '(400, 200), (600, 200), (500, 260)',
    ]);
    await userEvent.hover(words[2]!);
    expect(run().player.view.getState().mark).toEqual({ step: 8, index: 2 });
    await atRest();
    expect(theCanvas().toDataURL()).not.toBe(before);
    run().player.view.actions.toggleBoxes();
    await atRest();
    expect(() => expectPainted(color, { x: 500, y: 280 }, camera)).toThrow();
  });

  it('of a crop of a crop of a picture turned by 90° lies on the original within a pixel', async () => {
    const marked = structuredClone(cropOfCrop);
    const answer = marked.steps.at(-1)!;
    const digit = marked.pictures.at(-1)!;
    const { width, height } = digit;
    const read = { frame: 'original-pixels', order: 'xyxy', by: 'model' };
    const mark = (label: string, shape: object) => ({ label, picture: digit.id, shape, read, at: null });
    // In the view's own pixels: all of it, and the quarter at its upper left.
    Object.assign(answer, {
      marks: [
        mark('digit', { kind: 'box', box: box(0, 0, width, height) }),
        mark('corner', { kind: 'point', point: { x: width / 4, y: height / 4 } }),
      ],
    });
    await open(marked, box(520, 950, 570, 990));
    const cursor = marked.steps.length;
    const camera = fitCamera({ width: 1600, height: 1200 }, STAGE);
    await goTo(cursor);
    const color = TURN_RGB[(answer.turn - 1) % TURN_RGB.length]!;
    for (const [x, y] of [
      [520, 982],
      [570, 982],
      [545, 990],
    ] as const)
      expectPainted(color, { x, y }, camera);
    expect(() => expectPainted(color, { x: 500, y: 982 }, camera)).toThrow();
    const { turn } = rootOf(run().trajectory.pictures, digit.id)!.view;
    const corner = pointFromView({ x: width / 4, y: height / 4 }, { region: box(520, 950, 570, 990), turn });
    expectPainted(color, corner, camera);
  });
});

/** A line with gaps along the upper side of a region, in this colour, just outside it. */
function expectDashedAt([r, g, b]: readonly [number, number, number], region: ImageBox, camera: Camera): void {
  const { x1, x2, y1 } = toStage(region, camera);
  const canvas = theCanvas();
  const ratio = canvas.width / STAGE.width;
  const y = Math.round((y1 - 1) * ratio);
  const { data } = canvas.getContext('2d')!.getImageData(Math.round(x1 * ratio), y, Math.round((x2 - x1) * ratio), 1);
  const drawn = Array.from({ length: data.length / 4 }, (_, at) => {
    const off = Math.abs(data[4 * at]! - r) + Math.abs(data[4 * at + 1]! - g) + Math.abs(data[4 * at + 2]! - b);
    return off < 60 && data[4 * at + 3]! > 200;
  });
  const share = drawn.filter(Boolean).length / drawn.length;
  expect(share).toBeGreaterThan(0.35);
  expect(share).toBeLessThan(0.85);
}
