'use client';
/**
 * What if it had not looked? One press asks the same question again with the tools switched: a run like any other, that is
 * streamed, stopped and kept, with this one as its parent. Wherever two such runs are known they are laid side by side.
 */
import { Eye, EyeOff, RotateCcw } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { compareRuns, hasTools } from '@/lib/review';
import { usePlayer } from '@/lib/player';
import { useSession, useSessionActions } from '@/lib/session';
import { callCount, givenPictures, givenHashes, type Trajectory } from '@/lib/trajectory';
import type { Words } from '@/lib/words';
import { useReviewWords } from '@/lib/words/review';
import { timesDiffer } from './times-differ';
import { RunColumn } from './run-column';
import { useAskCounterpart, useCounterpart } from './use-counterpart';

interface WhatIfProps {
  readonly run: Trajectory;
  /** Null where nobody knows the answer. */
  readonly accepted: readonly string[] | null;
  /** How often a guess would be right, 0 to 1; null where nobody knows. */
  readonly chance?: number | null;
}

export function WhatIf({ run, accepted, chance = null }: WhatIfProps): ReactNode {
  const { whatIf: words } = useReviewWords();
  const other = useCounterpart(run);
  const idle = useSession((state) => state.phase === 'idle');
  // Asked again is the one picture on screen: a run that was given more would not be the same.
  const pictured = usePlayer(
    (state) => givenPictures(run).length === 1 && state.source?.ref.hash === givenHashes(run).join(),
  );
  const ask = useAskCounterpart();
  const ready = idle && pictured;

  if (other) {
    const ended = [run, other].find(({ status }) => status === 'done');
    const broken = run.status !== 'running' && (run.status !== 'done' || other.status !== 'done');
    return (
      <SideBySide
        run={run}
        other={other}
        accepted={accepted}
        chance={chance}
        onAgain={ended && broken && ready ? () => ask(ended) : undefined}
      />
    );
  }
  const tools = hasTools(run);
  if (run.status !== 'done' || !ready || (tools && callCount(run) === 0)) return null;
  const Icon = tools ? EyeOff : Eye;
  return (
    <div className="ml-10 flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button size="small" onClick={() => ask(run)}>
        <Icon size={16} aria-hidden />
        {tools ? words.notLooked : words.looked}
      </Button>
      <p className="text-micro text-ink-faint">{tools ? words.notLookedAbout : words.lookedAbout}</p>
    </div>
  );
}

/** A guess that is right less often than this explains nothing. */
const WORTH_SAYING = 0.1;

interface SideBySideProps extends WhatIfProps {
  readonly other: Trajectory;
  /** Left out where both came to their end, or cannot be asked now. */
  readonly onAgain?: (() => void) | undefined;
}

function SideBySide({ run, other, accepted, chance = null, onAgain }: SideBySideProps): ReactNode {
  const { whatIf: words } = useReviewWords();
  const { openRun } = useSessionActions();
  const kept = useSession((state) => state.phase === 'idle' && state.runs.some(({ id }) => id === other.id));
  const { free, blind, finding } = compareRuns(run, other, accepted);
  const heading = useRef<HTMLHeadingElement>(null);
  const section = useRef<HTMLElement>(null);
  const going = run.status === 'running';
  const wasGoing = useRef(false);
  useEffect(() => {
    // The button that was pressed for this is gone, and with it the focus.
    if (going && document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
    // What was pressed for comes into sight once it is whole: all of it, or from its beginning where it is larger than its frame.
    if (!going && wasGoing.current) {
      section.current?.scrollIntoView({ block: 'nearest' });
      heading.current?.scrollIntoView({ block: 'nearest' });
    }
    wasGoing.current = going;
  }, [going]);
  const differ = timesDiffer(free, blind);
  return (
    <section ref={section} aria-label={words.label} className="border-t border-line pt-3 pl-1">
      <h3
        ref={heading}
        tabIndex={-1}
        className="font-serif text-lead font-medium text-balance outline-offset-4 scroll-mt-3"
      >
        {finding === 'unfinished' ? waiting(words, run, other) : words.findings[finding]}
      </h3>
      {finding === 'unfinished' ? null : (
        <p data-chance={chance ?? undefined} className="mt-0.5 text-small text-ink-soft">
          {chance === null || chance < WORTH_SAYING ? words.once : words.chance(chance)}
        </p>
      )}
      <div className="mt-2 grid gap-2 tablet:grid-cols-2">
        {[free, blind].map((one) => (
          <RunColumn
            key={one.id}
            run={one}
            accepted={accepted}
            onScreen={one === run}
            onShow={one === other && kept ? () => void openRun(other.id) : undefined}
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
    </section>
  );
}

function waiting(words: Words['review']['whatIf'], run: Trajectory, other: Trajectory): string {
  if (run.status === 'running') return words.running;
  const broken = run.status === 'done' ? other : run;
  return words.broken[hasTools(broken) ? 'with' : 'without'];
}
