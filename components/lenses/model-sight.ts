'use client';
/** The run's pictures as its model had them, squashed to a square, for figures: addresses that go into an SVG whole. */
import { useMemo } from 'react';
import { usePlayer } from '@/lib/player';
import { rootOf, type Trajectory } from '@/lib/trajectory';

const SIDE = 256;

/** By the picture's id; pictures that are not here are left out. */
export function useModelSight(run: Trajectory, pictures: readonly string[]): ReadonlyMap<string, string> {
  const here = usePlayer((state) => state.pictures);
  const wanted = pictures.join();
  return useMemo(() => {
    const made = new Map<string, string>();
    for (const id of wanted.split(',')) {
      const root = rootOf(run.pictures, id);
      const { hash } = root?.picture.file ?? { hash: null };
      const bitmap = hash === null ? undefined : here.get(hash);
      if (!root || !bitmap) continue;
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [SIDE, SIDE];
      const context = canvas.getContext('2d');
      const scale = bitmap.width / root.picture.width;
      const { x1, y1, x2, y2 } = root.view.region;
      context?.drawImage(bitmap, x1 * scale, y1 * scale, (x2 - x1) * scale, (y2 - y1) * scale, 0, 0, SIDE, SIDE);
      made.set(id, canvas.toDataURL('image/jpeg', 0.9));
    }
    return made;
  }, [run, wanted, here]);
}

/** A nudge as a picture around grey, `strength` times as strong as it is; null where nothing can be drawn. */
export function drawNudge(direction: string, side: number, scale: number, strength: number): string | null {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [side, side];
  const context = canvas.getContext('2d');
  const bytes = Uint8Array.from(atob(direction), (letter) => letter.charCodeAt(0));
  if (!context || bytes.length !== side * side) return null;
  const image = context.createImageData(side, side);
  bytes.forEach((byte, at) => {
    const value = 128 + ((byte << 24) >> 24) * (scale / 127) * strength;
    image.data.set([value, value, value, 255], at * 4);
  });
  context.putImageData(image, 0, 0);
  return canvas.toDataURL('image/png');
}
