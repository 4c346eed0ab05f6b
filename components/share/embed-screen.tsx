'use client';
/** A shared run inside another page (/e): the same view, closer together, and one way out to the page of its own. */
import { ExternalLink } from 'lucide-react';
import { useEffect } from 'react';
import { Mark } from '@/components/ui/wordmark';
import { PlayerProvider, usePlayer } from '@/lib/player';
import { shareLink } from '@/lib/share';
import { mainPicture, questionOf } from '@/lib/trajectory';
import { RichText } from '@/components/ui/rich-text';
import { useVisitWords } from '@/lib/words/visit';
import { FailurePage } from './failure-page';
import { GatePage } from './gate-page';
import { OpeningPage } from './opening-page';
import { preloadCanvas, RunView } from './run-view';
import { useSharedRun, type OpenedRun } from './use-shared-run';
import { useSizeMessage } from './use-size-message';

export function EmbedScreen({ id }: { readonly id: string }) {
  const { state, retry, retried, enter } = useSharedRun(id);
  useEffect(preloadCanvas, []);
  const share = state.phase === 'open' ? state.run.share : null;
  const image = share && mainPicture(share.trajectory);
  useSizeMessage(share?.id ?? id, image ? image.width / image.height : null);
  return (
    <div className="flex h-dvh flex-col border border-line">
      {state.phase === 'opening' ? (
        <OpeningPage received={state.received} total={state.total} takeFocus={retried} />
      ) : null}
      {state.phase === 'failed' ? <FailurePage failure={state} onRetry={retry} takeFocus={retried} compact /> : null}
      {state.phase === 'gate' ? <GatePage gate={state.gate} onOpen={enter} compact /> : null}
      {state.phase === 'open' ? (
        <PlayerProvider player={state.run.player}>
          <EmbedHead run={state.run} />
          <RunView compact cut={state.run.share.cut} />
        </PlayerProvider>
      ) : null}
    </div>
  );
}

function EmbedHead({ run }: { readonly run: OpenedRun }) {
  const words = useVisitWords();
  const cursor = usePlayer((state) => state.cursor);
  const { share, key } = run;
  return (
    <header className="flex h-12 shrink-0 items-center gap-2.5 border-b border-line bg-surface pr-2 pl-3">
      <Mark size={18} />
      <p dir="auto" className="min-w-0 flex-1 truncate text-small font-medium">
        {questionOf(share.trajectory)}
      </p>
      <a
        href={shareLink({ id: share.id, key }, { step: cursor })}
        target="_blank"
        rel="noreferrer"
        className="inline-flex h-8 shrink-0 items-center gap-1.5 rounded-m px-2 text-small text-ink-soft hover:bg-hover hover:text-ink"
      >
        <span>
          <RichText
            text={words.openInLoupe}
            parts={{ more: (text) => <span className="max-tablet:sr-only">{text}</span> }}
          />
        </span>
        <ExternalLink size={14} aria-hidden />
      </a>
    </header>
  );
}
