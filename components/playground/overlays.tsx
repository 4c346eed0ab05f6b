'use client';
/** What opens over the page. Code of each comes when it is first opened and stays, so that closing can be seen. */
import { useState } from 'react';
import { lazyView } from '@/components/ui/lazy-view';
import { useView, useViewActions } from '@/lib/player';
import { useModelsOpen } from './models-open';
import type { OverlayName } from './site-header';

const SettingsSheet = lazyView(() => import('./settings-sheet').then((module) => module.SettingsSheet));
const HelpSheet = lazyView(() => import('./help-sheet').then((module) => module.HelpSheet));
const PagesSheet = lazyView(() => import('./pages-sheet').then((module) => module.PagesSheet));
const RunsSheet = lazyView(() => import('@/components/library').then((module) => module.RunsSheet));
const ModelsSheet = lazyView(() => import('@/components/models').then((module) => module.PageModelsSheet));
const OwnSharesSheet = lazyView(() => import('@/components/share').then((module) => module.OwnSharesSheet));

interface OverlaysProps {
  readonly overlay: OverlayName | null;
  readonly onOverlay: (overlay: OverlayName | null) => void;
  /** Any of them is. */
  readonly open: boolean;
  /** Closes all of them, where their code did not come. */
  readonly onOpenChange: (open: boolean) => void;
}

function useOnce(open: boolean): boolean {
  const [once, setOnce] = useState(open);
  if (open && !once) setOnce(true);
  return once || open;
}

export function Overlays({ overlay, onOverlay }: OverlaysProps) {
  const help = useView((state) => state.help);
  const { setHelp } = useViewActions();
  const [models, setModels] = useModelsOpen();
  const once = {
    settings: useOnce(overlay === 'settings'),
    runs: useOnce(overlay === 'runs'),
    shares: useOnce(overlay === 'shares'),
    more: useOnce(overlay === 'more'),
    help: useOnce(help),
    models: useOnce(models),
  };
  const toggle = (name: OverlayName) => (opened: boolean) => onOverlay(opened ? name : null);
  return (
    <>
      {once.settings ? <SettingsSheet open={overlay === 'settings'} onOpenChange={toggle('settings')} /> : null}
      {once.runs ? <RunsSheet open={overlay === 'runs'} onOpenChange={toggle('runs')} /> : null}
      {once.shares ? <OwnSharesSheet open={overlay === 'shares'} onOpenChange={toggle('shares')} /> : null}
      {once.more ? (
        <PagesSheet
          open={overlay === 'more'}
          onOpenChange={toggle('more')}
          onShares={() => onOverlay('shares')}
          onHelp={() => setHelp(true)}
        />
      ) : null}
      {once.models ? <ModelsSheet open={models} onOpenChange={setModels} /> : null}
      {once.help ? <HelpSheet open={help} onOpenChange={setHelp} /> : null}
    </>
  );
}
