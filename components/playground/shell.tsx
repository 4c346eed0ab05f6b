'use client';
/**
 * What every page of the app has: the header, what opens over the page, and the voice that says what happens.
 */
import { useState, type ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import { lazyView } from '@/components/ui/lazy-view';
import { useView, useViewActions } from '@/lib/player';
import { useSession } from '@/lib/session';
import { LiveStatus } from './live-status';
import { useModelsOpen } from './models-open';
import { Offline } from './offline';
import { SiteHeader, type OverlayName } from './site-header';
import { useHelpKey } from './use-help-key';

/** Few browsers keep nothing. */
const StorageNotice = lazyView(() => import('./storage-notice').then((module) => module.StorageNotice));
const SettingsSheet = lazyView(() => import('./settings-sheet').then((module) => module.SettingsSheet));
const HelpSheet = lazyView(() => import('./help-sheet').then((module) => module.HelpSheet));
const RunsSheet = lazyView(() => import('@/components/library').then((module) => module.RunsSheet));
const ModelsSheet = lazyView(() => import('@/components/models').then((module) => module.PageModelsSheet));
const PagesSheet = lazyView(() => import('./pages-sheet').then((module) => module.PagesSheet));
const OwnSharesSheet = lazyView(() => import('@/components/share').then((module) => module.OwnSharesSheet));

/** Code of a sheet comes when it is first opened and stays, so that closing can be seen. */
function useOnce(open: boolean): boolean {
  const [once, setOnce] = useState(open);
  if (open && !once) setOnce(true);
  return once || open;
}

interface ShellProps {
  /** The page fills the window and scrolls inside; else it grows with what it holds. */
  readonly fixed: boolean;
  /** A picture is on screen: offer another. */
  readonly atWork: boolean;
  readonly onHome: () => void;
  readonly children: ReactNode;
}

export function Shell({ fixed, atWork, onHome, children }: ShellProps) {
  const [overlay, setOverlay] = useState<OverlayName | null>(null);
  const help = useView((state) => state.help);
  const keepsNothing = useSession((state) => state.notKept !== null);
  const { setHelp } = useViewActions();
  const [models, setModels] = useModelsOpen();
  useHelpKey();
  const once = {
    settings: useOnce(overlay === 'settings'),
    runs: useOnce(overlay === 'runs'),
    shares: useOnce(overlay === 'shares'),
    more: useOnce(overlay === 'more'),
    help: useOnce(help),
    models: useOnce(models),
  };
  const toggle = (name: OverlayName) => (opened: boolean) => setOverlay(opened ? name : null);
  return (
    <div className={classNames('flex flex-col', fixed ? 'h-dvh' : 'min-h-dvh')}>
      <SiteHeader atWork={atWork} onHome={onHome} onOpen={setOverlay} onHelp={() => setHelp(true)} />
      {keepsNothing ? <StorageNotice /> : null}
      <Offline />
      {children}
      <LiveStatus />
      {once.settings ? <SettingsSheet open={overlay === 'settings'} onOpenChange={toggle('settings')} /> : null}
      {once.runs ? <RunsSheet open={overlay === 'runs'} onOpenChange={toggle('runs')} /> : null}
      {once.shares ? <OwnSharesSheet open={overlay === 'shares'} onOpenChange={toggle('shares')} /> : null}
      {once.more ? (
        <PagesSheet
          open={overlay === 'more'}
          onOpenChange={toggle('more')}
          onShares={() => setOverlay('shares')}
          onHelp={() => setHelp(true)}
        />
      ) : null}
      {once.models ? <ModelsSheet open={models} onOpenChange={setModels} /> : null}
      {once.help ? <HelpSheet open={help} onOpenChange={setHelp} /> : null}
    </div>
  );
}
