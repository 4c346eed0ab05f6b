'use client';
/** How a step's words begin, as a person has them: the model goes on behind. Ctrl+Enter goes on, Escape leaves all as it was. */
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { isComposing } from '@/components/ui/composing';
import { useGrowingField } from '@/components/ui/growing-field';
import { useSessionActions } from '@/lib/session';
import { useForkWords } from '@/lib/words/fork';

interface EditWordsProps {
  readonly step: number;
  readonly text: string;
  readonly onClose: () => void;
}

export function EditWords({ step, text, onClose }: EditWordsProps): ReactNode {
  const words = useForkWords().edit;
  const { fork } = useSessionActions();
  const [draft, setDraft] = useState(text);
  const field = useRef<HTMLTextAreaElement>(null);
  useGrowingField(field, draft);
  const goOn = () => void fork({ kind: 'words', step, text: draft });
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      goOn();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }
  };
  return (
    <div className="mt-2 rounded-m border border-line-strong bg-raised p-2.5">
      <textarea
        ref={field}
        autoFocus
        aria-label={words.label}
        dir="auto"
        value={draft}
        rows={2}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content block max-h-60 min-h-16 w-full resize-none rounded-s border border-line bg-surface px-2 py-1.5 text-body"
      />
      <p className="mt-1.5 text-micro text-ink-faint">{words.hint}</p>
      <div className="mt-2 flex gap-2">
        <Button size="small" weight="primary" onClick={goOn}>
          {words.goOn}
        </Button>
        <Button size="small" weight="quiet" onClick={onClose}>
          {words.cancel}
        </Button>
      </div>
    </div>
  );
}
