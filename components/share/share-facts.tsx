'use client';
/** What a visitor should know of a shared run: that it is one, what is missing, when it ends. */
import type { ReactNode } from 'react';
import { useShareWords } from '@/lib/words/share';
import { useVisitWords } from '@/lib/words/visit';
import { useNow } from './use-now';
import type { OpenedRun } from './use-shared-run';
import { timeUntil } from './expiry';

export function ShareFacts({ run }: { readonly run: OpenedRun }) {
  const all = useShareWords();
  const words = useVisitWords().facts;
  const { share, pictureFailed, once } = run;
  const now = useNow();
  const { cut, expiresAt } = share;
  const hasPicture = share.images.size > 0;
  return (
    <ul aria-label={words.label} className="flex flex-wrap gap-x-2 text-small text-ink-soft">
      <Fact>{words.readOnly}</Fact>
      {cut ? <Fact>{words.cut(cut.steps, cut.of)}</Fact> : null}
      {hasPicture ? null : <Fact marked>{words.noPicture}</Fact>}
      {pictureFailed ? <Fact marked>{words.pictureFailed}</Fact> : null}
      {once ? <Fact marked>{words.once}</Fact> : null}
      {expiresAt ? (
        <Fact>
          <time dateTime={expiresAt} title={all.moment(expiresAt)}>
            {all.own.expiresIn(timeUntil(all, expiresAt, now))}
          </time>
        </Fact>
      ) : null}
    </ul>
  );
}

function Fact({ children, marked = false }: { readonly children: ReactNode; readonly marked?: boolean }) {
  return (
    <li
      className={`whitespace-nowrap not-last:after:ml-2 not-last:after:text-ink-faint not-last:after:content-['·'] ${marked ? 'text-caution' : ''}`}
    >
      {children}
    </li>
  );
}
