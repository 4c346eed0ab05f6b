'use client';
/** How a model behind a server is asked: its dialect, what its boxes count in, how large pictures are sent. Seen, and changed. */
import { useId, useState } from 'react';
import { Select } from '@/components/ui/select';
import { OWN } from '@/lib/agent';
import {
  formatRemote,
  habitsOf,
  parseRemote,
  USUAL_TOKENS,
  usualBounds,
  type RemoteAddress,
} from '@/lib/engine/remote';
import { useSession } from '@/lib/session';
import { useServersWords } from '@/lib/words/servers';
import { FIELD } from './hub-form';
import { OwnDialects } from './own-dialects';

interface RemoteWishesProps {
  readonly modelUrl: string;
  readonly onWish: (modelUrl: string) => void;
}

export function RemoteWishes({ modelUrl, onWish }: RemoteWishesProps) {
  const words = useServersWords();
  const kept = useSession((state) => state.dialects);
  const own = Object.keys(kept);
  const address = parseRemote(modelUrl);
  if (!address) return null;
  const habits = habitsOf(address);
  const usual = usualBounds(habits.sizing);
  const dialect = address.dialect ?? habits.dialect;
  const isOwn = dialect.startsWith(OWN);
  const ownName = (id: string) => words.own.option({ name: id.slice(OWN.length) });
  // One that is gone is named all the same: it is what would be asked for.
  const named = [...new Set([...own.map((name) => OWN + name), ...(isOwn ? [dialect] : [])])];
  const wish = (change: Partial<RemoteAddress>) => onWish(formatRemote({ ...address, ...change }));
  // Keys of the tables are the ids themselves.
  const options = (table: Readonly<Record<string, string>>) =>
    Object.entries(table).map(([value, label]) => ({ value, label }));
  const frames = Object.keys(words.frames) as (keyof typeof words.frames)[];
  return (
    <details className="mt-4 text-small">
      <summary className="text-ink-soft">{words.how}</summary>
      <div className="mt-2 flex flex-col gap-3">
        <Row label={words.dialect}>
          <Select
            label={words.dialect}
            value={dialect}
            options={[...options(words.dialects), ...named.map((id) => ({ value: id, label: ownName(id) }))]}
            // A dialect of one's own says itself what it counts in.
            onChange={(id) => wish({ dialect: id, ...(id.startsWith(OWN) && { frame: undefined }) })}
          />
        </Row>
        <OwnDialects chosen={dialect} onChoose={(id) => wish({ dialect: id ?? undefined, frame: undefined })} />
        {isOwn ? null : (
          <Row label={words.frame}>
            <Select
              label={words.frame}
              value={address.frame ?? habits.frame}
              options={options(words.frames)}
              onChange={(value) => wish({ frame: frames.find((one) => one === value) })}
            />
          </Row>
        )}
        <Row label={words.picture}>
          <Select
            label={words.picture}
            value={address.picture ?? 'png'}
            options={options(words.pictures)}
            onChange={(value) => wish({ picture: value === 'jpeg' ? 'jpeg' : 'png' })}
          />
        </Row>
        <Count
          key={`max ${address.maxPixels ?? ''}`}
          label={words.maxPixels}
          hint={words.maxPixelsHint}
          value={address.maxPixels ?? usual.maxPixels}
          onCount={(maxPixels) => wish({ maxPixels })}
        />
        {habits.sizing.kind === 'smart' ? (
          <Count
            key={`min ${address.minPixels ?? ''}`}
            label={words.minPixels}
            hint={words.minPixelsHint}
            value={address.minPixels ?? usual.minPixels}
            onCount={(minPixels) => wish({ minPixels })}
          />
        ) : null}
        <Count
          key={`tokens ${address.tokens ?? ''}`}
          label={words.tokens}
          hint={words.tokensHint}
          value={address.tokens ?? USUAL_TOKENS}
          onCount={(tokens) => wish({ tokens })}
        />
      </div>
    </details>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <span aria-hidden>{label}</span>
      {children}
    </div>
  );
}

interface CountProps {
  readonly label: string;
  readonly hint: string;
  readonly value: number;
  readonly onCount: (count: number) => void;
}

function Count({ label, hint, value, onCount }: CountProps) {
  const [draft, setDraft] = useState(String(value));
  const id = useId();
  const commit = () => {
    const count = /^[1-9]\d{1,8}$/.test(draft.trim()) ? Number(draft) : value;
    setDraft(String(count));
    if (count !== value) onCount(count);
  };
  return (
    <div>
      <div className="flex items-center justify-between gap-4">
        <label htmlFor={id}>{label}</label>
        <input
          id={id}
          inputMode="numeric"
          autoComplete="off"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
          }}
          aria-describedby={`${id}-hint`}
          className={`${FIELD} max-w-32 text-right tabular`}
        />
      </div>
      <p id={`${id}-hint`} className="mt-1 text-ink-faint">
        {hint}
      </p>
    </div>
  );
}
