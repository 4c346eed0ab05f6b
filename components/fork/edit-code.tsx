'use client';
/** A step's code, changed and run again: the run goes on from there. Ctrl+Enter runs it, Escape leaves all as it was. */
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import '@/components/ui/code.css';
import { isComposing } from '@/components/ui/composing';
import { useSessionActions } from '@/lib/session';
import { useForkWords } from '@/lib/words/fork';

interface EditCodeProps {
  readonly step: number;
  readonly code: string;
  readonly onClose: () => void;
}

export function EditCode({ step, code, onClose }: EditCodeProps): ReactNode {
  const words = useForkWords().code;
  const { fork } = useSessionActions();
  const [draft, setDraft] = useState(code);
  const [plain, setPlain] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const { label } = words;
  useEffect(() => {
    let here = true;
    let leave: (() => void) | null = null;
    import('./code-editor').then(
      ({ mountEditor }) => {
        if (here && place.current) leave = mountEditor(place.current, { label, code, onChange: setDraft });
      },
      // Where its code does not come, a field does.
      () => here && setPlain(true),
    );
    return () => {
      here = false;
      leave?.();
    };
  }, [label, code]);
  const run = () => void fork({ kind: 'code', step, text: draft });
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }
  };
  return (
    <div onKeyDownCapture={onKeyDown} className="mt-2 rounded-m border border-line-strong bg-raised p-2.5">
      {plain ? (
        <textarea
          autoFocus
          aria-label={label}
          dir="ltr"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          className="field-sizing-content block max-h-96 min-h-24 w-full resize-none rounded-s border border-line bg-surface px-2 py-1.5 font-mono text-small"
        />
      ) : (
        <div
          ref={place}
          dir="ltr"
          className="loupe-code min-h-24 rounded-s border border-line bg-surface font-mono text-small"
        />
      )}
      <p className="mt-1.5 text-micro text-ink-faint">{words.hint}</p>
      <div className="mt-2 flex gap-2">
        <Button size="small" weight="primary" disabled={draft.trim() === ''} onClick={run}>
          {words.run}
        </Button>
        <Button size="small" weight="quiet" onClick={onClose}>
          {words.cancel}
        </Button>
      </div>
    </div>
  );
}
