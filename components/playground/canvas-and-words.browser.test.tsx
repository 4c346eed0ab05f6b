/** The canvas beside the words, in a real browser: boxes where they belong at any zoom, hands and keys, hover both ways, reduced motion. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { boxesAt, type BoxAt } from '@/lib/trajectory';
import { canvas } from '@/lib/words/en/canvas';
import { expectDrawnAt, TURN_RGB } from './fixtures/box-lines';
import { atRest, frames, theCanvas, showKeptRun, STAGE, type ShownRun } from './fixtures/kept-run';
import { fitCamera, targetCamera } from '@/components/canvas';

const IMAGE = { width: 1600, height: 1200 };

let shown: ShownRun;
beforeEach(async () => {
  await page.viewport(1200, 700);
  shown = await showKeptRun();
  await atRest();
});
afterEach(() => shown.unmount());

const surface = (): HTMLElement => {
  const element = document.querySelector<HTMLElement>(`[aria-label="${canvas.controls}"]`);
  if (!element) throw new Error('no surface');
  return element;
};

const boxesNow = (): readonly BoxAt[] => {
  const { run, cursor } = shown.player.getState();
  return run ? boxesAt(run, cursor) : [];
};

const TURN_1 = TURN_RGB[0];
const TURN_2 = TURN_RGB[1];

describe('boxes', () => {
  it('lie on their crop within a pixel in the overview', async () => {
    shown.player.actions.move(2);
    shown.player.view.actions.setCamera('fit');
    await atRest();
    expectDrawnAt(TURN_1, boxesNow()[0]!.executed, fitCamera(IMAGE, STAGE));
  });

  it('lie on their crop within a pixel zoomed to it', async () => {
    shown.player.actions.move(6);
    await atRest();
    const boxes = boxesNow();
    const camera = targetCamera('follow', boxes, IMAGE, STAGE)!;
    expect(camera.scale).toBeGreaterThan(5);
    expectDrawnAt(TURN_2, boxes[1]!.executed, camera);
  });

  it('keep to their crop within a pixel through wheel zooms about a point', async () => {
    shown.player.actions.move(2);
    shown.player.view.actions.setCamera('fit');
    await atRest();
    let camera = fitCamera(IMAGE, STAGE);
    // A point on the crop, so that it stays on the stage; wheel events know whole pixels only.
    const { executed } = boxesNow()[0]!;
    const at = {
      x: Math.round(((executed.x1 + executed.x2) / 2) * camera.scale + camera.x),
      y: Math.round(((executed.y1 + executed.y2) / 2) * camera.scale + camera.y),
    };
    const { left, top } = surface().getBoundingClientRect();
    for (let notch = 0; notch < 4; notch += 1) {
      surface().dispatchEvent(
        new WheelEvent('wheel', {
          deltaY: -200,
          clientX: left + at.x,
          clientY: top + at.y,
          bubbles: true,
          cancelable: true,
        }),
      );
      const factor = Math.exp(200 * 0.0016);
      camera = {
        scale: camera.scale * factor,
        x: at.x - (at.x - camera.x) * factor,
        y: at.y - (at.y - camera.y) * factor,
      };
      await frames(3);
      expectDrawnAt(TURN_1, boxesNow()[0]!.executed, camera);
    }
  });

  it('hide and show with b', async () => {
    // The picture is white and grey is its ground: any strong colour is a box.
    const inked = () => {
      const canvas = theCanvas();
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.some((red, at) => at % 4 === 0 && data[at + 3] === 255 && red - (data[at + 2] ?? 0) > 60);
    };
    expect(inked()).toBe(true);
    await userEvent.keyboard('b');
    await atRest();
    expect(inked()).toBe(false);
    await userEvent.keyboard('b');
    await atRest();
    expect(inked()).toBe(true);
  });

  it('are told in words', () => {
    const said = document.querySelector('[data-canvas]')?.getAttribute('aria-label');
    expect(said).toContain(canvas.pixels(1600, 1200));
    expect(said).toMatch(/ 1, .*; 2, /);
  });
});

describe('the camera', () => {
  const scale = () => Number(document.querySelector('[data-canvas]')?.getAttribute('data-scale'));
  const whole = fitCamera(IMAGE, STAGE).scale;

  it('goes to the crop on its step and back to the whole picture on the answer', async () => {
    expect(scale()).toBeCloseTo(whole, 3);
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    await vi.waitFor(() => expect(scale()).toBeGreaterThan(whole * 3));
    await userEvent.keyboard('{End}');
    await vi.waitFor(() => expect(scale()).toBeCloseTo(whole, 3));
  });

  it('glides: between the two it is in between', async () => {
    shown.player.actions.move(6);
    await frames(8);
    expect(scale()).toBeCloseTo(whole, 3); // told only when at rest
    const during = theCanvas().toDataURL();
    await atRest();
    expect(scale()).toBeGreaterThan(whole * 3);
    expect(theCanvas().toDataURL()).not.toBe(during);
  });

  it('jumps where motion is not wanted', async () => {
    const real = window.matchMedia.bind(window);
    const media = vi
      .spyOn(window, 'matchMedia')
      .mockImplementation((query) =>
        query.includes('reduced-motion') ? ({ ...real(query), matches: true } as MediaQueryList) : real(query),
      );
    shown.player.actions.move(6);
    await frames(2);
    expect(scale()).toBeGreaterThan(whole * 3);
    media.mockRestore();
  });

  it('z goes to the crop and back, 0 fits', async () => {
    await userEvent.keyboard('z');
    await vi.waitFor(() => expect(scale()).toBeGreaterThan(whole * 3));
    await userEvent.keyboard('z');
    await vi.waitFor(() => expect(scale()).toBeCloseTo(whole, 3));
    await userEvent.keyboard('z0');
    await vi.waitFor(() => expect(scale()).toBeCloseTo(whole, 3));
  });

  it('zooms and moves by keys when focused, and the player keeps its step', async () => {
    const { cursor } = shown.player.getState();
    surface().focus();
    await userEvent.keyboard('++');
    await vi.waitFor(() => expect(scale()).toBeGreaterThan(whole * 1.2));
    const before = theCanvas().toDataURL();
    await userEvent.keyboard('{ArrowLeft}');
    await frames(3);
    expect(theCanvas().toDataURL()).not.toBe(before);
    expect(shown.player.getState().cursor).toBe(cursor);
  });

  it('leaves the arrows to the player when pressed by hand, and keeps them when reached by Tab', async () => {
    const { cursor } = shown.player.getState();
    const edge = { position: { x: 24, y: STAGE.height / 2 } };
    await userEvent.click(surface(), edge);
    expect(document.activeElement).not.toBe(surface());
    await userEvent.keyboard('{ArrowLeft}');
    expect(shown.player.getState().cursor).toBe(cursor - 1);
    surface().focus();
    await userEvent.click(surface(), edge);
    expect(document.activeElement).toBe(surface());
  });

  it('keeps the middle in the middle when the stage changes size by hand', async () => {
    surface().focus();
    await userEvent.keyboard('+');
    await vi.waitFor(() => expect(scale()).toBeGreaterThan(whole * 1.1));
    const held = scale();
    const frame = surface().parentElement!.parentElement!;
    frame.style.width = '600px';
    await atRest();
    expect(scale()).toBeCloseTo(held, 5);
  });
});

describe('pointing', () => {
  const centreOf = (box: BoxAt) => {
    const camera = fitCamera(IMAGE, STAGE);
    const { left, top } = surface().getBoundingClientRect();
    const { executed } = box;
    return {
      clientX: left + ((executed.x1 + executed.x2) / 2) * camera.scale + camera.x,
      clientY: top + ((executed.y1 + executed.y2) / 2) * camera.scale + camera.y,
    };
  };
  const lit = () => [...document.querySelectorAll('[data-lit]')].map((step) => Number(step.getAttribute('data-step')));

  it('at a box lights the steps that speak of it', async () => {
    const second = boxesNow()[1]!;
    surface().dispatchEvent(
      new PointerEvent('pointermove', { ...centreOf(second), pointerType: 'mouse', bubbles: true }),
    );
    await vi.waitFor(() => expect(lit()).toEqual([3, 4, 5, 6, 7]));
    surface().dispatchEvent(new PointerEvent('pointerout', { pointerType: 'mouse', bubbles: true }));
    await vi.waitFor(() => expect(lit()).toEqual([]));
  });

  it('at a sentence lights its box on the canvas', async () => {
    const before = theCanvas().toDataURL();
    await userEvent.hover(surface()); // and from there without touching anything between
    await userEvent.hover(document.querySelector('[data-step="0"] p')!);
    await vi.waitFor(() => expect(lit()).toEqual([0, 1, 2]));
    await frames(3);
    expect(theCanvas().toDataURL()).not.toBe(before);
  });

  it('a press on a badge goes to its step', async () => {
    const first = boxesNow()[0]!;
    const camera = fitCamera(IMAGE, STAGE);
    const { left, top } = surface().getBoundingClientRect();
    const at = {
      clientX: left + first.executed.x1 * camera.scale + camera.x + 8,
      clientY: top + first.executed.y1 * camera.scale + camera.y - 12,
      pointerId: 1,
      pointerType: 'mouse',
      button: 0,
      bubbles: true,
    };
    surface().setPointerCapture = () => undefined; // no real pointer is down
    surface().dispatchEvent(new PointerEvent('pointerdown', at));
    surface().dispatchEvent(new PointerEvent('pointerup', at));
    await vi.waitFor(() => expect(shown.player.getState().cursor).toBe(first.stepIndex + 1));
  });
});
