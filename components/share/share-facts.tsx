'use client';
/** What a visitor should know of a shared run: that it is one, what is missing, when it ends. */
import type { ReactNode } from 'react';
import { useNow } from './use-now';
import type { OpenedRun } from './use-shared-run';
import { formatMoment, timeUntil } from './words';

export function ShareFacts({ run }: { readonly run: OpenedRun }) {
  const { share, pictureFailed, once } = run;
  const now = useNow();
  const { cut, expiresAt } = share;
  const hasPicture = share.images.size > 0;
  return (
    <ul aria-label="About this share" className="flex flex-wrap gap-x-2 text-small text-ink-soft">
      <Fact>Read-only</Fact>
      {cut ? <Fact>{`The first ${cut.steps} of ${cut.of} steps`}</Fact> : null}
      {hasPicture ? null : <Fact marked>Shared without its picture</Fact>}
      {pictureFailed ? <Fact marked>Its picture cannot be shown by this browser</Fact> : null}
      {once ? <Fact marked>Opened once, now deleted from the server</Fact> : null}
      {expiresAt ? (
        <Fact>
          <time dateTime={expiresAt} title={formatMoment(expiresAt)}>
            Expires in {timeUntil(expiresAt, now)}
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
