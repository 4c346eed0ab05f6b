'use client';
/** How a step's words begin, as a person has them: the model goes on behind. */
import { useRef, useState, type ReactNode } from 'react';
import { useGrowingField } from '@/components/ui/growing-field';
import { useSessionActions } from '@/lib/session';
import { useForkWords } from '@/lib/words/fork';
import { ChangeForm } from './change-form';

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
  return (
    <ChangeForm words={words} onGoOn={() => void fork({ kind: 'words', step, text: draft })} onClose={onClose}>
      <textarea
        ref={field}
        autoFocus
        aria-label={words.label}
        dir="auto"
        value={draft}
        rows={2}
        onChange={(event) => setDraft(event.target.value)}
        className="field-sizing-content block max-h-60 min-h-16 w-full resize-none rounded-s border border-line bg-surface px-2 py-1.5 text-body"
      />
    </ChangeForm>
  );
}
