/** How often each way was right, each with its interval on one scale with what a guess would have, and how far the gap may be chance's. */
import type { ReactNode } from 'react';
import type { BothWays } from '@/lib/review';
import { useReviewWords } from '@/lib/words/review';
import { sentences } from '@/lib/words/sentences';

interface BothWaysTableProps {
  readonly found: BothWays;
  /** How often a guess would be right, 0 to 1; null where nobody knows. */
  readonly chance: number | null;
}

export function BothWaysTable({ found, chance }: BothWaysTableProps): ReactNode {
  const { column, whatIf } = useReviewWords();
  const words = whatIf.many;
  const row = (name: string, said: string, share: number, interval: readonly [number, number] | null) => (
    <tr key={name}>
      <th scope="row" className="py-1 pr-3 text-left font-normal whitespace-nowrap text-ink-soft">
        {name}
      </th>
      <td className="py-1 pr-3 whitespace-nowrap">{said}</td>
      <td className="w-full min-w-20 py-1">
        <span aria-hidden className="relative block h-3">
          <span className="absolute inset-x-0 top-1.25 h-0.5 rounded-full bg-line" />
          {interval ? (
            <span
              className="absolute top-0.5 h-2 rounded-full bg-accent-wash outline outline-accent/40"
              style={{ left: percent(interval[0]), width: percent(interval[1] - interval[0]) }}
            />
          ) : null}
          <span
            className={`absolute top-0.5 size-2 -translate-x-1/2 rounded-full ${interval ? 'bg-accent' : 'border border-ink-faint bg-surface'}`}
            style={{ left: percent(share) }}
          />
        </span>
        {interval ? <span className="sr-only">{words.between(...interval)}</span> : null}
      </td>
    </tr>
  );
  const way = (name: string, { hits, n, interval }: BothWays['free']) =>
    row(name, found.answer === null ? words.right(hits, n) : words.same(hits, n, found.answer), hits / n, interval);
  return (
    <div data-finding={found.finding} className="mt-1">
      <table aria-label={words.label} className="tabular w-full border-collapse text-small">
        <tbody>
          {way(column.with, found.free)}
          {way(column.without, found.blind)}
          {chance === null ? null : row(words.guess, words.guessed(chance), chance, null)}
        </tbody>
      </table>
      <p className="mt-0.5 text-micro text-ink-faint">
        {sentences(words.bars, found.finding === 'no-gap' ? '' : words.byChance(found.byChance))}
      </p>
    </div>
  );
}

const percent = (share: number): string => `${100 * share}%`;
