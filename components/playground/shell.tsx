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
const Overlays = lazyView(() => import('./overlays').then((module) => module.Overlays));

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
  const open = overlay !== null || help || models;
  // Once there it stays, so that closing can be seen.
  const [opened, setOpened] = useState(false);
  if (open && !opened) setOpened(true);
  const close = () => {
    setOverlay(null);
    setHelp(false);
    setModels(false);
  };
  return (
    <div className={classNames('flex flex-col', fixed ? 'h-dvh' : 'min-h-dvh')}>
      <SiteHeader atWork={atWork} onHome={onHome} onOpen={setOverlay} onHelp={() => setHelp(true)} />
      {keepsNothing ? <StorageNotice /> : null}
      <Offline />
      {children}
      <LiveStatus />
      {opened ? <Overlays overlay={overlay} onOverlay={setOverlay} open={open} onOpenChange={close} /> : null}
    </div>
  );
}
