'use client';
/**
 * The library as a page of its own. A run opened from here, or from the sheet over it, is shown on the first page.
 */
import { lazyView } from '@/components/ui/lazy-view';
import { useSession, useSessionActions } from '@/lib/session';
import { NoticeBanner } from './notice-banner';
import { Shell } from './shell';
import { useRunLeadsHome } from './use-run-leads-home';

const LibraryView = lazyView(
  () => import('@/components/library').then((module) => module.LibraryView),
  <main aria-busy className="flex-1">
    <h1 className="sr-only">Library</h1>
  </main>,
);

export function LibraryScreen() {
  useRunLeadsHome();
  const actions = useSessionActions();
  const notice = useSession((state) => state.notice);
  return (
    <Shell fixed atWork={false} onHome={actions.clear}>
      <LibraryView banner={notice ? <NoticeBanner notice={notice} onDismiss={actions.dismissNotice} /> : null} />
    </Shell>
  );
}
