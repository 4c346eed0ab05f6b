'use client';
/**
 * The pages beside the first one, each one view under the shell: the library, the bench, the training run. A kept run opened from
 * there, or from the sheet over them, is shown on the first page. One file for all: this much of them the first page carries too.
 */
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { lazyView, type LazyView } from '@/components/ui/lazy-view';
import { useSession, useSessionActions } from '@/lib/session';
import { usePlaygroundWords } from '@/lib/words/playground';
import { DropTarget } from './drop-target';
import { NoticeBanner } from './notice-banner';
import { Shell } from './shell';
import { useOpenRecords } from './use-open-records';
import { useRunLeadsHome } from './use-run-leads-home';

type SideView = LazyView<{ readonly banner: ReactNode }>;

function Waiting({ page }: { readonly page: 'library' | 'bench' | 'learn' | 'sets' | 'compare' | 'collection' }) {
  const { pages } = usePlaygroundWords();
  return (
    <main aria-busy className="flex-1">
      <h1 className="sr-only">{pages[page]}</h1>
    </main>
  );
}

const LibraryView: SideView = lazyView(
  () => import('@/components/library').then((module) => module.LibraryView),
  <Waiting page="library" />,
);
const BenchView: SideView = lazyView(
  () => import('@/components/bench').then((module) => module.BenchView),
  <Waiting page="bench" />,
);
const LearnView: SideView = lazyView(
  () => import('@/components/learn').then((module) => module.LearnView),
  <Waiting page="learn" />,
);

const SetsView: SideView = lazyView(
  () => import('@/components/sets').then((module) => module.SetsView),
  <Waiting page="sets" />,
);

const CompareView: SideView = lazyView(
  () => import('./compare-page').then((module) => module.ComparePage),
  <Waiting page="compare" />,
);

const CollectionView: SideView = lazyView(
  () => import('@/components/search').then((module) => module.CollectionView),
  <Waiting page="collection" />,
);

interface SideScreenProps {
  readonly View: SideView;
  readonly fixed: boolean;
  /** Pictures that are dropped here belong to a set, and are no next question. */
  readonly everything?: boolean;
  /** The view takes what is dropped. */
  readonly ownDrop?: boolean;
}

function SideScreen({ View, fixed, everything = false, ownDrop = false }: SideScreenProps) {
  useRunLeadsHome();
  const actions = useSessionActions();
  const notice = useSession((state) => state.notice);
  const records = useOpenRecords();
  const router = useRouter();
  return (
    <Shell fixed={fixed} atWork={false} onHome={actions.clear}>
      <View banner={notice ? <NoticeBanner notice={notice} onDismiss={actions.dismissNotice} /> : null} />
      {ownDrop ? null : (
        <DropTarget
          everything={everything}
          onPictures={(files, folders) => void actions.openFiles(files, folders).then(() => router.push('/'))}
          onFiles={records.files}
          onUrl={(url) => records.address(url) || void actions.openImageUrl(url).then(() => router.push('/'))}
          onWords={() => actions.refuseImage({ code: 'words' })}
        />
      )}
    </Shell>
  );
}

export const LibraryScreen = () => <SideScreen View={LibraryView} fixed />;
export const BenchScreen = () => <SideScreen View={BenchView} fixed={false} />;
export const LearnScreen = () => <SideScreen View={LearnView} fixed={false} />;
export const CompareScreen = () => <SideScreen View={CompareView} fixed />;
export const SetScreen = () => <SideScreen View={SetsView} fixed everything />;
export const CollectionScreen = () => <SideScreen View={CollectionView} fixed={false} ownDrop />;
