'use client';
/** The link is made: hand it on (copy, QR, embed), know when it ends. */
import { useId, useRef, useState, type ReactNode, type RefObject } from 'react';
import { Segmented } from '@/components/ui/segmented';
import { Switch } from '@/components/ui/switch';
import { lazyView } from '@/components/ui/lazy-view';
import { embedCode, shareLink, type OwnShare, type PackedShare } from '@/lib/share';
import { useShareWords } from '@/lib/words/share';
import { CopyButton } from './copy-button';
import { FailureNote } from './failure-note';
import { useIsKept } from './use-own-shares';
import { sentences } from '@/lib/words/sentences';

const QrCode = lazyView(() => import('./qr-code').then((module) => module.QrCode));

interface ShareResultProps {
  readonly own: OwnShare;
  readonly packed: PackedShare;
  readonly cursor: number;
}

export function ShareResult({ own, packed, cursor }: ShareResultProps) {
  const { result: words, copy, moment, notKept } = useShareWords();
  const [atStep, setAtStep] = useState(false);
  const [way, setWay] = useState<'qr' | 'embed'>('qr');
  const link = useRef<HTMLInputElement>(null);
  const options = { step: atStep ? cursor : null };
  const address = shareLink(own, options);
  const isKept = useIsKept(own.id);
  const midway = cursor > 0 && cursor < packed.steps;
  return (
    <>
      <Field label={words.link} field={link} value={address}>
        <CopyButton text={address} label={copy.link} weight="primary" field={link} autoFocus />
      </Field>
      {midway ? (
        <Switch
          label={words.atStep(cursor, packed.steps)}
          checked={atStep}
          onChange={(checked) => setAtStep(checked)}
        />
      ) : null}
      <p className="mt-2 text-small text-ink-soft">
        {sentences(words.facts(moment(own.expiresAt), own.bytes, packed.includesImage), own.locked ? '' : words.who)}
      </p>
      {own.locked ? <p className="mt-1.5 text-small text-ink-soft">{words.locked}</p> : null}
      {own.once ? <p className="mt-1.5 text-small font-medium text-caution">{words.once}</p> : null}
      {isKept ? null : (
        <div className="mt-3">
          <FailureNote code="not-kept" words={notKept} />
        </div>
      )}
      <div className="mt-5">
        {/* A page that many read is no place for a link that one can open. */}
        {own.once ? (
          <p className="text-body">{words.qr}</p>
        ) : (
          <Segmented
            legend={words.otherWays}
            options={[
              { value: 'qr', label: words.qr },
              { value: 'embed', label: words.embed },
            ]}
            value={way}
            onChange={setWay}
          />
        )}
        <div className="mt-3 min-h-44">
          {way === 'qr' ? (
            <div className="mx-auto size-44 rounded-s bg-white ring-1 ring-line">
              <QrCode text={address} label={words.qrLabel} />
            </div>
          ) : (
            <Embed code={embedCode(own, options)} />
          )}
        </div>
      </div>
    </>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly children: ReactNode;
}

function Field({ label, value, field, children }: FieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-body">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          ref={field}
          readOnly
          value={value}
          onFocus={(event) => event.currentTarget.select()}
          className="h-10 min-w-0 flex-1 truncate rounded-m border border-line-strong bg-surface px-3 font-mono text-small"
        />
        {children}
      </div>
    </div>
  );
}

function Embed({ code }: { readonly code: string }) {
  const { result: words, copy } = useShareWords();
  const area = useRef<HTMLTextAreaElement>(null);
  return (
    <>
      <textarea
        ref={area}
        readOnly
        rows={5}
        aria-label={words.embedLabel}
        value={code}
        onFocus={(event) => event.currentTarget.select()}
        className="block w-full resize-none rounded-m border border-line-strong bg-surface px-3 py-2 font-mono text-small break-all"
      />
      <div className="mt-2 flex items-start justify-between gap-4">
        <p className="text-small text-ink-faint">{words.embedAbout}</p>
        <CopyButton text={code} label={copy.code} field={area} />
      </div>
    </>
  );
}
