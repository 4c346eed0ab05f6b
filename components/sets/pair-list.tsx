'use client';
/** Pairs of rows as a table: what was asked, what either answered and whether that was right. */
import { classNames } from '@/components/ui/class-names';
import type { ReadRow } from '@/lib/formats';
import { useFormatsWords } from '@/lib/words/formats';
import type { RowPair } from './arrange-pairs';
import { LongTable } from './long-table';
import { firstLine, Numeral, VerdictMark } from './row-list';

const COLUMNS =
  'grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] content-center gap-x-3 tablet:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_minmax(0,1fr)] wide:gap-x-5 wide:grid-cols-[3.5rem_minmax(0,1.4fr)_minmax(0,1fr)_3rem_4rem_minmax(0,1fr)_3rem_4rem]';
const FROM_TABLET = 'max-tablet:hidden';
const WIDE_ONLY = 'max-wide:hidden';

interface PairListProps {
  readonly pairs: readonly RowPair[];
  readonly onOpen: (pair: number) => void;
}

export function PairList({ pairs, onOpen }: PairListProps) {
  const { page } = useFormatsWords();
  const words = page.pairs;
  return (
    <LongTable
      label={words.table}
      count={pairs.length}
      columns={COLUMNS}
      heads={<Heads />}
      idOf={(at) => pairs[at]?.index ?? at}
      onOpen={onOpen}
    >
      {(at) => {
        const pair = pairs[at];
        if (!pair) return null;
        const { left, right } = pair;
        return (
          <>
            <span role="cell" className={classNames('tabular text-ink-faint', WIDE_ONLY)}>
              {pair.index + 1}
            </span>
            <span role="cell" dir="auto" className="truncate max-tablet:col-span-2">
              {firstLine((left ?? right)?.facts.question ?? '')}
            </span>
            <Side row={left} />
            <Side row={right} />
          </>
        );
      }}
    </LongTable>
  );
}

function Side({ row }: { readonly row: ReadRow | null }) {
  const { page } = useFormatsWords();
  return (
    <>
      <span role="cell" className="flex min-w-0 items-center gap-2">
        {row ? (
          <>
            <span className="shrink-0">
              <VerdictMark right={row.facts.verdict.right} />
            </span>
            <span dir="auto" className="truncate font-serif text-ink-soft">
              {row.facts.answer ?? page.outcomes[row.facts.outcome]}
            </span>
          </>
        ) : (
          <span className="text-ink-faint">{page.pairs.missing}</span>
        )}
      </span>
      <Numeral value={row?.facts.calls ?? null} digits={0} className={WIDE_ONLY} />
      <Numeral value={row?.facts.bestIou ?? null} digits={2} className={WIDE_ONLY} />
    </>
  );
}

function Heads() {
  const { page } = useFormatsWords();
  const { pairs: words, columns } = page;
  const heads: readonly (readonly [string, string])[] = [
    [columns.row, WIDE_ONLY],
    [words.question, FROM_TABLET],
    [words.left, ''],
    [columns.calls, `text-right ${WIDE_ONLY}`],
    [columns.bestIou, `text-right ${WIDE_ONLY}`],
    [words.right, ''],
    [columns.calls, `text-right ${WIDE_ONLY}`],
    [columns.bestIou, `text-right ${WIDE_ONLY}`],
  ];
  return (
    <div role="rowgroup" className="border-b border-line-strong bg-surface [scrollbar-gutter:stable]">
      <div role="row" className={classNames(COLUMNS, 'px-4 text-small font-medium text-ink-faint tablet:px-6')}>
        {heads.map(([name, look], at) => (
          <span key={at} role="columnheader" className={classNames('truncate py-2', look)}>
            {name}
          </span>
        ))}
      </div>
    </div>
  );
}
