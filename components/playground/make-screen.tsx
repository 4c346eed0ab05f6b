'use client';
/**
 * The scene maker as a page of its own. What it makes is opened as a picture and asked about on the first page; a picture
 * dropped here and a kept run opened from here lead there too.
 */
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { lazyView } from '@/components/ui/lazy-view';
import { useSession, useSessionActions, useSessionStore } from '@/lib/session';
import { usePlaygroundWords } from '@/lib/words/playground';
import { DropTarget } from './drop-target';
import { NoticeBanner } from './notice-banner';
import { OpeningLine } from './opening-line';
import { Shell } from './shell';
import { suggestFor } from './suggestions';
import { useEscape } from './use-escape';
import { useOpenRecords } from './use-open-records';
import { useRunLeadsHome } from './use-run-leads-home';

const SceneMaker = lazyView(
  () => import('@/components/scene-maker').then((module) => module.SceneMaker),
  <div aria-busy className="flex-1 bg-sunken" />,
);

/** Names tell made scenes apart, so that each keeps its own questions. */
const sceneName = () => `scene-${Date.now().toString(36)}.png`;

export function MakeScreen() {
  const { pages } = usePlaygroundWords();
  const router = useRouter();
  const session = useSessionStore();
  const actions = useSessionActions();
  const records = useOpenRecords();
  const notice = useSession((state) => state.notice);
  const opening = useSession((state) => state.phase === 'opening');
  useRunLeadsHome();
  useEscape(opening ? actions.stop : null);

  // The real session may take the waiting one's place while a picture opens.
  const latest = useRef(session);
  useEffect(() => {
    latest.current = session;
  }, [session]);
  /** To the first page once the picture is there; what is no picture takes nobody away from the scene. */
  const show = async (open: () => Promise<void>) => {
    const { source } = latest.current.player.getState();
    await open();
    if (latest.current.player.getState().source !== source) router.push('/');
  };
  return (
    <Shell fixed atWork={false} onHome={actions.clear}>
      <main className="flex min-h-0 flex-1 flex-col">
        <h1 className="sr-only">{pages.make}</h1>
        {notice || opening ? (
          <div className="flex flex-col gap-3 p-3 empty:hidden">
            {notice ? <NoticeBanner notice={notice} onDismiss={actions.dismissNotice} /> : null}
            {opening ? <OpeningLine onCancel={actions.stop} /> : null}
          </div>
        ) : null}
        <SceneMaker
          onAsk={(picture, questions) => {
            const name = sceneName();
            suggestFor(name, questions);
            void show(() => actions.openImage(picture, name));
          }}
        />
      </main>
      <DropTarget
        onPictures={(files, folders) => void show(() => actions.openFiles(files, folders))}
        onFiles={records.files}
        onUrl={(url) => records.address(url) || void show(() => actions.openImageUrl(url))}
        onWords={() => actions.refuseImage({ code: 'words' })}
      />
    </Shell>
  );
}
