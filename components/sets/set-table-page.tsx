'use client';
/** A set that is open: its rows as a table with filters and numbers beside it, or one of them in the player. */
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { lazyView } from '@/components/ui/lazy-view';
import { useFormatsWords } from '@/lib/words/formats';
import { arrangeRows, FILE_ORDER, isFiltered, NO_FILTER, type SetFilter } from './arrange-rows';
import { FilterBar } from './filter-bar';
import { RowList } from './row-list';
import { SetHead } from './set-head';
import type { SetState } from './set-store';
import { StatisticsPanel } from './statistics-panel';
import type { Placed } from './use-set-address';

const RowPlayer = lazyView(
  () => import('./row-player').then((module) => module.RowPlayer),
  <main aria-busy className="flex-1 bg-sunken" />,
);

interface SetTableProps {
  readonly state: SetState;
  readonly place: Placed;
  readonly banner: ReactNode;
}

export function SetTable({ state, place: { place, change }, banner }: SetTableProps) {
  const { page: words } = useFormatsWords();
  const [numbers, setNumbers] = useState(() => window.matchMedia('(min-width: 60rem)').matches);
  const filter = useDeferredValue(place.filter);
  const { sort } = place;
  const shown = useMemo(() => arrangeRows(state.rows, filter, sort), [state.rows, filter, sort]);
  const narrow = (patch: Partial<SetFilter>) => change({ filter: { ...place.filter, ...patch } });
  const open = (row: number | null) => change({ row, step: null });

  return (
    <>
      {place.row !== null && state.rows[place.row] ? (
        <RowPlayer
          state={state}
          index={place.row}
          step={place.step}
          shown={shown}
          onOpen={open}
          onStep={(step) => change({ step })}
        />
      ) : null}
      {/* Stays where it is, scrolled as it was, behind a row that is looked at. */}
      <main
        hidden={place.row !== null}
        className="grid min-h-0 w-full flex-1 grid-rows-[minmax(0,1fr)] data-numbers:desk:grid-cols-[minmax(0,1fr)_22rem] [&[hidden]]:hidden"
        data-numbers={numbers || undefined}
      >
        <section aria-labelledby="set-heading" className="flex min-h-0 min-w-0 flex-col">
          <div className="flex flex-col gap-3 px-4 pt-4 pb-3 tablet:px-6">
            {banner}
            <SetHead state={state} shown={shown} statistics={numbers} onStatistics={setNumbers} />
            <FilterBar rows={state.rows} filter={place.filter} onFilter={narrow} />
          </div>
          {shown.length === 0 ? (
            <p className="flex items-center gap-3 border-t border-line px-6 py-8 text-ink-soft">
              {words.filter.nothing}
              {isFiltered(place.filter) ? (
                <button
                  type="button"
                  className="font-medium text-accent underline underline-offset-4"
                  onClick={() => change({ filter: NO_FILTER, sort: FILE_ORDER })}
                >
                  {words.filter.clear}
                </button>
              ) : null}
            </p>
          ) : (
            <RowList rows={shown} sort={sort} onSort={(next) => change({ sort: next })} onOpen={open} />
          )}
        </section>
        {numbers ? <StatisticsPanel rows={shown} onFilter={narrow} /> : null}
      </main>
    </>
  );
}
