/** A player over a run of the page, with the pictures that lie in it. */
import { useEffect, useState } from 'react';
import { createPlayer, type Player } from '@/lib/player';
import { hashesOf, type Trajectory } from '@/lib/trajectory';

export type PageFiles = Readonly<Record<string, string>>;

/** Null until the pictures are decoded. One that cannot be is left out, as in the app. */
export function useStandalonePlayer(run: Trajectory | null, files: PageFiles): Player | null {
  const [player, setPlayer] = useState<Player | null>(null);
  useEffect(() => {
    if (!run) return;
    let here = true;
    let made: Player | null = null;
    void open(run, files).then((opened) => {
      if (!here) return opened.dispose();
      made = opened;
      setPlayer(opened);
    });
    return () => {
      here = false;
      made?.dispose();
    };
  }, [run, files]);
  return player?.getState().run?.id === run?.id ? player : null;
}

async function open(run: Trajectory, files: PageFiles): Promise<Player> {
  const blobs = new Map<string, Blob>();
  const pictures = new Map<string, ImageBitmap>();
  for (const hash of hashesOf(run)) {
    const blob = blobOf(files[hash]);
    const bitmap = blob && (await createImageBitmap(blob).catch(() => null));
    if (!blob || !bitmap) continue;
    blobs.set(hash, blob);
    pictures.set(hash, bitmap);
  }
  const player = createPlayer({
    regionOf: async (hash, { x1, y1, x2, y2 }) => {
      const blob = blobs.get(hash);
      const [width, height] = [Math.round(x2 - x1), Math.round(y2 - y1)];
      return blob && width > 0 && height > 0
        ? createImageBitmap(blob, Math.round(x1), Math.round(y1), width, height).catch(() => null)
        : null;
    },
  });
  player.show({ run, pictures });
  return player;
}

/** By hand: the page's policy lets nothing be fetched, data: addresses neither. */
function blobOf(address: string | undefined): Blob | null {
  const found = /^data:([a-z]+\/[a-z0-9.+-]+);base64,/i.exec(address?.slice(0, 100) ?? '');
  if (!found || !address) return null;
  const text = atob(address.slice(found[0].length));
  return new Blob([Uint8Array.from(text, (letter) => letter.charCodeAt(0))], { type: found[1] ?? '' });
}
