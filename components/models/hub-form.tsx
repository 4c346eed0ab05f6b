'use client';
/** Any model of the hub, by its name and, for who wants one in particular, its revision. */
import { useId, useState, type SubmitEvent } from 'react';
import { Button } from '@/components/ui/button';
import { useModelsWords } from '@/lib/words/models';
import type { ModelDesk } from './model-desk';

interface HubFormProps {
  readonly desk: Pick<ModelDesk, 'readId'>;
  readonly onOpen: (id: string, revision: string | null) => void;
}

export const FIELD =
  'h-10 w-full min-w-0 rounded-m border border-line-strong bg-surface px-3 text-body aria-invalid:border-danger';

export function HubForm({ desk, onOpen }: HubFormProps) {
  const words = useModelsWords().form;
  const [text, setText] = useState('');
  const [revision, setRevision] = useState('');
  const [wrong, setWrong] = useState(false);
  const formId = useId();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const read = desk.readId(text.trim());
    setWrong(read === null);
    if (read) onOpen(read.id, revision.trim() || read.revision);
  };
  return (
    <form onSubmit={submit} noValidate className="mt-3 flex flex-col gap-2">
      <label htmlFor={`${formId}-id`} className="text-body">
        {words.label}
      </label>
      <div className="flex gap-2">
        <input
          id={`${formId}-id`}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setWrong(false);
          }}
          placeholder={words.placeholder}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-invalid={wrong}
          aria-describedby={`${formId}-hint`}
          className={FIELD}
        />
        <Button type="submit" disabled={text.trim() === ''}>
          {words.look}
        </Button>
      </div>
      <p id={`${formId}-hint`} className={wrong ? 'text-small text-danger' : 'text-small text-ink-faint'}>
        {wrong ? words.wrong : words.hint}
      </p>
      <details className="text-small">
        <summary className="text-ink-soft">{words.inParticular}</summary>
        <label className="mt-1.5 block">
          <span className="sr-only">{words.revision}</span>
          <input
            value={revision}
            onChange={(event) => setRevision(event.target.value)}
            placeholder={words.revisionPlaceholder}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            className={FIELD}
          />
        </label>
      </details>
    </form>
  );
}
