/** A key or a token: typed once, kept in this browser, never shown again. */
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { isComposing } from '@/components/ui/composing';
import { Button } from '@/components/ui/button';
import { isToken } from '@/lib/session';
import { FIELD } from './hub-form';

interface SecretFieldProps {
  /** Of the field, where something leads to it. */
  readonly id?: string;
  readonly words: {
    readonly label: string;
    readonly placeholder: string;
    /** In its place once one is kept. */
    readonly set: string;
    readonly forget: string;
    /** What is typed can be none. */
    readonly wrong: string;
    readonly hint: string;
  };
  readonly kept: boolean;
  /** Null forgets it. */
  readonly onSecret: (secret: string | null) => void;
}

export function SecretField({ id: given, words, kept, onSecret }: SecretFieldProps) {
  const own = useId();
  const id = given ?? own;
  const field = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState('');
  const [wrong, setWrong] = useState(false);
  const commit = () => {
    const written = draft.trim();
    if (written === '') return;
    setWrong(!isToken(written));
    if (!isToken(written)) return;
    onSecret(written);
    setDraft('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || isComposing(event)) return;
    event.preventDefault();
    commit();
  };
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-body">
        {words.label}
      </label>
      <div className="flex gap-2">
        <input
          ref={field}
          id={id}
          type="password"
          value={draft}
          onChange={(event) => {
            setDraft(event.target.value);
            setWrong(false);
          }}
          onBlur={commit}
          onKeyDown={onKeyDown}
          placeholder={kept ? words.set : words.placeholder}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={wrong}
          aria-describedby={`${id}-hint`}
          className={FIELD}
        />
        {kept ? (
          <Button
            onClick={() => {
              setDraft('');
              onSecret(null);
              field.current?.focus(); // the button is gone
            }}
          >
            {words.forget}
          </Button>
        ) : null}
      </div>
      <p
        id={`${id}-hint`}
        role="status"
        className={`mt-1.5 text-small wrap-anywhere ${wrong ? 'text-danger' : 'text-ink-faint'}`}
      >
        {wrong ? words.wrong : words.hint}
      </p>
    </div>
  );
}
