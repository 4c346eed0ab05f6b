'use client';
/** Said beside the question whenever it and the picture are to leave this device, and to whom. */
import { serverPlace, useSession } from '@/lib/session';
import { useWorkspaceWords } from '@/lib/words/workspace';

export function WhatLeaves() {
  const words = useWorkspaceWords().leaves;
  const place = useSession((state) => serverPlace(state.settings.modelUrl));
  if (place === null) return null;
  return (
    <p className="text-small wrap-anywhere text-ink-soft">
      {place.startsWith('via:')
        ? words.throughSite(place.slice(4))
        : words.toServer(place.replace(/^https?:\/\/|\/.*$/g, ''))}
    </p>
  );
}
