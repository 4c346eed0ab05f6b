'use client';
/**
 * What was deleted lately: bring it back, or end it for good and free its room.
 */
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/sheet';
import { BIN_DAYS, type RunSummary } from '@/lib/library';
import { useSession, useSessionActions } from '@/lib/session';
import { RunThumbnail } from './run-thumbnail';
import { useLibraryWords } from '@/lib/words/library';
import { useRunName } from './use-run-name';

interface RemovedSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Rows beyond this are reached by restoring or erasing; a long bin must not make the sheet slow. */
const SHOWN = 100;

export function RemovedSheet({ open, onOpenChange }: RemovedSheetProps) {
  const words = useLibraryWords().bin;
  const removed = useSession((state) => state.removed);
  const { restoreRuns, eraseRuns } = useSessionActions();
  const [sure, setSure] = useState(false);
  const ids = removed.map(({ id }) => id);
  return (
    <Sheet
      open={open}
      onOpenChange={(next) => {
        setSure(false);
        onOpenChange(next);
      }}
      title={words.title}
      footer={
        removed.length === 0 ? undefined : sure ? (
          <div role="group" aria-label={words.sure} className="flex items-center gap-2">
            <span className="mr-auto text-small">{words.cannotBeUndone}</span>
            <Button size="small" autoFocus onClick={() => setSure(false)}>
              {words.keep}
            </Button>
            <Button
              size="small"
              weight="danger"
              onClick={() => {
                setSure(false);
                void eraseRuns(ids);
              }}
            >
              {words.deleteForGood(ids.length)}
            </Button>
          </div>
        ) : (
          <div className="flex gap-2">
            <Button onClick={() => void restoreRuns(ids)}>{words.restoreAll}</Button>
            <Button weight="quiet" onClick={() => setSure(true)}>
              {words.deleteAll}
            </Button>
          </div>
        )
      }
    >
      <p className="text-small text-ink-faint">{words.goneAfter(BIN_DAYS)}</p>
      {removed.length === 0 ? (
        <p className="mt-10 text-center font-serif text-lead text-ink-soft">{words.nothing}</p>
      ) : (
        <ul className="mt-3 flex flex-col gap-3">
          {removed.slice(0, SHOWN).map((run) => (
            <RemovedRow key={run.id} run={run} onRestore={() => void restoreRuns([run.id])} />
          ))}
        </ul>
      )}
      {removed.length > SHOWN ? (
        <p className="mt-3 text-small text-ink-faint">{words.more(removed.length - SHOWN)}</p>
      ) : null}
    </Sheet>
  );
}

function RemovedRow({ run, onRestore }: { readonly run: RunSummary; readonly onRestore: () => void }) {
  const words = useLibraryWords().bin;
  const name = useRunName()(run);
  return (
    <li className="flex items-center gap-3">
      <RunThumbnail run={run} className="opacity-70" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        <p className="truncate font-serif text-ink-soft">{run.answer}</p>
      </div>
      <Button size="small" onClick={onRestore} aria-label={words.restoreNamed(name)}>
        <RotateCcw size={14} aria-hidden />
        {words.restore}
      </Button>
    </li>
  );
}
