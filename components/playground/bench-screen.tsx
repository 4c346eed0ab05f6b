'use client';
/**
 * The bench as a page of its own. Its code comes with it: the first page pays nothing for it. What it asks is not kept among
 * the person's own runs unless they say so.
 */
import { lazyView } from '@/components/ui/lazy-view';
import { useSession, useSessionActions } from '@/lib/session';
import { NoticeBanner } from './notice-banner';
import { Shell } from './shell';
import { useRunLeadsHome } from './use-run-leads-home';

const BenchView = lazyView(
  () => import('@/components/bench').then((module) => module.BenchView),
  <main aria-busy className="flex-1">
    <h1 className="sr-only">Bench</h1>
  </main>,
);

export function BenchScreen() {
  useRunLeadsHome();
  const actions = useSessionActions();
  const notice = useSession((state) => state.notice);
  return (
    <Shell fixed={false} atWork={false} onHome={actions.clear}>
      <BenchView banner={notice ? <NoticeBanner notice={notice} onDismiss={actions.dismissNotice} /> : null} />
    </Shell>
  );
}
