/**
 * Sizes against Python's own processors, with the values that the hub's configurations have: 300 pictures each, from a pixel to
 * twelve megapixels, as training/scripts/record_hub.py recorded them (transformers 5.24).
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Sizing } from './contract';
import { layOutImage } from './sizing';

// Written by that script, in this form.
const { sizes, cases } = JSON.parse(readFileSync(new URL('./fixtures/python/sizes.json', import.meta.url), 'utf8')) as {
  sizes: [number, number][];
  cases: Record<string, number[][]>;
};

const smart = (patch: number, least: number, most: number): Sizing => {
  const factor = patch * 2;
  return { kind: 'smart', factor, patch, minPixels: least * factor ** 2, maxPixels: most * factor ** 2 };
};
const tiles = (longestEdge: number): Sizing => ({ kind: 'tiles', tile: 512, longestEdge, split: true });
const lfm2 = (thumbnail: boolean): Sizing => {
  const tokens = { minTokens: 64, maxTokens: 256, minTiles: 2, maxTiles: 10 };
  return { kind: 'lfm2', tile: 512, patch: 16, downsample: 2, ...tokens, thumbnail };
};

const SIZINGS: Readonly<Record<string, Sizing>> = {
  'tiles 512 in 2048': tiles(2048),
  'tiles 512 in 1024': tiles(1024),
  'smart 28, 4 to 1280': smart(14, 4, 1280),
  'smart 32, 64 to 1280': smart(16, 64, 1280),
  'smart 32, 64 to 16384': smart(16, 64, 16384),
  'lfm2 2 to 10 tiles': lfm2(false),
  'lfm2 2 to 10 tiles and a thumbnail': lfm2(true),
  'gemma4 280': { kind: 'pooled', patch: 16, pool: 3, maxTokens: 280 },
};

function laidOut(sizing: Sizing, width: number, height: number): number[] {
  const frame = { size: 512, tokens: 64, resample: 'bicubic', mean: [0, 0, 0], std: [1, 1, 1] } as const;
  const { size, rows, columns, whole } = layOutImage({ ...frame, sizing }, { width, height });
  switch (sizing.kind) {
    case 'tiles':
      return [rows, columns];
    case 'lfm2': {
      const last = whole ?? (rows > 0 ? { width: sizing.tile, height: sizing.tile } : size);
      return [Math.max(1, rows), Math.max(1, columns), last.height / sizing.patch, last.width / sizing.patch];
    }
    default:
      return [size.width, size.height];
  }
}

describe.each(Object.keys(SIZINGS))('%s', (name) => {
  it('lays 300 pictures out as Python does', () => {
    const sizing = SIZINGS[name]!;
    const wrong = sizes.flatMap(([width, height], i) => {
      const ours = laidOut(sizing, width, height);
      const python = cases[name]?.[i];
      return JSON.stringify(ours) === JSON.stringify(python) ? [] : [{ width, height, ours, python }];
    });
    expect(sizes).toHaveLength(300);
    expect(wrong).toEqual([]);
  });
});
