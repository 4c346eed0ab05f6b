'use client';
/** A run's tree: what was changed, what came of it. Small, and readable with twenty; any branch is one press away, or a key. */
import { Columns2, Trash2, Undo2 } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { useSession, useSessionActions } from '@/lib/session';
import { useForkWords } from '@/lib/words/fork';
import { answerIn, useBranchName, useFamily } from './use-family';

/** Deeper ones are no further to the right. */
const DEEPEST = 5;

export function BranchTree(): ReactNode {
  const words = useForkWords().branches;
  const { family, shown } = useFamily();
  const nameOf = useBranchName();
  const isIdle = useSession((state) => state.phase === 'idle');
  const undo = useSession((state) => state.undo);
  const { openRun, removeRuns, restoreRuns } = useSessionActions();
  if (family.length < 2 && !undo) return null;

  const remove = async (id: string) => {
    const parent = family.find(({ run }) => run.id === id)?.run.parentId;
    if (id === shown && parent) await openRun(parent);
    await removeRuns([id]);
  };
  return (
    <section aria-label={words.label} className="border-t border-line pt-3 pl-1">
      <div className="flex min-h-8 items-baseline justify-between gap-3">
        <h3 className="text-small font-medium">{words.heading(Math.max(0, family.length - 1))}</h3>
        {family.length > 1 ? <p className="text-micro text-ink-faint mouse:block touch:hidden">{words.hint}</p> : null}
      </div>
      <ul className="max-h-64 overflow-y-auto overscroll-contain">
        {family.map((relative) => {
          const { run, depth } = relative;
          const what = nameOf(relative);
          const answer = answerIn(run, words.noAnswer);
          return (
            <li
              key={run.id}
              data-branch={run.id}
              className={`group relative flex h-8 items-center gap-1.5 rounded-s pr-1 text-small touch:h-10 ${
                run.id === shown ? 'bg-accent-wash' : 'hover:bg-hover'
              }`}
              style={{ paddingInlineStart: `${0.5 + Math.min(depth, DEEPEST) * 0.875}rem` }}
            >
              <span
                aria-hidden
                className={`size-1.5 shrink-0 rounded-full ${run.id === shown ? 'bg-accent' : 'bg-line-strong'}`}
              />
              <button
                type="button"
                disabled={!isIdle}
                aria-current={run.id === shown ? 'true' : undefined}
                aria-label={words.open(what, answer)}
                onClick={() => void openRun(run.id)}
                className="flex h-full min-w-0 flex-1 items-center gap-2 text-left"
              >
                <span className="shrink-0 text-ink-faint">{what}</span>
                <span dir="auto" className="truncate font-serif text-ink">
                  {answer}
                </span>
              </button>
              {run.id !== shown && shown !== null ? (
                <Link
                  href={`/compare?a=${encodeURIComponent(shown)}&b=${encodeURIComponent(run.id)}`}
                  prefetch={false}
                  aria-label={words.compare(what, answer)}
                  title={words.compare(what, answer)}
                  className="flex size-7 shrink-0 items-center justify-center rounded-s text-ink-soft hover:bg-surface touch:size-9"
                >
                  <Columns2 size={14} aria-hidden />
                </Link>
              ) : null}
              {depth > 0 ? (
                <button
                  type="button"
                  disabled={!isIdle}
                  aria-label={words.remove(what, answer)}
                  title={words.remove(what, answer)}
                  onClick={() => void remove(run.id)}
                  className="flex size-7 shrink-0 items-center justify-center rounded-s text-ink-soft hover:bg-surface touch:size-9"
                >
                  <Trash2 size={14} aria-hidden />
                </button>
              ) : null}
            </li>
          );
        })}
      </ul>
      <div role="status">
        {undo ? (
          <p className="mt-1 flex items-center gap-2 text-small text-ink-soft">
            {words.deleted}
            <Button size="small" onClick={() => void restoreRuns(undo)}>
              <Undo2 size={14} aria-hidden />
              {words.undo}
            </Button>
          </p>
        ) : null}
      </div>
    </section>
  );
}
