'use client';
/** What narrows a set: words and choices that combine. Choices that a set does not have are not offered. */
import { Search, X } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import type { SetRow } from '@/lib/formats';
import { useFormatsWords } from '@/lib/words/formats';
import { isFiltered, MANY_CALLS, NO_FILTER, type SetFilter } from './arrange-rows';

interface FilterBarProps {
  readonly rows: readonly SetRow[];
  readonly filter: SetFilter;
  readonly onFilter: (patch: Partial<SetFilter>) => void;
}

const ANY = 'any';
/** Of rows that name no kind; no kind is called so. */
const NONE = '\u0000';

export function FilterBar({ rows, filter, onFilter }: FilterBarProps) {
  const { page } = useFormatsWords();
  const { filter: words } = page;
  const { kinds, calls, judged, measured } = useMemo(() => choicesOf(rows), [rows]);
  const options = <T extends string>(names: Readonly<Record<T, string>>) =>
    (Object.entries(names) as [T, string][]).map(([value, label]) => ({ value, label })); // of a record of T
  const outcomes: Readonly<Record<string, string>> = page.outcomes;
  return (
    <search aria-label={words.label} className="flex flex-wrap items-center gap-2">
      <span className="relative min-w-48 flex-1 tablet:max-w-80">
        <Search
          size={15}
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-faint"
        />
        <input
          type="search"
          aria-label={words.words}
          placeholder={words.words}
          value={filter.words}
          onChange={(event) => onFilter({ words: event.target.value })}
          className="h-9 w-full rounded-m border border-line-strong bg-surface pr-3 pl-9 text-small"
        />
      </span>
      {judged ? (
        <Select
          label={words.verdict}
          value={filter.verdict}
          options={options(words.verdicts)}
          onChange={(verdict) => onFilter({ verdict: verdict as SetFilter['verdict'] })}
        />
      ) : null}
      {kinds.length > 1 ? (
        <Select
          label={words.kind}
          value={filter.kind === null ? ANY : filter.kind === '' ? NONE : filter.kind}
          options={[
            { value: ANY, label: words.anyKind },
            ...kinds.map((kind) => ({ value: kind || NONE, label: kind || words.noKind })),
          ]}
          onChange={(kind) => onFilter({ kind: kind === ANY ? null : kind === NONE ? '' : kind })}
        />
      ) : null}
      {calls.length > 1 ? (
        <Select
          label={words.calls}
          value={filter.calls === null ? ANY : String(filter.calls)}
          options={[
            { value: ANY, label: words.anyCalls },
            ...calls.map((count) => ({ value: String(count), label: words.callCount(count, count === MANY_CALLS) })),
          ]}
          onChange={(count) => onFilter({ calls: count === ANY ? null : Number(count) })}
        />
      ) : null}
      {measured ? (
        <Select
          label={words.iou}
          value={filter.iou}
          options={options(words.ious)}
          onChange={(iou) => onFilter({ iou: iou as SetFilter['iou'] })}
        />
      ) : null}
      <Select
        label={words.state}
        value={filter.state}
        options={options(words.states)}
        onChange={(state) => onFilter({ state: state as SetFilter['state'] })}
      />
      {filter.outcome === null ? null : (
        <Chip
          words={words.ended(outcomes[filter.outcome] ?? filter.outcome)}
          onRemove={() => onFilter({ outcome: null })}
        />
      )}
      {filter.step === null ? null : (
        <Chip words={words.trained(filter.step)} onRemove={() => onFilter({ step: null })} />
      )}
      {isFiltered(filter) ? (
        <Button weight="quiet" size="small" onClick={() => onFilter(NO_FILTER)}>
          {words.clear}
        </Button>
      ) : null}
    </search>
  );
}

function Chip({ words, onRemove }: { readonly words: string; readonly onRemove: () => void }) {
  const { page } = useFormatsWords();
  return (
    <button
      type="button"
      aria-label={page.filter.without(words)}
      onClick={onRemove}
      className="inline-flex h-9 items-center gap-1.5 rounded-full bg-accent-wash px-3 text-small text-ink hover:bg-hover"
    >
      {words}
      <X size={14} aria-hidden />
    </button>
  );
}

function choicesOf(rows: readonly SetRow[]) {
  const kinds = new Set<string>();
  const calls = new Set<number>();
  let judged = false;
  let measured = false;
  for (const row of rows) {
    if (row.problem !== undefined) continue;
    kinds.add(row.facts.kind ?? '');
    calls.add(Math.min(row.facts.calls, MANY_CALLS));
    judged ||= row.facts.verdict.right !== null;
    measured ||= row.facts.ious !== null;
  }
  return { kinds: [...kinds].toSorted(), calls: [...calls].toSorted((a, b) => a - b), judged, measured };
}
