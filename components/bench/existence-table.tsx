/** What a question costs, and how well the model says whether something is there at all, with tools and without. */
import type { Column, Summary } from '@/lib/bench';
import { CELL, FIRST_HEAD, ROW_HEAD, TableFrame } from '@/components/ui/table-frame';
import { decimal, percent } from '@/components/ui/numbers';
import { WayHeads } from './way-heads';

const COST: readonly (readonly [string, (column: Column) => string])[] = [
  ['Tokens a question', (column) => decimal(column.tokensPerQuestion, 1)],
  ['Seconds a question', (column) => decimal(column.secondsPerQuestion)],
];

const EXISTENCE: typeof COST = [
  ['“Is it there?” F1, percent', ({ existence }) => percent(existence?.f1)],
  ['Precision', ({ existence }) => percent(existence?.precision)],
  ['Recall', ({ existence }) => percent(existence?.recall)],
  ['Says yes', ({ existence }) => percent(existence?.yesRatio)],
];

export function ExistenceTable({ summary: { withTools, without } }: { readonly summary: Summary }) {
  const rows = (withTools ?? without)?.existence ? [...COST, ...EXISTENCE] : COST;
  return (
    <TableFrame title="Cost and existence">
      <thead>
        <tr>
          <th scope="col" className={FIRST_HEAD}>
            What
          </th>
          <WayHeads withTools={withTools !== null} without={without !== null} />
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row" className={`${ROW_HEAD} font-normal`}>
              {name}
            </th>
            {withTools ? <td className={CELL}>{value(withTools)}</td> : null}
            {without ? <td className={CELL}>{value(without)}</td> : null}
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
