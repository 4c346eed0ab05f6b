'use client';
/** What may be asked of a model from this device: it is not looked at again before it is used, so it is chosen where it is in use. */
import { useEffect, useState } from 'react';
import { keptAs } from '@/lib/models';
import type { GivenChoices } from '@/lib/models/hub';
import type { ModelDesk } from './model-desk';
import { WishFields } from './wish-fields';

interface GivenWishesProps {
  readonly desk: Pick<ModelDesk, 'givenChoices' | 'givenWishes' | 'givenAddress'>;
  readonly modelUrl: string;
  /** Takes it so from the next load on. */
  readonly onWish: (modelUrl: string) => void;
}

export function GivenWishes({ desk, modelUrl, onWish }: GivenWishesProps) {
  const kept = keptAs(modelUrl);
  const [choices, setChoices] = useState<GivenChoices | null>(null);
  useEffect(() => {
    let here = true;
    const told = (found: GivenChoices | null) => here && setChoices(found);
    desk.givenChoices(kept).then(told, () => told(null));
    return () => {
      here = false;
    };
  }, [desk, kept]);
  const wishes = desk.givenWishes(modelUrl);
  if (!choices || !wishes) return null;
  if (choices.pictureSizes.length === 0 && wishes.maxPixels === null && !choices.thinking) return null;
  return (
    <WishFields
      pictureSizes={choices.pictureSizes}
      canThink={choices.thinking}
      wishes={wishes}
      onChange={(wished) => onWish(desk.givenAddress(modelUrl, wished))}
    />
  );
}
