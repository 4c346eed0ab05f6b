'use client';
/**
 * A link that cannot be opened: what is wrong, what it means, what to do. Nothing of the share is on this page, and the
 * visitor's own runs are one press away.
 */
import { CalendarX2, CloudOff, FileX2, KeyRound, Link2Off, MailOpen, ShieldAlert, type LucideIcon } from 'lucide-react';
import { Button, buttonClass } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { useCommonWords } from '@/lib/words/common';
import { useShareWords } from '@/lib/words/share';
import { useVisitWords } from '@/lib/words/visit';
import { useFocusOnce } from './use-focus-once';
import { isWorthRetrying, openingFailed, type Failure, type OpenFailure } from './failures';

interface FailurePageProps {
  readonly failure: Failure<OpenFailure>;
  readonly onRetry: () => void;
  readonly compact?: boolean;
  /** After "Try again", whose button is gone. */
  readonly takeFocus?: boolean;
}

const ICONS: Partial<Record<OpenFailure, LucideIcon>> = {
  'no-key': KeyRound,
  'wrong-key': KeyRound,
  'no-crypto': KeyRound,
  'insecure-frame': KeyRound,
  'bad-link': Link2Off,
  'not-found': Link2Off,
  tampered: ShieldAlert,
  swapped: ShieldAlert,
  invalid: ShieldAlert,
  expired: CalendarX2,
  opened: MailOpen,
  offline: CloudOff,
  server: CloudOff,
  'rate-limited': CloudOff,
};

export function FailurePage({ failure, onRetry, compact = false, takeFocus = false }: FailurePageProps) {
  const words = useVisitWords();
  const share = useShareWords();
  const { tryAgain } = useCommonWords();
  const { code } = failure;
  const { title, detail: meaning, advice } = openingFailed(share, words, failure);
  const heading = useFocusOnce<HTMLHeadingElement>(takeFocus);
  const Icon = ICONS[code] ?? FileX2;
  return (
    <main
      data-code={code}
      className="mx-auto flex w-full max-w-xl flex-1 flex-col items-start justify-center gap-4 px-6 py-10"
    >
      <Icon size={compact ? 24 : 32} strokeWidth={1.5} aria-hidden className="text-ink-faint" />
      <div role="alert" className="flex flex-col gap-4">
        <h1
          ref={heading}
          tabIndex={-1}
          className={classNames('font-serif font-medium text-balance', compact ? 'text-title' : 'text-display')}
        >
          {title}
        </h1>
        <div className={compact ? 'text-body' : 'text-lead'}>
          <p className="text-ink-soft text-pretty">{meaning}</p>
          <p className="mt-2 font-medium text-pretty">{advice}</p>
        </div>
      </div>
      <div className="mt-2 flex flex-wrap gap-2">
        {isWorthRetrying(code) ? (
          <Button weight="primary" onClick={onRetry}>
            {tryAgain}
          </Button>
        ) : null}
        {code === 'insecure-frame' ? (
          <a
            href={window.location.href.replace('/e/', '/t/')}
            target="_blank"
            rel="noreferrer"
            className={classNames(buttonClass('primary'), 'hover:bg-accent-hover')}
          >
            {words.ownTab}
          </a>
        ) : null}
        {compact ? null : (
          <a
            href="/"
            className={classNames(
              buttonClass(isWorthRetrying(code) ? 'outline' : 'primary'),
              isWorthRetrying(code) ? 'hover:bg-hover' : 'hover:bg-accent-hover',
            )}
          >
            {words.home}
          </a>
        )}
      </div>
    </main>
  );
}
