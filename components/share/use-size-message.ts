'use client';
/**
 * Tells the page around a frame how high the frame would like to be: at this width, the whole picture and some of the text.
 * It depends on the width and the picture's shape only, never on the frame's own height, so that a host that obeys it does
 * not set off another message.
 *
 * Sent to `window.parent` with `postMessage`: `{ source: 'loupe', type: 'size', id, width, height }`, in CSS pixels, once
 * the run is shown and whenever the width changes. It holds nothing that the frame's address does not say.
 */
import { useEffect } from 'react';

/** Below this width the text stands under the picture: the same as `tablet` in the style sheet. */
const SIDE_BY_SIDE = 704;
const HEAD = 48;
const PLAYER = 52;
const PLAYER_WRAPPED = 88;
const TEXT = 260;
const LIMITS = { least: 360, most: 900 } as const;

export interface SizeMessage {
  readonly source: 'loupe';
  readonly type: 'size';
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** @param aspect width by height of the picture */
export function wantedHeight(width: number, aspect: number): number {
  const beside = width >= SIDE_BY_SIDE;
  const picture = (beside ? width * 0.6 : width) / Math.max(aspect, 0.5);
  const height = beside ? HEAD + picture + PLAYER : HEAD + Math.min(picture, width) + PLAYER_WRAPPED + TEXT;
  return Math.round(Math.min(LIMITS.most, Math.max(LIMITS.least, height)));
}

/** @param aspect null until the run is there */
export function useSizeMessage(id: string, aspect: number | null): void {
  useEffect(() => {
    if (aspect === null || window.parent === window) return;
    let last = -1;
    const tell = () => {
      const width = document.documentElement.clientWidth;
      if (width === last) return;
      last = width;
      const message: SizeMessage = { source: 'loupe', type: 'size', id, width, height: wantedHeight(width, aspect) };
      window.parent.postMessage(message, '*');
    };
    tell();
    window.addEventListener('resize', tell);
    return () => window.removeEventListener('resize', tell);
  }, [id, aspect]);
}
