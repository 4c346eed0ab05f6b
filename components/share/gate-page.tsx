'use client';
/**
 * Before a shared run that asks for something: a password, or the decision to use up a link that opens once. Nothing has been
 * taken from the server yet, and nothing is lost by a wrong password or a broken connection.
 */
import { KeyRound, LoaderCircle, MailOpen } from 'lucide-react';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { useShareWords } from '@/lib/words/share';
import { useVisitWords } from '@/lib/words/visit';
import { FailureNote } from './failure-note';
import { PasswordField } from './password-field';
import type { Gate } from './use-shared-run';
import { openingFailed } from './failures';

interface GatePageProps {
  readonly gate: Gate;
  readonly onOpen: (password: string | null) => void;
  readonly compact?: boolean;
}

export function GatePage({ gate, onOpen, compact = false }: GatePageProps) {
  const all = useShareWords();
  const visit = useVisitWords();
  const words = visit.gate;
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
        {once ? words.once : words.locked}
      </h1>
      <div className={classNames('text-ink-soft text-pretty', compact ? 'text-body' : 'text-lead')}>
        {once ? <p>{words.onceAbout}</p> : null}
        {locked ? <p className={once ? 'mt-2' : ''}>{once ? words.lockedToo : words.lockedAbout}</p> : null}
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
            error={wrong ? all.password.wrong : null}
          />
        ) : null}
        {problem && !wrong ? <FailureNote code={problem.code} words={openingFailed(all, visit, problem)} /> : null}
        <Button
          type="submit"
          weight="primary"
          disabled={busy || (locked && password === '')}
          autoFocus={!locked && !compact}
          className="self-start"
        >
          {busy ? <LoaderCircle size={16} aria-hidden className="animate-spin" /> : null}
          {busy ? words.opening : once ? words.openOnce : words.open}
        </Button>
      </form>
      <p role="status" className="tabular text-small text-ink-faint">
        {gate.total > 0
          ? all.amount(gate.received, gate.total)
          : expiresAt
            ? words.facts(found.bytes, all.moment(expiresAt))
            : all.size(found.bytes)}
      </p>
    </main>
  );
}
