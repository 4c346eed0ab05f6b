/** Percent right by kind: with tools, without, and what looking closer gains. */
import type { Share, Summary } from '@/lib/bench';
import { WayHeads } from './way-heads';
import { kindName } from './kind-name';
import { useBenchWords } from '@/lib/words/bench';
import type { Words } from '@/lib/words';
import { CELL, FIRST_HEAD, HEAD, ROW_HEAD, TableFrame } from '@/components/ui/table-frame';
import { percent } from '@/components/ui/numbers';

interface Row {
  readonly name: string;
  readonly withTools: Share | undefined;
  readonly without: Share | undefined;
  readonly strong?: boolean;
}

function rowsOf({ withTools, without }: Summary, words: Words['bench']): readonly Row[] {
  const kinds = new Set([...Object.keys(withTools?.byKind ?? {}), ...Object.keys(without?.byKind ?? {})]);
  return [
    { name: words.all, withTools: withTools ?? undefined, without: without ?? undefined, strong: true },
    { name: words.right.needCloser, withTools: withTools?.needsZoom, without: without?.needsZoom },
    { name: words.right.needNone, withTools: withTools?.needsNoZoom, without: without?.needsNoZoom },
    ...[...kinds].map((kind) => ({
      name: kindName(words, kind),
      withTools: withTools?.byKind[kind],
      without: without?.byKind[kind],
    })),
  ];
}

function gapOf({ withTools, without }: Row): string {
  const [a, b] = [withTools?.accuracy ?? null, without?.accuracy ?? null];
  if (a === null || b === null) return '–';
  const points = 100 * (a - b);
  return `${points > 0 ? '+' : points < 0 ? '−' : ''}${Math.abs(points).toFixed(1)}`;
}

export function KindTable({ summary }: { readonly summary: Summary }) {
  const words = useBenchWords();
  const both = summary.withTools !== null && summary.without !== null;
  return (
    <TableFrame title={words.right.title}>
      <thead>
        <tr>
          <th scope="col" className={FIRST_HEAD}>
            {words.kind}
          </th>
          <th scope="col" className={HEAD}>
            {words.right.asked}
          </th>
          <WayHeads withTools={summary.withTools !== null} without={summary.without !== null} />
          {both ? (
            <th scope="col" className={HEAD}>
              {words.right.gap}
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {rowsOf(summary, words).map((row) => (
          <tr key={row.name} className={row.strong ? 'font-semibold' : ''}>
            <th scope="row" className={`${ROW_HEAD} ${row.strong ? 'font-semibold' : 'font-normal'}`}>
              {row.name}
            </th>
            <td className={`${CELL} text-ink-soft`}>{Math.max(row.withTools?.n ?? 0, row.without?.n ?? 0)}</td>
            {summary.withTools ? <td className={CELL}>{percent(row.withTools?.accuracy)}</td> : null}
            {summary.without ? <td className={CELL}>{percent(row.without?.accuracy)}</td> : null}
            {both ? <td className={CELL}>{gapOf(row)}</td> : null}
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
