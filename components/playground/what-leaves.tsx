'use client';
/** Said beside the question whenever it and the picture are to leave this device, and to whom. */
import { serverPlace, useSession } from '@/lib/session';
import { useCommonWords } from '@/lib/words/common';

export function WhatLeaves() {
  const words = useCommonWords();
  const place = useSession((state) => serverPlace(state.settings.modelUrl));
  if (place === null) return null;
  return (
    <p className="text-small wrap-anywhere text-ink-soft">
      {place.startsWith('via:')
        ? words.leavesVia(place.slice(4))
        : words.leaves(place.replace(/^https?:\/\/|\/.*$/g, ''))}
    </p>
  );
}
