'use client';
/** A password to type, hidden until asked to be shown. What is wrong with it stands under it and is read out. */
import { Eye, EyeOff } from 'lucide-react';
import { useId, useState, type Ref } from 'react';
import { IconButton } from '@/components/ui/button';
import { MAX_PASSWORD_LETTERS } from '@/lib/share';
import { useShareWords } from '@/lib/words/share';

interface PasswordFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Chosen here, or known from elsewhere: browsers fill in the latter only. */
  readonly purpose: 'new' | 'known';
  readonly hint?: string;
  readonly error?: string | null;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
}

export function PasswordField(props: PasswordFieldProps) {
  const { value, onChange, purpose, hint, error = null, disabled = false, autoFocus = false, ref } = props;
  const { password: words } = useShareWords();
  const [shown, setShown] = useState(false);
  const id = useId();
  const about = [hint ? `${id}-hint` : '', error === null ? '' : `${id}-error`].filter(Boolean).join(' ');
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-body font-medium">
        {words.label}
      </label>
      <div className="flex gap-1">
        <input
          id={id}
          ref={ref}
          type={shown ? 'text' : 'password'}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          disabled={disabled}
          autoFocus={autoFocus}
          maxLength={MAX_PASSWORD_LETTERS}
          autoComplete={purpose === 'new' ? 'new-password' : 'off'}
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          aria-invalid={error !== null}
          aria-describedby={about || undefined}
          className="h-10 min-w-0 flex-1 rounded-m border border-line-strong bg-surface px-3 aria-invalid:border-danger"
        />
        <IconButton
          label={shown ? words.hide : words.show}
          icon={shown ? <EyeOff size={18} aria-hidden /> : <Eye size={18} aria-hidden />}
          onClick={() => setShown(!shown)}
          className="size-10"
        />
      </div>
      {hint ? (
        <p id={`${id}-hint`} className="mt-1.5 text-small text-ink-faint">
          {hint}
        </p>
      ) : null}
      {error === null ? null : (
        <p id={`${id}-error`} role="alert" className="mt-1.5 text-small font-medium text-danger">
          {error}
        </p>
      )}
    </div>
  );
}
