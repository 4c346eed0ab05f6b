/**
 * How well the distance tells scenes from other pictures, with the shipped model, its own decoder and its own resampling: every picture of
 * the gallery, none of which training saw, beside pictures that are none of its scenes, drawn here (no photograph may be kept).
 */
import { expect, it } from 'vitest';
import { wholeImage } from '@/lib/agent';
import type { ModelCard } from '@/lib/engine';
import { connectEngine } from '@/lib/engine/client';
import { createImageService } from '@/lib/image';
import { cases } from '@/scripts/suite';
import { SHIPPED_MODEL } from './model-name';

const SLOW = 600_000;
const live = () => new AbortController().signal;

type Draw = (context: OffscreenCanvasRenderingContext2D, width: number, height: number, random: () => number) => void;

/** Park and Miller's; the same pictures every time. */
const seeded = (seed: number) => () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;

/** Value noise over several octaves, as clouds, stone and grass have it. */
const clouds =
  (tint: readonly [number, number, number], rough: number): Draw =>
  (context, width, height, random) => {
    context.fillStyle = `rgb(${tint.join(' ')})`;
    context.fillRect(0, 0, width, height);
    for (let cell = 256; cell >= 2; cell /= 2) {
      const small = new OffscreenCanvas(Math.ceil(width / cell), Math.ceil(height / cell));
      const pixels = new ImageData(small.width, small.height);
      for (let at = 0; at < pixels.data.length; at += 4) {
        const grey = Math.floor(256 * random());
        pixels.data.set([grey, grey, grey, 255], at);
      }
      small.getContext('2d')!.putImageData(pixels, 0, 0);
      context.globalAlpha = Math.min(0.5, rough * (cell / 256) ** 0.5);
      context.drawImage(small, 0, 0, width, height);
    }
    context.globalAlpha = 1;
  };

const OTHERS: Readonly<Record<string, Draw>> = {
  clouds: clouds([110, 150, 200], 0.5),
  grass: clouds([70, 110, 40], 0.9),
  stone: clouds([120, 115, 108], 0.9),
  night: clouds([14, 18, 30], 0.25),
  skin: clouds([205, 160, 135], 0.2),
  noise(context, width, height, random) {
    const pixels = context.createImageData(width, height);
    for (let at = 0; at < pixels.data.length; at += 1) pixels.data[at] = at % 4 === 3 ? 255 : 256 * random();
    context.putImageData(pixels, 0, 0);
  },
  gradient(context, width, height) {
    const fill = context.createLinearGradient(0, 0, width, height);
    fill.addColorStop(0, '#123');
    fill.addColorStop(1, '#fc9');
    context.fillStyle = fill;
    context.fillRect(0, 0, width, height);
  },
  white(context, width, height) {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
  },
  'page of text'(context, width, height) {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.fillStyle = '#222';
    context.font = '22px serif';
    for (let y = 60; y < height - 40; y += 32)
      context.fillText('The quick brown fox jumps over the lazy dog. '.repeat(3), 60, y);
  },
  'bar chart'(context, width, height, random) {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    for (let x = 100; x < width - 100; x += 90) {
      const tall = random() * (height - 200);
      context.fillStyle = '#4472c4';
      context.fillRect(x, height - 80 - tall, 60, tall);
    }
  },
  landscape(context, width, height, random) {
    clouds([130, 175, 225], 0.3)(context, width, height, random);
    for (let layer = 0; layer < 5; layer += 1) {
      context.fillStyle = `hsl(${90 + 8 * layer} ${20 + 6 * layer}% ${52 - 9 * layer}%)`;
      context.beginPath();
      context.moveTo(0, height);
      for (let x = 0; x <= width; x += 8) {
        context.lineTo(x, height * (0.4 + 0.11 * layer) + 60 * Math.sin(x / (90 + 40 * layer) + layer) + 8 * random());
      }
      context.lineTo(width, height);
      context.fill();
    }
  },
  'face of a clock'(context, width, height) {
    context.fillStyle = '#887766';
    context.fillRect(0, 0, width, height);
    const light = context.createRadialGradient(width / 2, height / 2, 20, width / 2, height / 2, height / 2);
    light.addColorStop(0, '#fff8e8');
    light.addColorStop(1, '#3a2a1a');
    context.fillStyle = light;
    context.beginPath();
    context.arc(width / 2, height / 2, height * 0.42, 0, 7);
    context.fill();
  },
};

const draw = async (paint: Draw, seed: number): Promise<Blob> => {
  const canvas = new OffscreenCanvas(1200, 900);
  paint(canvas.getContext('2d')!, canvas.width, canvas.height, seeded(seed));
  return canvas.convertToBlob({ type: 'image/png' });
};

it(
  'tells the gallery’s scenes from pictures that are none',
  async () => {
    const engine = connectEngine();
    const images = createImageService();
    let card: ModelCard | null = null;
    for await (const progress of engine.load({ modelUrl: SHIPPED_MODEL, device: 'wasm' }, live())) {
      if (progress.phase === 'ready') card = progress.card;
    }
    const distance = async (bytes: Blob, name: string) => {
      const source = await images.open(bytes, name);
      const told = await engine.distance(await wholeImage(images, card!, source, live()), live());
      return told!;
    };
    const index = (await (await fetch('/gallery/index.json')).json()) as { pictures: { image: string }[] };
    const scenes: number[] = [];
    let threshold = 0;
    // In the gate a few of each.
    const some = <T>(all: readonly T[], short: number) => all.slice(0, cases({ short, long: all.length }));
    for (const { image } of some(index.pictures, 4)) {
      const told = await distance(await (await fetch(`/gallery/${image}`)).blob(), image);
      scenes.push(told.score);
      ({ threshold } = told);
    }
    const others: Record<string, number> = {};
    for (const [name, paint] of some(Object.entries(OTHERS), 4)) {
      others[name] = (await distance(await draw(paint, 11), `${name}.png`)).score;
    }
    expect(scenes.filter((score) => score > threshold).length).toBeLessThanOrEqual(1);
    expect(Object.entries(others).filter(([, score]) => score <= threshold)).toEqual([]);
    await engine.dispose();
    images.dispose();
  },
  SLOW,
);
