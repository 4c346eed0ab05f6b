'use client';
/**
 * Said after deleting, with the way back. It goes by itself after a while, but not from under a pointer or the focus; what
 * was deleted can be brought back later too (the library's page, recently deleted).
 */
import { Undo2, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { useSession, useSessionActions } from '@/lib/session';
import { useCommonWords } from '@/lib/words/common';
import { useLibraryWords } from '@/lib/words/library';

const STAYS_MS = 12_000;

export function UndoBar({ className }: { readonly className?: string }) {
  const words = useLibraryWords().undo;
  const { close } = useCommonWords();
  const undo = useSession((state) => state.undo);
  const { restoreRuns, forgetUndo } = useSessionActions();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!undo || held) return;
    const timer = setTimeout(forgetUndo, STAYS_MS);
    return () => clearTimeout(timer);
  }, [undo, held, forgetUndo]);
  return (
    // The region stays, so that what comes into it is read out.
    <div role="status" className={classNames(undo ? 'pointer-events-auto' : 'pointer-events-none', className)}>
      {undo ? (
        <div
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
          className="flex items-center gap-2 rounded-m border border-line bg-raised py-1.5 pr-1.5 pl-4 text-small shadow-2"
        >
          <span className="mr-2">{words.deleted(undo.length)}</span>
          <Button size="small" weight="outline" onClick={() => void restoreRuns(undo)}>
            <Undo2 size={15} aria-hidden />
            {words.undo}
          </Button>
          <IconButton label={close} icon={<X size={15} aria-hidden />} onClick={forgetUndo} className="size-8" />
        </div>
      ) : null}
    </div>
  );
}
