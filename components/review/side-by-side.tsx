'use client';
/**
 * A run and the same question the other way round: what each said, both under one scrubber a press away, and, since one run each way is a coin
 * flip, the same asked many times with other seeds before anything is concluded.
 */
import { RotateCcw, Columns2 } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef, type ReactNode } from 'react';
import { Button, buttonClass } from '@/components/ui/button';
import { bothWays, compareRuns, hasTools } from '@/lib/review';
import { useSession, useSessionActions } from '@/lib/session';
import type { Trajectory } from '@/lib/trajectory';
import type { Words } from '@/lib/words';
import { useReviewWords } from '@/lib/words/review';
import { AskBothWays } from './ask-both-ways';
import { BothWaysTable } from './both-ways-table';
import { RunColumn } from './run-column';
import { timesDiffer } from './times-differ';

interface SideBySideProps {
  /** On screen: one of the two, or one of those asked again. */
  readonly shown: Trajectory;
  readonly run: Trajectory;
  readonly other: Trajectory;
  /** Of both, with other seeds. */
  readonly again: readonly Trajectory[];
  /** Null where nobody knows the answer. */
  readonly accepted: readonly string[] | null;
  /** How often a guess would be right, 0 to 1; null where nobody knows. */
  readonly chance: number | null;
  /** Something can be asked now. */
  readonly ready: boolean;
  /** Left out where both came to their end, or cannot be asked now. */
  readonly onAgain?: (() => void) | undefined;
}

/** A guess that is right less often than this explains nothing. */
const WORTH_SAYING = 0.1;

export function SideBySide(props: SideBySideProps): ReactNode {
  const { shown, run, other, again, accepted, chance, ready, onAgain } = props;
  const { whatIf: words } = useReviewWords();
  const { openRun } = useSessionActions();
  const idle = useSession((state) => state.phase === 'idle');
  const runs = useSession((state) => state.runs);
  const isKept = (one: Trajectory): boolean => runs.some(({ id }) => id === one.id);
  const { free, blind, finding } = compareRuns(run, other, accepted);
  const many = bothWays(
    again.filter(hasTools),
    again.filter((one) => !hasTools(one)),
    accepted,
  );
  const { heading, section } = useInSight(shown);
  const differ = timesDiffer(free, blind);
  return (
    <section ref={section} aria-label={words.label} className="border-t border-line pt-3 pl-1">
      <h3
        ref={heading}
        tabIndex={-1}
        className="font-serif text-lead font-medium text-balance outline-offset-4 scroll-mt-3"
      >
        {finding === 'unfinished'
          ? waiting(words, run, other)
          : many
            ? words.many.findings[many.finding]
            : words.findings[finding]}
      </h3>
      {finding === 'unfinished' || many ? null : (
        <p data-chance={chance ?? undefined} className="mt-0.5 text-small text-ink-soft">
          {chance === null || chance < WORTH_SAYING ? words.once : words.chance(chance)}
        </p>
      )}
      {many ? <BothWaysTable found={many} chance={accepted ? chance : null} /> : null}
      <div className="mt-2 grid gap-2 tablet:grid-cols-2">
        {[free, blind].map((one) => (
          <RunColumn
            key={one.id}
            run={one}
            accepted={accepted}
            onScreen={one.id === shown.id}
            onShow={one.id !== shown.id && idle && isKept(one) ? () => void openRun(one.id) : undefined}
          />
        ))}
      </div>
      {differ ? <p className="mt-1.5 text-micro text-ink-faint">{words.times[differ]}</p> : null}
      {onAgain ? (
        <Button size="small" className="mt-2" onClick={onAgain}>
          <RotateCcw size={15} aria-hidden />
          {words.again}
        </Button>
      ) : null}
      {finding === 'unfinished' ? null : (
        <div className="mt-2.5 flex flex-wrap items-center gap-2">
          {isKept(free) && isKept(blind) ? (
            <Link
              href={`/compare?a=${encodeURIComponent(free.id)}&b=${encodeURIComponent(blind.id)}`}
              prefetch={false}
              className={buttonClass('outline', 'small')}
            >
              <Columns2 size={15} aria-hidden />
              {words.together}
            </Link>
          ) : null}
          {ready ? <AskBothWays runs={[free, blind]} /> : null}
        </div>
      )}
    </section>
  );
}

/** What was pressed for comes into sight once it is whole: all of it, or from its beginning where it is larger than its frame. */
function useInSight({ status }: Trajectory) {
  const heading = useRef<HTMLHeadingElement>(null);
  const section = useRef<HTMLElement>(null);
  const going = status === 'running';
  const wasGoing = useRef(false);
  useEffect(() => {
    // The button that was pressed for this is gone, and with it the focus.
    if (going && document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
    if (!going && wasGoing.current) {
      section.current?.scrollIntoView({ block: 'nearest' });
      heading.current?.scrollIntoView({ block: 'nearest' });
    }
    wasGoing.current = going;
  }, [going]);
  return { heading, section };
}

function waiting(words: Words['review']['whatIf'], run: Trajectory, other: Trajectory): string {
  if (run.status === 'running') return words.running;
  const broken = run.status === 'done' ? other : run;
  return words.broken[hasTools(broken) ? 'with' : 'without'];
}
