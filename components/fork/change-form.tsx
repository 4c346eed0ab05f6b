'use client';
/** What every change of a step has: its fields, what it does, and the two ways out. Ctrl+Enter goes on, Escape leaves all as it was. */
import type { KeyboardEvent, ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { isComposing } from '@/components/ui/composing';

interface ChangeFormProps {
  readonly words: Readonly<Record<'label' | 'hint' | 'goOn' | 'cancel', string>>;
  readonly onGoOn: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function ChangeForm({ words, onGoOn, onClose, children }: ChangeFormProps): ReactNode {
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onGoOn();
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      role="group"
      aria-label={words.label}
      onKeyDown={onKeyDown}
      className="mt-2 rounded-m border border-line-strong bg-raised px-3 py-2.5"
    >
      {children}
      <p className="mt-1.5 text-micro text-ink-faint">{words.hint}</p>
      <div className="mt-2 flex gap-2">
        <Button size="small" weight="primary" onClick={onGoOn}>
          {words.goOn}
        </Button>
        <Button size="small" weight="quiet" onClick={onClose}>
          {words.cancel}
        </Button>
      </div>
    </div>
  );
}
