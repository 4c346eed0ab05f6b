'use client';
/**
 * The composition root: start or work, in the shell. Everything meets here and nothing else happens here; what a part does
 * is in its own file.
 */
import { useState } from 'react';
import { lazyView } from '@/components/ui/lazy-view';
import { usePlayer } from '@/lib/player';
import { useSession, useSessionActions } from '@/lib/session';
import { DropTarget } from './drop-target';
import { useSessionReady } from './page-session';
import { Shell } from './shell';
import { StartScreen } from './start-screen';
import { useOpenPicture } from './use-open-picture';
import { useOpenRecords } from './use-open-records';
import { useReceived } from './use-received';
import { usePasting } from './use-pasting';
import { useRunUrl } from './use-run-url';

const Workspace = lazyView(() => import('./workspace').then((module) => module.Workspace), <Blank />);

function Blank() {
  return <main aria-busy className="flex-1 bg-sunken" />;
}

/** @param opensRun the address names a run: the start screen would only flash by before it is there */
export function Playground({ opensRun }: { readonly opensRun: boolean }) {
  const ready = useSessionReady();
  const hasPicture = usePlayer((state) => state.source !== null || state.run !== null);
  const hasNotice = useSession((state) => state.notice !== null);
  const [restoring, setRestoring] = useState(opensRun);
  if (restoring && (hasPicture || hasNotice)) setRestoring(false);
  const { clear, refuseImage } = useSessionActions();
  const open = useOpenPicture();
  const records = useOpenRecords();
  const pasting = usePasting();
  useRunUrl(ready);
  useReceived(ready);
  return (
    <Shell fixed={hasPicture || restoring} atWork={hasPicture} onHome={clear}>
      {hasPicture ? <Workspace onGallery={clear} onPaste={() => pasting.begin()} /> : null}
      {!hasPicture && restoring ? <Blank /> : null}
      {!hasPicture && !restoring ? <StartScreen open={open} onPaste={() => pasting.begin()} /> : null}
      <DropTarget
        onPictures={(files, folders) => void open.files(files, folders)}
        onFiles={records.files}
        onUrl={(url) => records.address(url) || void open.url(url)}
        onAnswer={pasting.begin}
        onWords={() => refuseImage({ code: 'words' })}
      />
      {pasting.sheet}
    </Shell>
  );
}
