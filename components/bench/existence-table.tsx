/** What a question costs, and how well the model says whether something is there at all, with tools and without. */
import type { Column, Summary } from '@/lib/bench';
import { useBenchWords } from '@/lib/words/bench';
import type { Words } from '@/lib/words';
import { CELL, FIRST_HEAD, ROW_HEAD, TableFrame } from '@/components/ui/table-frame';
import { decimal, percent } from '@/components/ui/numbers';
import { WayHeads } from './way-heads';

type Named = keyof Words['bench']['cost'];

const COST: readonly (readonly [Named, (column: Column) => string])[] = [
  ['tokens', (column) => decimal(column.tokensPerQuestion, 1)],
  ['seconds', (column) => decimal(column.secondsPerQuestion)],
];

const EXISTENCE: typeof COST = [
  ['f1', ({ existence }) => percent(existence?.f1)],
  ['precision', ({ existence }) => percent(existence?.precision)],
  ['recall', ({ existence }) => percent(existence?.recall)],
  ['saysYes', ({ existence }) => percent(existence?.yesRatio)],
];

export function ExistenceTable({ summary: { withTools, without } }: { readonly summary: Summary }) {
  const words = useBenchWords().cost;
  const rows = (withTools ?? without)?.existence ? [...COST, ...EXISTENCE] : COST;
  return (
    <TableFrame title={words.title}>
      <thead>
        <tr>
          <th scope="col" className={FIRST_HEAD}>
            {words.what}
          </th>
          <WayHeads withTools={withTools !== null} without={without !== null} />
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row" className={`${ROW_HEAD} font-normal`}>
              {words[name]}
            </th>
            {withTools ? <td className={CELL}>{value(withTools)}</td> : null}
            {without ? <td className={CELL}>{value(without)}</td> : null}
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
