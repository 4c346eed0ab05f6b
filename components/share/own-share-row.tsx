'use client';
/** One share made in this browser: open it, copy its link, take it back. */
import { ExternalLink, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, buttonClass } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { deleteShare, shareLink, type OwnShare, type ShareError } from '@/lib/share';
import { asShareError } from './as-share-error';
import { CopyButton } from './copy-button';
import { FailureNote } from './failure-note';
import { ownShares, useIsKept } from './use-own-shares';
import { DELETE_WORDS, formatBytes, formatMoment, isExpired, NOT_KEPT, timeUntil, wordsOf } from './words';

type Mode = 'shown' | 'asking' | 'deleting';

export function OwnShareRow({ own, now }: { readonly own: OwnShare; readonly now: Date }) {
  const [mode, setMode] = useState<Mode>('shown');
  const [error, setError] = useState<ShareError | null>(null);
  const isKept = useIsKept(own.id);
  const over = isExpired(own.expiresAt, now);
  const name = own.title || 'A run';
  const forget = () => ownShares().remove(own.id);
  const remove = () => {
    setMode('deleting');
    setError(null);
    deleteShare(own).then(forget, (cause: unknown) => {
      setError(asShareError(cause));
      setMode('shown');
    });
  };
  return (
    <li className="border-t border-line py-3.5 first:border-t-0">
      <p dir="auto" className="line-clamp-2 font-medium">
        {name}
      </p>
      <p className="tabular mt-0.5 text-small text-ink-faint">
        {formatBytes(own.bytes)} · made {formatMoment(own.createdAt)}
        {own.locked ? ' · password' : ''}
        {own.once ? ' · opens once' : ''}
      </p>
      <p className={classNames('text-small', over ? 'text-danger' : 'text-ink-soft')}>
        {over ? `Expired ${formatMoment(own.expiresAt)}` : `Expires in ${timeUntil(own.expiresAt, now)}`}
      </p>
      {isKept || over ? null : (
        <p className="text-small text-caution">
          {NOT_KEPT.title}. {NOT_KEPT.advice}
        </p>
      )}
      {error ? (
        <div className="mt-2">
          <FailureNote code={error.code} words={wordsOf(DELETE_WORDS, error.code, error.detail)} />
        </div>
      ) : null}
      <div className="mt-2 flex flex-wrap items-center gap-2">
        {mode === 'shown' && over ? (
          <Button size="small" onClick={forget} aria-label={`Take “${name}” off the list`}>
            Take off the list
          </Button>
        ) : null}
        {mode === 'shown' && !over ? (
          <>
            <CopyButton text={shareLink(own)} label="Copy link" size="small" />
            <a
              href={shareLink(own)}
              target="_blank"
              rel="noreferrer"
              className={classNames(buttonClass('outline', 'small'), 'hover:bg-hover')}
            >
              <ExternalLink size={15} aria-hidden />
              Open
            </a>
            <Button
              size="small"
              weight="quiet"
              className="ml-auto"
              aria-label={`Delete “${name}”`}
              onClick={() => setMode('asking')}
            >
              <Trash2 size={15} aria-hidden />
              Delete
            </Button>
          </>
        ) : null}
        {mode !== 'shown' ? (
          <div role="group" aria-label="Delete this share?" className="flex w-full items-center gap-2 text-small">
            <span className="mr-auto text-ink-soft">Gone for everyone who has the link.</span>
            <Button size="small" autoFocus disabled={mode === 'deleting'} onClick={() => setMode('shown')}>
              Keep
            </Button>
            <Button size="small" weight="danger" disabled={mode === 'deleting'} onClick={remove}>
              {mode === 'deleting' ? 'Deleting…' : 'Delete for everyone'}
            </Button>
          </div>
        ) : null}
      </div>
    </li>
  );
}
