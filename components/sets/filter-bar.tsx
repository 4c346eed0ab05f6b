'use client';
/** What narrows a set: words and choices that combine. Choices that a set does not have are not offered. */
import { X } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import type { SetRow } from '@/lib/formats';
import { useFormatsWords } from '@/lib/words/formats';
import { useReviewWords } from '@/lib/words/review';
import { isFiltered, MANY_CALLS, NO_FILTER, type PatternId, type SetFilter } from './arrange-rows';
import { WordsField } from './words-field';

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
  const { patterns: patternWords } = useReviewWords();
  const { kinds, calls, judged, measured, patterns } = useMemo(() => choicesOf(rows), [rows]);
  const options = <T extends string>(names: Readonly<Record<T, string>>) =>
    (Object.entries(names) as [T, string][]).map(([value, label]) => ({ value, label })); // of a record of T
  const outcomes: Readonly<Record<string, string>> = page.outcomes;
  return (
    <search aria-label={words.label} className="flex flex-wrap items-center gap-2">
      <WordsField value={filter.words} onChange={(value) => onFilter({ words: value })} />
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
      {patterns.length > 0 ? (
        <Select
          label={words.pattern}
          value={filter.pattern ?? ANY}
          options={[
            { value: ANY, label: words.anyPattern },
            ...patterns.map((id) => ({ value: id, label: patternWords.named[id].name })),
          ]}
          onChange={(id) => onFilter({ pattern: patterns.find((one) => one === id) ?? null })}
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
  const patterns = new Set<PatternId>();
  let judged = false;
  let measured = false;
  for (const row of rows) {
    if (row.problem !== undefined) continue;
    kinds.add(row.facts.kind ?? '');
    calls.add(Math.min(row.facts.calls, MANY_CALLS));
    for (const id of row.facts.patterns) patterns.add(id);
    judged ||= row.facts.verdict.right !== null;
    measured ||= row.facts.ious !== null;
  }
  return {
    kinds: [...kinds].toSorted(),
    calls: [...calls].toSorted((a, b) => a - b),
    judged,
    measured,
    patterns: [...patterns].toSorted(),
  };
}
