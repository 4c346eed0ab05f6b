/** A key for a server: typed once, kept in this browser, never shown again. */
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { isToken, useSession, useSessionActions } from '@/lib/session';
import { useServersWords } from '@/lib/words/servers';
import { FIELD } from './hub-form';

interface KeyFieldProps {
  /** As `serverPlace` names it. */
  readonly place: string;
  readonly ofSite: boolean;
}

export function KeyField({ place, ofSite }: KeyFieldProps) {
  const words = useServersWords();
  const isKept = useSession((state) => Object.hasOwn(state.keys, place));
  const { setKey } = useSessionActions();
  const [draft, setDraft] = useState('');
  const [wrong, setWrong] = useState(false);
  const id = useId();
  const commit = () => {
    const written = draft.trim();
    if (written === '') return;
    setWrong(!isToken(written));
    if (!isToken(written)) return;
    setKey(place, written);
    setDraft('');
  };
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-body">
        {words.key}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          type="password"
          value={draft}
          onChange={(event) => {
            setDraft(event.target.value);
            setWrong(false);
          }}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
          }}
          placeholder={isKept ? words.keySet : words.keyPlaceholder}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={wrong}
          aria-describedby={`${id}-hint`}
          className={FIELD}
        />
        {isKept ? (
          <Button type="button" onClick={() => setKey(place, null)}>
            {words.forget}
          </Button>
        ) : null}
      </div>
      <p id={`${id}-hint`} className={`mt-1.5 text-small ${wrong ? 'text-danger' : 'text-ink-faint'}`}>
        {wrong ? words.keyWrong : ofSite ? words.keyOfSite : words.keyHint}
      </p>
    </div>
  );
}
