'use client';
/** What is in the picture of a run, where the picture says so; null until known, and where it does not. */
import { useEffect, useState } from 'react';
import { usePlayer } from '@/lib/player';
import type { Scene } from '@/lib/scene';
import { mainPicture, type Trajectory } from '@/lib/trajectory';
import { knownScene, type KnownScene } from './known-scene';

/** One run only: a component that shows another run is another one (by key). */
export function useKnownScene(run: Trajectory): Scene | null {
  return useSceneOf(run)?.scene ?? null;
}

export function useSceneOf(run: Trajectory): KnownScene | null {
  const source = usePlayer((state) => state.source);
  const file = mainPicture(run)?.file;
  const hash = file?.hash ?? null;
  const mimeType = file?.mimeType ?? '';
  const bytes = source && source.ref.hash === hash ? source.bytes : null;
  const [known, setKnown] = useState<KnownScene | null>(null);
  useEffect(() => {
    if (hash === null) return;
    let here = true;
    void knownScene({ hash, mimeType }, bytes).then((found) => {
      if (here) setKnown(found);
    });
    return () => {
      here = false;
    };
  }, [hash, mimeType, bytes]);
  return known;
}
