import { useMemo } from 'react';
import { keptAs } from '@/lib/models';
import { modelName, SHIPPED_MODEL, useSession } from '@/lib/session';
import { pageModelDesk } from './page-model-desk';
import { useKeptModels } from './use-kept-models';

/** Models that can be chosen without downloading one: what ships, what is in use, and what is kept whole. */
export function useModelChoices(): readonly { readonly value: string; readonly label: string }[] {
  const inUse = useSession((state) => state.settings.modelUrl);
  const { models } = useKeptModels(pageModelDesk, inUse);
  return useMemo(() => {
    const kept = (models ?? []).filter(({ complete }) => complete).map(({ modelUrl }) => modelUrl);
    // One of this device is named once: as it is in use where it is, with what is asked of it.
    const others = kept.filter((modelUrl) => modelUrl !== keptAs(inUse));
    return [...new Set([SHIPPED_MODEL, inUse, ...others])].map((value) => ({ value, label: modelName(value) }));
  }, [models, inUse]);
}
