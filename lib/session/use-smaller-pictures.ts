import { useEffect, useState } from 'react';
import type { ManifestImage } from '@/lib/engine';
import { useSession } from './react';
import { smallerPictures, type SmallerPictures } from './smaller';

interface Known {
  readonly modelUrl: string;
  readonly image: ManifestImage | null;
}

/**
 * The same model with smaller pictures; null where there are none, and while it is being found out. How it sees pictures now is
 * known of a loaded model, else from what this browser keeps of it since its load began.
 */
export function useSmallerPictures(modelUrl: string): SmallerPictures | null {
  const loaded = useSession(({ engine }) => (engine?.modelUrl === modelUrl ? engine.card.image : null));
  const [kept, setKept] = useState<Known | null>(null);
  useEffect(() => {
    if (loaded || !/^(hub|local):/.test(modelUrl)) return;
    let wanted = true;
    const told = (image: ManifestImage | null) => wanted && setKept({ modelUrl, image });
    // Only now: who runs the shipped model loads nothing that knows of hubs.
    const asking = import('@/lib/models/hub').then(({ keptImage }) => keptImage(modelUrl));
    void asking.then(told, () => told(null));
    return () => {
      wanted = false;
    };
  }, [modelUrl, loaded]);
  if (loaded) return smallerPictures(modelUrl, loaded);
  return kept?.modelUrl === modelUrl ? smallerPictures(modelUrl, kept.image) : null;
}
