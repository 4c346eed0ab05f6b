'use client';
/**
 * Every question with what came of it, both ways side by side; narrowed to what is wrong, or to what looking closer saved or
 * lost. A row opens its runs. Shown in pages: a data set may have thousands.
 */
import { Check, Minus, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';
import { compareWays, type BenchResult } from '@/lib/bench';
import { useBenchWords } from '@/lib/words/bench';
import { kindName } from './kind-name';

interface QuestionListProps {
  readonly results: readonly BenchResult[];
  readonly onOpen: (result: BenchResult) => void;
}

type Filter = 'all' | 'wrong' | 'saved' | 'lost';

interface Row {
  readonly first: BenchResult;
  readonly withTools: BenchResult | undefined;
  readonly without: BenchResult | undefined;
}

const PAGE = 50;

function rowsOf(results: readonly BenchResult[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const result of results) {
    const row = rows.get(result.id) ?? { first: result, withTools: undefined, without: undefined };
    rows.set(result.id, { ...row, [result.tools ? 'withTools' : 'without']: result });
  }
  return [...rows.values()];
}

const count = (name: string, number: number) => (
  <span className="whitespace-nowrap tabular">
    {name} {number}
  </span>
);

export function QuestionList({ results, onOpen }: QuestionListProps) {
  const words = useBenchWords();
  const [filter, setFilter] = useState<Filter>('all');
  const [shown, setShown] = useState(PAGE);
  const { saved, lost } = compareWays(results);
  const ids = {
    saved: new Set(saved.map(({ withTools }) => withTools.id)),
    lost: new Set(lost.map(({ withTools }) => withTools.id)),
  };
  const all = rowsOf(results);
  const wrong = all.filter((row) => !(row.withTools ?? row.first).right);
  const found =
    filter === 'all' ? all : filter === 'wrong' ? wrong : all.filter(({ first }) => ids[filter].has(first.id));
  const compared = all.some((row) => row.withTools && row.without);
  return (
    <section aria-labelledby="questions-heading">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2 id="questions-heading" className="font-serif text-lead font-medium">
          {words.list.title}
        </h2>
        <Segmented
          legend={words.list.filter}
          quiet
          options={[
            { value: 'all', label: count(words.all, all.length) },
            { value: 'wrong', label: count(words.list.wrong, wrong.length) },
            ...(compared
              ? ([
                  {
                    value: 'saved',
                    label: count(words.list.saved, saved.length),
                    name: words.list.savedSaid(saved.length),
                  },
                  { value: 'lost', label: count(words.list.lost, lost.length), name: words.list.lostSaid(lost.length) },
                ] as const)
              : []),
          ]}
          value={filter}
          onChange={(next) => {
            setFilter(next);
            setShown(PAGE);
          }}
        />
      </div>
      {found.length === 0 ? <p className="mt-4 text-small text-ink-soft">{words.list.none}</p> : null}
      <ul aria-label={words.list.title} className="mt-2">
        {found.slice(0, shown).map((row) => (
          <QuestionRow key={row.first.id} row={row} onOpen={onOpen} />
        ))}
      </ul>
      {found.length > shown ? (
        <Button size="small" className="mt-3" onClick={() => setShown(shown + PAGE)}>
          {words.list.showMore(found.length - shown)}
        </Button>
      ) : null}
    </section>
  );
}

function QuestionRow({ row, onOpen }: { readonly row: Row; readonly onOpen: QuestionListProps['onOpen'] }) {
  const words = useBenchWords();
  const { first, withTools, without } = row;
  return (
    <li className="flex flex-col gap-x-4 gap-y-1.5 border-b border-line py-2 tablet:flex-row tablet:items-center">
      <div className="min-w-0 flex-1">
        <p dir="auto" className="font-serif wrap-anywhere">
          {first.question}
        </p>
        <p className="text-small text-ink-faint wrap-anywhere">
          {words.list.about(kindName(words, first.kind), first.scene, first.answer)}
        </p>
      </div>
      <div className="flex gap-2">
        {withTools ? <Said result={withTools} way={words.withTools} onOpen={onOpen} /> : null}
        {without ? <Said result={without} way={words.without} onOpen={onOpen} /> : null}
      </div>
    </li>
  );
}

interface SaidProps {
  readonly result: BenchResult;
  readonly way: string;
  readonly onOpen: QuestionListProps['onOpen'];
}

function Said({ result, way, onOpen }: SaidProps) {
  const Icon = result.right ? Check : result.given === null ? Minus : X;
  const words = useBenchWords();
  const { name } = words.outcomes[result.outcome];
  return (
    <button
      type="button"
      data-run={result.trajectory.id}
      onClick={() => onOpen(result)}
      className="flex w-40 min-w-0 items-center gap-2 rounded-m border border-line bg-surface px-2.5 py-1.5 text-left text-small hover:bg-hover max-tablet:flex-1"
    >
      <Icon size={15} aria-hidden className={`shrink-0 ${result.right ? 'text-accent' : 'text-danger'}`} />
      <span className="min-w-0">
        <span dir="auto" className="block truncate font-medium">
          {result.given ?? words.list.noAnswer}
        </span>
        <span className="block truncate text-micro text-ink-faint">
          {way} · {name}
        </span>
      </span>
    </button>
  );
}
