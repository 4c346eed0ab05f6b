'use client';
/** What comes before a set is there: a host that is asked about first, the waiting, and why nothing came of it. */
import { FileQuestion, LoaderCircle } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { useFormatsWords } from '@/lib/words/formats';
import type { SetState, SetStore } from './set-store';

function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}

export function Ask({ store, address }: { readonly store: SetStore; readonly address: string }) {
  const { page: words } = useFormatsWords();
  const host = hostOf(address);
  return (
    <section aria-labelledby="ask-heading" className="flex flex-col gap-4">
      <h1 id="ask-heading" className="font-serif text-display">
        {words.ask.title(host)}
      </h1>
      <p className="rounded-m bg-sunken px-3 py-2 font-mono text-small break-all text-ink-soft">{address}</p>
      <p className="text-body text-ink-soft">{words.ask.about(host)}</p>
      <div className="flex gap-2">
        <Button weight="primary" onClick={() => void store.openAddress(address)}>
          {words.ask.open}
        </Button>
        <Button onClick={store.closeSet}>{words.ask.cancel}</Button>
      </div>
    </section>
  );
}

export function Going({ store, state }: { readonly store: SetStore; readonly state: SetState }) {
  const { page: words } = useFormatsWords();
  const { phase, name, address, progress } = state;
  const title = phase === 'fetching' ? words.fetching(hostOf(address ?? '')) : words.opening(name);
  return (
    <section aria-live="polite" className="flex flex-col gap-4">
      <h1 className="flex items-center gap-3 font-serif text-title">
        <LoaderCircle size={20} aria-hidden className="animate-spin text-accent" />
        {title}
      </h1>
      <progress
        aria-label={title}
        max={1}
        {...(progress !== null && { value: progress })}
        className="h-1.5 w-full overflow-hidden rounded-full accent-accent"
      />
      <div>
        <Button onClick={store.stopReading}>{words.stop}</Button>
      </div>
    </section>
  );
}

export function Explained({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <section className="flex flex-col gap-2">
      <h1 className="flex items-center gap-3 font-serif text-title">
        <FileQuestion size={22} aria-hidden className="text-ink-faint" />
        {title}
      </h1>
      <p role="alert" className="text-body text-ink-soft">
        {text}
      </p>
    </section>
  );
}
