/** Percent right by kind, each with its interval, beside what a guess would have: with tools, without, and what looking closer gains. */
import type { Share, Summary } from '@/lib/bench';
import { chanceOf, intervalOfShare, QUESTION_KINDS } from '@/lib/scene';
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
  /** What a guess would have; undefined where that is not one number. */
  readonly chance?: number | null | undefined;
}

function chanceOfKind(kind: string): number | null {
  const known = QUESTION_KINDS.find((one) => one === kind);
  return known ? chanceOf(known) : null;
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
      chance: chanceOfKind(kind),
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
    <TableFrame title={words.right.title} note={words.right.about}>
      <thead>
        <tr>
          <th scope="col" className={FIRST_HEAD}>
            {words.kind}
          </th>
          <th scope="col" className={HEAD}>
            {words.right.asked}
          </th>
          <WayHeads withTools={summary.withTools !== null} without={summary.without !== null} />
          <th scope="col" className={HEAD}>
            {words.right.chance}
          </th>
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
            {summary.withTools ? <Accuracy share={row.withTools} /> : null}
            {summary.without ? <Accuracy share={row.without} /> : null}
            <td className={`${CELL} font-normal text-ink-soft`}>
              {row.chance === undefined ? '' : percent(row.chance)}
            </td>
            {both ? <td className={CELL}>{gapOf(row)}</td> : null}
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

function Accuracy({ share }: { readonly share: Share | undefined }) {
  const interval = share && intervalOfShare(share.right, share.n);
  return (
    <td className={CELL}>
      {percent(share?.accuracy)}
      {interval ? (
        <span className="block text-micro font-normal text-ink-faint">
          {percent(interval[0])}–{percent(interval[1])}
        </span>
      ) : null}
    </td>
  );
}
