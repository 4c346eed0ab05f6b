'use client';
/**
 * A shared run on a page of its own (/t). It loads no engine and no model, and leaves the visitor's own runs alone; Copy
 * copies the run among them and goes there.
 */
import { ChevronLeft, ChevronRight, LibraryBig, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { lazyView } from '@/components/ui/lazy-view';
import { ThemeToggle } from '@/components/ui/theme';
import { Wordmark } from '@/components/ui/wordmark';
import { PlayerProvider, usePlayerStore } from '@/lib/player';
import { shareLink } from '@/lib/share';
import { RichText } from '@/components/ui/rich-text';
import { useShareWords } from '@/lib/words/share';
import { useVisitWords } from '@/lib/words/visit';
import { CopyButton } from './copy-button';
import { FailureNote } from './failure-note';
import { FailurePage } from './failure-page';
import { copyRun } from './copy-run';
import { GatePage } from './gate-page';
import { keepAsSet } from './keep-as-set';
import { OpeningPage } from './opening-page';
import { preloadCanvas, RunView } from './run-view';
import { ShareFacts } from './share-facts';
import { useRunAt } from './use-run-at';
import { useSharedRun, type OpenedRun } from './use-shared-run';

/** Comes with a share that holds several runs. */
const GivenRuns = lazyView(() => import('@/components/compare').then((module) => module.GivenRuns));

export function SharedScreen({ id }: { readonly id: string }) {
  const { state, retry, retried, enter } = useSharedRun(id);
  useEffect(preloadCanvas, []);
  switch (state.phase) {
    case 'opening':
      return (
        <Page fixed>
          <OpeningPage received={state.received} total={state.total} takeFocus={retried} />
        </Page>
      );
    case 'failed':
      return (
        <Page>
          <FailurePage failure={state} onRetry={retry} takeFocus={retried} />
        </Page>
      );
    case 'gate':
      return (
        <Page>
          <GatePage gate={state.gate} onOpen={enter} />
        </Page>
      );
    case 'open':
      return <Runs opened={state.run} />;
    default:
      return state satisfies never;
  }
}

interface PageProps {
  readonly fixed?: boolean;
  readonly tools?: ReactNode;
  readonly below?: ReactNode;
  readonly children: ReactNode;
}

function Page({ fixed = false, tools, below, children }: PageProps) {
  const visit = useVisitWords();
  return (
    <div className={fixed ? 'flex h-dvh flex-col' : 'flex min-h-dvh flex-col'}>
      <header className="shrink-0 border-b border-line bg-surface pr-2 pl-4 tablet:pr-4 tablet:pl-6">
        <div className="flex h-14 items-center justify-between gap-3">
          {/* A whole load: the page at the start has a session of its own. */}
          <a href="/" aria-label={visit.logo} className="shrink-0 rounded-s">
            <Wordmark />
          </a>
          <div className="flex items-center gap-1">
            {tools}
            <ThemeToggle />
          </div>
        </div>
        {below}
      </header>
      {children}
    </div>
  );
}

function Runs({ opened }: { readonly opened: OpenedRun }) {
  const [at, setAt] = useState(0);
  const { at: shown, run } = useRunAt(opened, at);
  const count = 1 + opened.share.more.length;
  return (
    <PlayerProvider key={shown} player={run.player}>
      <Opened run={run} whole={opened} among={count > 1 ? { at, count, onGo: setAt } : null} />
    </PlayerProvider>
  );
}

interface OpenedProps {
  readonly run: OpenedRun;
  /** All that the link brought. */
  readonly whole: OpenedRun;
  /** Null where it is one run. */
  readonly among: { readonly at: number; readonly count: number; readonly onGo: (at: number) => void } | null;
}

function Opened({ run, whole, among }: OpenedProps) {
  const words = useVisitWords();
  const { copy: copyWords } = useShareWords();
  const player = usePlayerStore();
  const { share, key, once } = run;
  const link = () => shareLink({ id: share.id, key }, { step: player.getState().cursor });
  const copy = useRef<HTMLButtonElement>(null);
  const copying = useCopy(run, among ? whole : null);
  return (
    <Page
      fixed
      tools={
        <>
          {once ? null : (
            <CopyButton ref={copy} text={link} label={copyWords.link} weight="quiet" size="small" iconOnPhones />
          )}
          <Button
            size="small"
            weight="primary"
            disabled={copying.busy}
            onClick={copying.start}
            title={among ? words.set.openHint : words.copyHint}
          >
            {copying.busy ? (
              <LoaderCircle size={16} aria-hidden className="animate-spin" />
            ) : (
              <LibraryBig size={16} aria-hidden />
            )}
            {among ? words.set.open : once ? words.keep : words.copy}
          </Button>
        </>
      }
      below={
        <div className="flex flex-wrap items-baseline gap-x-4 pr-2 pb-2.5">
          <p className="min-w-0 truncate text-small font-medium">
            {among ? words.set.title(among.count) : words.title}
          </p>
          {among ? <Among {...among} /> : null}
          <ShareFacts run={run} />
        </div>
      }
    >
      {once ? (
        <p
          role="status"
          data-note="opened-once"
          className="flex gap-3 bg-caution-wash px-4 py-2.5 text-small tablet:px-6"
        >
          <TriangleAlert size={17} aria-hidden className="mt-0.5 shrink-0 text-caution" />
          <span>
            <RichText
              text={words.onlyCopy}
              parts={{ strong: (text) => <span className="font-semibold">{text}</span> }}
            />
          </span>
        </p>
      ) : null}
      {copying.failed ? (
        <div className="p-3">
          <FailureNote code="copy" words={words.notCopied} />
        </div>
      ) : null}
      {share.beside.length > 0 ? (
        <GivenRuns runs={[share.trajectory, ...share.beside]} files={share.images} />
      ) : (
        <RunView cut={share.cut} onShare={() => copy.current?.click()} />
      )}
    </Page>
  );
}

function Among({ at, count, onGo }: NonNullable<OpenedProps['among']>) {
  const { set: words } = useVisitWords();
  return (
    <span className="-my-2 flex items-center gap-1 self-center">
      <IconButton
        label={words.previous}
        icon={<ChevronLeft size={17} aria-hidden />}
        disabled={at === 0}
        onClick={() => onGo(at - 1)}
      />
      <span className="tabular text-small text-ink-soft">{words.place(at + 1, count)}</span>
      <IconButton
        label={words.next}
        icon={<ChevronRight size={17} aria-hidden />}
        disabled={at === count - 1}
        onClick={() => onGo(at + 1)}
      />
    </span>
  );
}

/** @param set all that the link brought, where it is a set: that is kept whole */
function useCopy({ share }: OpenedRun, set: OpenedRun | null): { busy: boolean; failed: boolean; start: () => void } {
  const words = useVisitWords();
  const player = usePlayerStore();
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const start = () => {
    setState('busy');
    if (set) {
      keepAsSet(set.share, words.set.title(1 + set.share.more.length)).then(
        (id) => window.location.assign(`/set?set=${id}`),
        () => setState('failed'),
      );
      return;
    }
    const { cursor, source, pictures } = player.getState();
    void copyRun(share, cursor, (source && pictures.get(source.ref.hash)) ?? null).then((copied) => {
      if (copied.ok) window.location.assign(`/?run=${copied.id}&step=${cursor}`);
      else setState('failed');
    });
  };
  return { busy: state === 'busy', failed: state === 'failed', start };
}
