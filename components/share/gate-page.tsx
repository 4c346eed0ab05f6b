'use client';
/**
 * Before a shared run that asks for something: a password, or the decision to use up a link that opens once. Nothing has been
 * taken from the server yet, and nothing is lost by a wrong password or a broken connection.
 */
import { KeyRound, LoaderCircle, MailOpen } from 'lucide-react';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { FailureNote } from './failure-note';
import { PasswordField } from './password-field';
import type { Gate } from './use-shared-run';
import { formatBytes, formatMoment, OPEN_WORDS, WRONG_PASSWORD, wordsOf } from './words';

interface GatePageProps {
  readonly gate: Gate;
  readonly onOpen: (password: string | null) => void;
  readonly compact?: boolean;
}

export function GatePage({ gate, onOpen, compact = false }: GatePageProps) {
  const { found, problem, busy } = gate;
  const { locked, once, expiresAt } = found;
  const [password, setPassword] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const wrong = problem?.code === 'wrong-password';
  useEffect(() => {
    // To type it again; disabled while it was tried, the field had lost the focus.
    if (wrong && !busy) field.current?.select();
  }, [wrong, busy]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!busy && (!locked || password !== '')) onOpen(locked ? password : null);
  };
  const Icon = once ? MailOpen : KeyRound;
  return (
    <main
      data-gate={once ? 'once' : 'password'}
      className="mx-auto flex w-full max-w-xl flex-1 flex-col items-start justify-center gap-4 px-6 py-10"
    >
      <Icon size={compact ? 24 : 32} strokeWidth={1.5} aria-hidden className="text-ink-faint" />
      <h1 className={classNames('font-serif font-medium text-balance', compact ? 'text-title' : 'text-display')}>
        {once ? 'This link opens once' : 'Enter the password'}
      </h1>
      <div className={classNames('text-ink-soft text-pretty', compact ? 'text-body' : 'text-lead')}>
        {once ? (
          <p>
            Opening it deletes the run from the server, and the link stops working for everyone, you included. Once
            it&rsquo;s open, you can keep a copy in your Library.
          </p>
        ) : null}
        {locked ? (
          <p className={once ? 'mt-2' : ''}>
            {once ? 'It also needs a password.' : 'This run is protected with a password.'} Ask the person who sent you
            the link for it.
          </p>
        ) : null}
      </div>
      <form onSubmit={submit} className="mt-1 flex w-full max-w-sm flex-col items-stretch gap-4">
        {locked ? (
          <PasswordField
            ref={field}
            purpose="known"
            value={password}
            onChange={setPassword}
            disabled={busy}
            autoFocus={!compact}
            error={wrong ? WRONG_PASSWORD : null}
          />
        ) : null}
        {problem && !wrong ? (
          <FailureNote code={problem.code} words={wordsOf(OPEN_WORDS, problem.code, problem.detail)} />
        ) : null}
        <Button
          type="submit"
          weight="primary"
          disabled={busy || (locked && password === '')}
          autoFocus={!locked && !compact}
          className="self-start"
        >
          {busy ? <LoaderCircle size={16} aria-hidden className="animate-spin" /> : null}
          {busy ? 'Opening…' : once ? 'Open and delete' : 'Open'}
        </Button>
      </form>
      <p role="status" className="tabular text-small text-ink-faint">
        {gate.total > 0
          ? `${formatBytes(gate.received)} of ${formatBytes(gate.total)}`
          : expiresAt
            ? `${formatBytes(found.bytes)} · expires ${formatMoment(expiresAt)}`
            : formatBytes(found.bytes)}
      </p>
    </main>
  );
}
