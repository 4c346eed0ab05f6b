'use client';
/** The choice of what a model may search: nothing, the person's collection, what this site passes on to, an engine by its address. */
import { useEffect, useId, useState } from 'react';
import { Link } from '@/components/ui/link';
import { Sheet } from '@/components/ui/sheet';
import { findDialect, SEARCH_TOOLS } from '@/lib/agent';
import { IN_COLLECTION, IN_SITE, isSearchAddress, siteSearchHost } from '@/lib/search';
import { modelName, SHIPPED_MODEL, useSession, useSessionActions } from '@/lib/session';
import { useSearchWords } from '@/lib/words/search';

interface SearchSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

const ENGINE = 'engine';

export function SearchSheet({ open, onOpenChange }: SearchSheetProps) {
  const words = useSearchWords().choice;
  const { searchIn, modelUrl } = useSession((state) => state.settings);
  const cannot = useCannotSearch();
  const { setSettings } = useSessionActions();
  const id = useId();
  const host = useSiteHost(open);
  const isEngine = ![IN_COLLECTION, IN_SITE, ''].includes(searchIn);
  const [typed, setTyped] = useState<string | null>(null);
  const typing = typed !== null || isEngine;
  const address = typed ?? (isEngine ? searchIn : '');
  const options = [
    { value: '', label: words.none },
    { value: IN_COLLECTION, label: words.own },
    ...(host !== null || searchIn === IN_SITE
      ? [{ value: IN_SITE, label: host === null ? words.siteGone : words.site(host) }]
      : []),
    { value: ENGINE, label: words.address },
  ];
  const choose = (value: string) => {
    if (value === ENGINE) return setTyped(address);
    setTyped(null);
    setSettings({ searchIn: value });
  };
  const type = (text: string) => {
    setTyped(text);
    if (isSearchAddress(text.trim())) setSettings({ searchIn: text.trim() });
    else if (isEngine) setSettings({ searchIn: '' });
  };
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={words.title} place="centre">
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-2 text-small text-ink-soft">{words.legend}</legend>
        {options.map(({ value, label }) => (
          <label key={value} className="flex min-h-10 cursor-pointer items-center gap-3">
            <input
              type="radio"
              name={id}
              checked={value === ENGINE ? typing : !typing && value === searchIn}
              onChange={() => choose(value)}
              className="size-4 accent-accent"
            />
            <span className="wrap-anywhere">{label}</span>
          </label>
        ))}
      </fieldset>
      {typing ? (
        <div className="mt-2">
          <input
            type="url"
            aria-label={words.addressLabel}
            aria-describedby={`${id}-hint`}
            aria-invalid={address !== '' && !isSearchAddress(address.trim())}
            value={address}
            placeholder={words.addressExample}
            onChange={(event) => type(event.target.value)}
            className="h-9 w-full rounded-m border border-line-strong bg-surface px-3 text-small aria-invalid:border-danger"
          />
          <p id={`${id}-hint`} className="mt-1 text-small text-ink-soft">
            {address !== '' && !isSearchAddress(address.trim()) ? words.addressWrong : words.addressHint}
          </p>
        </div>
      ) : null}
      {cannot ? (
        <p className="mt-4 rounded-m bg-caution-wash px-3 py-2 text-small">{words.cannot(modelName(modelUrl))}</p>
      ) : null}
      <p className="mt-4">
        <Link
          href="/collection"
          onClick={() => onOpenChange(false)}
          className="text-small underline underline-offset-4"
        >
          {words.edit}
        </Link>
      </p>
    </Sheet>
  );
}

/** Whether the model of the settings is known to have no way to call for a search. */
function useCannotSearch(): boolean {
  const { modelUrl } = useSession((state) => state.settings);
  const loaded = useSession((state) => (state.engine?.modelUrl === state.settings.modelUrl ? state.engine : null));
  const dialects = useSession((state) => state.dialects);
  if (!loaded) return modelUrl === SHIPPED_MODEL;
  const tells = findDialect(loaded.card.dialect, dialects)?.tells ?? [];
  return !SEARCH_TOOLS.some((id) => tells.includes(id));
}

function useSiteHost(open: boolean): string | null {
  const [host, setHost] = useState<string | null>(null);
  useEffect(() => {
    if (!open) return;
    let here = true;
    void siteSearchHost().then((found) => here && setHost(found));
    return () => {
      here = false;
    };
  }, [open]);
  return host;
}
