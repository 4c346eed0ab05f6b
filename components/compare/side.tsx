'use client';
/** One of the two runs: its picture, its steps, what it was worth. */
import Link from 'next/link';
import type { ReactNode } from 'react';
import { CanvasView } from '@/components/canvas';
import { RunReview } from '@/components/review';
import { TrajectoryPanel } from '@/components/trajectory';
import { PlayerProvider } from '@/lib/player';
import { useCompareWords } from '@/lib/words/compare';
import type { OpenedRun } from './use-pair';

interface SideProps {
  readonly side: 'a' | 'b';
  readonly opened: OpenedRun;
  /** It is among the kept runs, and can be opened there. */
  readonly kept: boolean;
  readonly name?: string | undefined;
  /** Above its steps. */
  readonly head?: ReactNode;
}

export function Side({ side, opened, kept, name, head }: SideProps): ReactNode {
  const words = useCompareWords();
  const called = name ?? words.side[side];
  return (
    <PlayerProvider player={opened.player}>
      <section
        aria-label={called}
        data-side={side}
        className="grid w-full shrink-0 snap-center grid-rows-[minmax(10rem,42%)_minmax(0,1fr)] border-line tablet:w-1/2 tablet:not-last:border-r"
      >
        <div className="relative min-h-0 min-w-0 bg-sunken">
          <CanvasView />
        </div>
        <div className="min-h-0 overflow-y-auto overscroll-y-contain border-t border-line bg-surface px-4 pb-3">
          {/* No padding around what is pinned: it would be left open. */}
          <div className="pt-3 empty:hidden">
            {name === undefined ? null : <h2 className="truncate pb-1 text-small font-medium">{name}</h2>}
            {head}
            {kept ? (
              <p className="mb-1 flex justify-end text-micro">
                <Link
                  href={`/?run=${encodeURIComponent(opened.run.id)}`}
                  prefetch={false}
                  className="text-accent underline underline-offset-3 touch:py-2"
                >
                  {words.open}
                </Link>
              </p>
            ) : null}
          </div>
          <TrajectoryPanel of={called} review={<RunReview />} />
        </div>
      </section>
    </PlayerProvider>
  );
}
