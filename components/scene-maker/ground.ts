/**
 * What a scene stands on: a pattern in the colours of a palette. Both are of the kinds the model was taught on.
 */
import type { Words } from '@/lib/words';
import { SCENE_SIZE } from './scene-draft';

type Context = CanvasRenderingContext2D;

type PaletteId = keyof Words['maker']['palettes'];

export interface Palette {
  readonly id: PaletteId;
  /** From the main colour to a contrasting one. */
  readonly colors: readonly [string, string, string];
}

export const PALETTES: readonly Palette[] = [
  { id: 'linen', colors: ['#f4ecdf', '#e6d8c2', '#d3bfa0'] },
  { id: 'mint', colors: ['#d9f0e3', '#bfe3d0', '#97cdb2'] },
  { id: 'sky', colors: ['#dcebf7', '#bfd9ef', '#93bfe3'] },
  { id: 'blush', colors: ['#fbe4e2', '#f3cbc9', '#e6a5a6'] },
  { id: 'butter', colors: ['#fdf3cf', '#f8e5a4', '#efd070'] },
  { id: 'lilac', colors: ['#ece4f6', '#d8c9ec', '#bba3dc'] },
  { id: 'sea', colors: ['#5fb3b8', '#4aa0a6', '#37868d'] },
  { id: 'slate', colors: ['#6d7f8f', '#5c6d7c', '#4a5966'] },
  { id: 'forest', colors: ['#3f6b52', '#345a45', '#284737'] },
  { id: 'night', colors: ['#2a3350', '#232a44', '#1a2036'] },
];

function fill(context: Context, style: string | CanvasGradient | CanvasPattern): void {
  context.fillStyle = style;
  context.fillRect(0, 0, SCENE_SIZE.width, SCENE_SIZE.height);
}

function gradient(context: Context, { colors }: Palette): void {
  const ramp = context.createLinearGradient(0, 0, SCENE_SIZE.width, SCENE_SIZE.height);
  colors.forEach((color, index) => ramp.addColorStop(index / 2, color));
  fill(context, ramp);
}

function stripes(context: Context, { colors }: Palette): void {
  fill(context, colors[0]);
  context.fillStyle = colors[1];
  for (let x = -SCENE_SIZE.height; x < SCENE_SIZE.width; x += 140) {
    context.beginPath();
    context.moveTo(x, SCENE_SIZE.height);
    context.lineTo(x + SCENE_SIZE.height, 0);
    context.lineTo(x + SCENE_SIZE.height + 64, 0);
    context.lineTo(x + 64, SCENE_SIZE.height);
    context.fill();
  }
}

function polka(context: Context, { colors }: Palette): void {
  fill(context, colors[0]);
  context.fillStyle = colors[1];
  for (let row = 0; row * 100 < SCENE_SIZE.height + 100; row += 1) {
    for (let x = row % 2 === 0 ? 0 : 60; x < SCENE_SIZE.width + 60; x += 120) {
      context.beginPath();
      context.arc(x, row * 100, 22, 0, 2 * Math.PI);
      context.fill();
    }
  }
}

function checks(context: Context, { colors }: Palette): void {
  fill(context, colors[0]);
  context.fillStyle = colors[1];
  const side = 120;
  for (let row = 0; row * side < SCENE_SIZE.height; row += 1) {
    for (let column = row % 2; column * side < SCENE_SIZE.width; column += 2) {
      context.fillRect(column * side, row * side, side, side);
    }
  }
}

function gingham(context: Context, { colors }: Palette): void {
  fill(context, colors[0]);
  context.fillStyle = colors[2];
  context.globalAlpha = 0.45;
  for (let x = 0; x < SCENE_SIZE.width; x += 140) context.fillRect(x, 0, 70, SCENE_SIZE.height);
  for (let y = 0; y < SCENE_SIZE.height; y += 140) context.fillRect(0, y, SCENE_SIZE.width, 70);
  context.globalAlpha = 1;
}

export const PATTERNS = [
  { id: 'plain', paint: (context: Context, palette: Palette) => fill(context, palette.colors[0]) },
  { id: 'gradient', paint: gradient },
  { id: 'stripes', paint: stripes },
  { id: 'polka', paint: polka },
  { id: 'checks', paint: checks },
  { id: 'gingham', paint: gingham },
] as const;

export function paintGround(context: Context, patternId: string, paletteId: string): void {
  const palette = PALETTES.find(({ id }) => id === paletteId) ?? PALETTES[0]!;
  const pattern = PATTERNS.find(({ id }) => id === patternId) ?? PATTERNS[0];
  pattern.paint(context, palette);
}
