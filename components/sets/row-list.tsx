'use client';
/** The rows of a set as a table: whether each was right, what was asked and answered, and its numbers. */
import { ArrowDown, ArrowUp, Check, CircleHelp, ImageOff, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import type { ReadRow, SetRow } from '@/lib/formats';
import { say } from '@/lib/words';
import { useFormatsWords } from '@/lib/words/formats';
import { useReviewWords } from '@/lib/words/review';
import type { SetSort, SortKey } from './arrange-rows';
import { LongTable } from './long-table';

/** Columns give way from the right where there is no room; the question always has some. */
const COLUMNS =
  'grid grid-cols-[3rem_2rem_minmax(0,1fr)_4rem] gap-x-3 tablet:grid-cols-[3.5rem_2.5rem_minmax(0,1fr)_4rem_5rem] wide:grid-cols-[3.5rem_2.5rem_minmax(0,1fr)_9rem_3.5rem_4.5rem_4.5rem_5rem_4.5rem]';
const FROM_TABLET = 'max-tablet:hidden';
const WIDE_ONLY = 'max-wide:hidden';

interface RowListProps {
  readonly rows: readonly SetRow[];
  readonly sort: SetSort;
  readonly onSort: (sort: SetSort) => void;
  readonly onOpen: (row: number) => void;
}

export function RowList({ rows, sort, onSort, onOpen }: RowListProps) {
  const { page: words } = useFormatsWords();
  return (
    <LongTable
      label={words.table}
      count={rows.length}
      columns={COLUMNS}
      heads={<Heads rows={rows} sort={sort} onSort={onSort} />}
      idOf={(at) => rows[at]?.index ?? at}
      onOpen={onOpen}
    >
      {(at) => {
        const row = rows[at];
        return row ? <Cells row={row} /> : null;
      }}
    </LongTable>
  );
}

function Cells({ row }: { readonly row: SetRow }): ReactNode {
  const { page: words, problems } = useFormatsWords();
  const { patterns } = useReviewWords();
  const number = (
    <span role="cell" className="tabular text-ink-faint">
      {row.index + 1}
    </span>
  );
  if (row.problem !== undefined) {
    return (
      <>
        {number}
        <span role="cell" title={words.notRead}>
          <TriangleAlert size={16} aria-label={words.notRead} className="text-caution" />
        </span>
        <span role="cell" className="truncate text-caution">
          {say(problems, row.problem)}
        </span>
      </>
    );
  }
  const { facts } = row;
  return (
    <>
      {number}
      <span role="cell">
        <VerdictMark right={facts.verdict.right} />
      </span>
      <span role="cell" className="min-w-0">
        <span dir="auto" className="flex items-center gap-1.5">
          <span className="truncate">{firstLine(facts.question)}</span>
          {row.wanted.length > 0 ? (
            <ImageOff size={13} aria-label={words.noPicture} className="shrink-0 text-ink-faint" />
          ) : null}
        </span>
        <span className="flex items-center gap-2">
          <span dir="auto" className="min-w-0 truncate font-serif text-ink-soft">
            {facts.answer ?? words.outcomes[facts.outcome]}
          </span>
          {facts.patterns.map((id) => (
            <span
              key={id}
              data-pattern={id}
              title={patterns.named[id].meaning}
              className="shrink-0 rounded-full border border-line px-1.5 text-micro text-ink-faint max-tablet:hidden"
            >
              {patterns.named[id].name}
            </span>
          ))}
        </span>
      </span>
      <span role="cell" className={classNames('truncate text-ink-soft', WIDE_ONLY)}>
        {facts.kind}
      </span>
      <Numeral value={facts.calls} digits={0} />
      <Numeral value={facts.bestIou} digits={2} className={FROM_TABLET} />
      <Numeral value={facts.lastIou} digits={2} className={WIDE_ONLY} />
      <Numeral value={lengthOf(row)} digits={0} className={WIDE_ONLY} />
      <Numeral value={facts.rewards.told ?? facts.rewards.code} digits={2} className={WIDE_ONLY} />
    </>
  );
}

/** Options follow in lines of their own. */
export const firstLine = (question: string): string => question.trim().split('\n', 1)[0] ?? '';

const lengthOf = ({ facts }: ReadRow): number => facts.tokens ?? facts.characters;

export function VerdictMark({ right }: { readonly right: boolean | null }) {
  const { page: words } = useFormatsWords();
  if (right === null) return <CircleHelp size={16} aria-label={words.unjudged} className="text-ink-faint opacity-60" />;
  return right ? (
    <Check size={17} aria-label={words.right} className="text-accent" strokeWidth={2.5} />
  ) : (
    <X size={17} aria-label={words.wrong} className="text-danger" strokeWidth={2.5} />
  );
}

export function Numeral({
  value,
  digits,
  className,
}: {
  readonly value: number | null;
  readonly digits: number;
  readonly className?: string;
}) {
  return (
    <span role="cell" className={classNames('tabular text-right', className ?? '')}>
      {value === null ? <span className="text-ink-faint">–</span> : value.toFixed(digits)}
    </span>
  );
}

function Heads({ rows, sort, onSort }: Pick<RowListProps, 'rows' | 'sort' | 'onSort'>) {
  const { page: words } = useFormatsWords();
  const counted = rows.every((row) => row.problem !== undefined || row.facts.tokens !== null);
  const heads: readonly (readonly [SortKey, string, string])[] = [
    ['row', words.columns.row, ''],
    ['verdict', words.columns.verdict, ''],
    ['question', words.columns.question, ''],
    ['kind', words.columns.kind, WIDE_ONLY],
    ['calls', words.columns.calls, 'justify-end'],
    ['bestIou', words.columns.bestIou, `justify-end ${FROM_TABLET}`],
    ['lastIou', words.columns.lastIou, `justify-end ${WIDE_ONLY}`],
    ['length', counted ? words.columns.tokens : words.columns.characters, `justify-end ${WIDE_ONLY}`],
    ['reward', words.columns.reward, `justify-end ${WIDE_ONLY}`],
  ];
  return (
    <div role="rowgroup" className="border-b border-line-strong bg-surface [scrollbar-gutter:stable]">
      <div role="row" className={classNames(COLUMNS, 'px-4 text-small font-medium text-ink-faint tablet:px-6')}>
        {heads.map(([by, name, look]) => {
          const sorted = sort.by === by;
          const Arrow = sort.down ? ArrowDown : ArrowUp;
          return (
            <span
              key={by}
              role="columnheader"
              aria-sort={sorted ? (sort.down ? 'descending' : 'ascending') : 'none'}
              className={classNames('flex min-w-0', look)}
            >
              <button
                type="button"
                title={words.sortBy(name)}
                onClick={() => onSort({ by, down: sorted ? !sort.down : STARTS_DOWN.has(by) })}
                className={classNames('flex min-w-0 items-center gap-1 py-2 hover:text-ink', sorted ? 'text-ink' : '')}
              >
                <span className={by === 'verdict' ? 'sr-only' : 'truncate'}>{name}</span>
                {by === 'verdict' && !sorted ? <Check size={14} aria-hidden /> : null}
                {sorted ? <Arrow size={13} aria-hidden className="shrink-0" /> : null}
              </button>
            </span>
          );
        })}
      </div>
    </div>
  );
}

/** Of these the largest is what one looks for. */
const STARTS_DOWN: ReadonlySet<SortKey> = new Set(['calls', 'bestIou', 'lastIou', 'length', 'reward']);
