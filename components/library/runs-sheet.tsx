'use client';
/**
 * The latest runs at hand, over whatever page; all of them are on the library's page.
 */
import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { buttonClass } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { Sheet } from '@/components/ui/sheet';
import { usePlayer } from '@/lib/player';
import { useSession, useSessionActions } from '@/lib/session';
import { useLibraryWords } from '@/lib/words/library';
import { RunRow } from './run-row';
import { UndoBar } from './undo-bar';

interface RunsSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** As many as a person looks through before searching. */
const LATEST = 20;

export function RunsSheet({ open, onOpenChange }: RunsSheetProps) {
  const words = useLibraryWords().sheet;
  const runs = useSession((state) => state.runs);
  const listed = useSession((state) => state.listed);
  const lasting = useSession((state) => state.notKept === null);
  const current = usePlayer((state) => state.run?.id ?? null);
  const { openRun, renameRun, removeRuns } = useSessionActions();
  const [now] = useState(() => new Date());
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={words.title}
      footer={
        <div className="flex flex-col gap-2">
          <UndoBar />
          <Link
            href="/library"
            onClick={() => onOpenChange(false)}
            className={classNames(buttonClass('outline'), 'hover:bg-hover')}
          >
            {runs.length > LATEST ? words.all(runs.length) : words.open}
            <ArrowRight size={16} aria-hidden />
          </Link>
        </div>
      }
    >
      <p className="text-small text-ink-faint">{lasting ? words.kept : words.notKept}</p>
      {listed && runs.length === 0 ? (
        <p className="mt-10 text-center font-serif text-lead text-ink-soft">{words.nothing}</p>
      ) : (
        <ul className="-mx-3 mt-3 flex flex-col gap-1">
          {runs.slice(0, LATEST).map((run) => (
            <RunRow
              key={run.id}
              run={run}
              current={run.id === current}
              now={now}
              open={() => {
                onOpenChange(false);
                void openRun(run.id);
              }}
              onRename={(title) => void renameRun(run.id, title)}
              onRemove={() => void removeRuns([run.id])}
            />
          ))}
        </ul>
      )}
    </Sheet>
  );
}
