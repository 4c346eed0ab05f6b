'use client';
/** One share made in this browser: open it, copy its link, take it back. */
import { ExternalLink, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, buttonClass } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { deleteShare, shareLink, type OwnShare, type ShareError } from '@/lib/share';
import { useShareWords } from '@/lib/words/share';
import { asShareError } from './as-share-error';
import { CopyButton } from './copy-button';
import { FailureNote } from './failure-note';
import { ownShares, useIsKept } from './use-own-shares';
import { isExpired, timeUntil } from './expiry';
import { deletingFailed } from './failures';
import { asSentence, sentences } from '@/lib/words/sentences';

type Mode = 'shown' | 'asking' | 'deleting';

export function OwnShareRow({ own, now }: { readonly own: OwnShare; readonly now: Date }) {
  const all = useShareWords();
  const { own: words, dialog, notKept } = all;
  const [mode, setMode] = useState<Mode>('shown');
  const [error, setError] = useState<ShareError | null>(null);
  const isKept = useIsKept(own.id);
  const over = isExpired(own.expiresAt, now);
  const name = own.title || words.nameless;
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
        {words.facts(own.bytes, all.moment(own.createdAt))}
        {own.locked ? ` · ${words.locked}` : ''}
        {own.once ? ` · ${words.once}` : ''}
      </p>
      <p className={classNames('text-small', over ? 'text-danger' : 'text-ink-soft')}>
        {over ? words.expired(all.moment(own.expiresAt)) : words.expiresIn(timeUntil(all, own.expiresAt, now))}
      </p>
      {isKept || over ? null : (
        <p className="text-small text-caution">{sentences(asSentence(notKept.title), notKept.advice)}</p>
      )}
      {error ? (
        <div className="mt-2">
          <FailureNote code={error.code} words={deletingFailed(all, error)} />
        </div>
      ) : null}
      <div className="mt-2 flex flex-wrap items-center gap-2">
        {mode === 'shown' && over ? (
          <Button size="small" onClick={forget} aria-label={words.forgetNamed(name)}>
            {words.forget}
          </Button>
        ) : null}
        {mode === 'shown' && !over ? (
          <>
            <CopyButton text={shareLink(own)} label={all.copy.link} size="small" />
            <a
              href={shareLink(own)}
              target="_blank"
              rel="noreferrer"
              className={classNames(buttonClass('outline', 'small'), 'hover:bg-hover')}
            >
              <ExternalLink size={15} aria-hidden />
              {words.open}
            </a>
            <Button
              size="small"
              weight="quiet"
              className="ml-auto"
              aria-label={words.deleteNamed(name)}
              onClick={() => setMode('asking')}
            >
              <Trash2 size={15} aria-hidden />
              {words.delete}
            </Button>
          </>
        ) : null}
        {mode !== 'shown' ? (
          <div role="group" aria-label={words.sure} className="flex w-full items-center gap-2 text-small">
            <span className="mr-auto text-ink-soft">{words.goneForAll}</span>
            <Button size="small" autoFocus disabled={mode === 'deleting'} onClick={() => setMode('shown')}>
              {words.keep}
            </Button>
            <Button size="small" weight="danger" disabled={mode === 'deleting'} onClick={remove}>
              {mode === 'deleting' ? dialog.deleting : dialog.deleteForAll}
            </Button>
          </div>
        ) : null}
      </div>
    </li>
  );
}
