'use client';
/**
 * The nouns as icons of one style; pressing one puts it into the scene, or chooses it where it already is.
 */
import { useId, useState } from 'react';
import { useMakerWords } from '@/lib/words/maker';
import { Select } from '@/components/ui/select';
import { ICON_BASE, type IconCatalog } from './icon-catalog';

interface IconPickerProps {
  readonly catalog: IconCatalog;
  readonly placed: ReadonlySet<string>;
  readonly full: boolean;
  readonly style: string;
  readonly onStyle: (style: string) => void;
  readonly onPick: (noun: string) => void;
}

/** Shown side of an icon, CSS pixels. */
const SHOWN = 36;

export function IconPicker({ catalog, placed, full, style, onStyle, onPick }: IconPickerProps) {
  const words = useMakerWords();
  const id = useId();
  const [filter, setFilter] = useState('');
  const nouns = catalog.nouns.filter((noun) => noun.includes(filter.trim().toLowerCase()));
  const sheet = catalog.styles.find((candidate) => candidate.id === style)?.sheet;
  return (
    <div>
      <div className="flex gap-2">
        <label className="min-w-0 flex-1">
          <span className="sr-only">{words.find}</span>
          <input
            type="search"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            placeholder={words.find}
            className="h-9 w-full rounded-m border border-line-strong bg-surface px-3 text-small"
          />
        </label>
        <Select
          label={words.iconStyle}
          value={style}
          onChange={onStyle}
          options={catalog.styles.map((one) => ({
            value: one.id,
            label: one.seenInTraining ? one.name : words.newToTheModel(one.name),
          }))}
        />
      </div>
      <ul
        aria-labelledby={id}
        className="mt-3 grid max-h-64 grid-cols-[repeat(auto-fill,minmax(3rem,1fr))] gap-1 overflow-y-auto rounded-m bg-sunken p-1.5"
      >
        {nouns.map((noun) => {
          const index = catalog.nouns.indexOf(noun);
          const column = index % catalog.columns;
          const row = Math.floor(index / catalog.columns);
          return (
            <li key={noun}>
              <button
                type="button"
                title={noun}
                data-placed={placed.has(noun)}
                aria-label={placed.has(noun) ? words.inTheScene(noun) : words.add(noun)}
                disabled={full && !placed.has(noun)}
                onClick={() => onPick(noun)}
                className="grid h-12 w-full place-items-center rounded-s hover:enabled:bg-raised disabled:opacity-40 data-[placed=true]:bg-accent-wash"
              >
                <span
                  aria-hidden
                  className="block size-9 bg-no-repeat"
                  style={{
                    backgroundImage: `url(${ICON_BASE}${sheet})`,
                    backgroundSize: `${catalog.columns * SHOWN}px auto`,
                    backgroundPosition: `${-column * SHOWN}px ${-row * SHOWN}px`,
                  }}
                />
              </button>
            </li>
          );
        })}
      </ul>
      <p id={id} className="mt-1.5 text-small text-ink-faint">
        {nouns.length === 0 ? words.noSuchThing : words.known(nouns.length)}
      </p>
    </div>
  );
}
