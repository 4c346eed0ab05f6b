/** RealX-Bench's columns, a row for each way of searching, beside the paper's. */
import { columnsOf, PAPER, REALX_COLUMNS, type BenchResult } from '@/lib/bench';
import { intervalOfShare } from '@/lib/scene';
import { useBenchWords } from '@/lib/words/bench';
import { CELL, FIRST_HEAD, HEAD, ROW_HEAD, TableFrame } from '@/components/ui/table-frame';
import { percent } from '@/components/ui/numbers';

export function RealXTable({ results }: { readonly results: readonly BenchResult[] }) {
  const words = useBenchWords().realX;
  const labelled = results.flatMap(({ abilities, right, search }) => (abilities ? [{ abilities, right, search }] : []));
  const rows = columnsOf(labelled);
  if (rows.length === 0) return null;
  return (
    <TableFrame title={words.title} note={words.about}>
      <thead>
        <tr>
          <th scope="col" className={FIRST_HEAD}>
            {words.searches}
          </th>
          {REALX_COLUMNS.map((column) => (
            <th key={column} scope="col" className={HEAD}>
              {words.columns[column]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.way}>
            <th scope="row" className={`${ROW_HEAD} font-semibold`}>
              {words.ways[row.way]}
            </th>
            {REALX_COLUMNS.map((column) => {
              const { n, right } = row[column];
              const interval = intervalOfShare(right, n);
              return (
                <td key={column} className={CELL}>
                  {n === 0 ? '–' : percent(right / n)}
                  <span className="block text-micro font-normal text-ink-faint">
                    {interval ? words.interval(percent(interval[0]), percent(interval[1]), n) : null}
                  </span>
                </td>
              );
            })}
          </tr>
        ))}
        {PAPER.map(({ model, way, shares }) => (
          <tr key={`${model} ${way}`} className="text-ink-soft">
            <th scope="row" className={`${ROW_HEAD} font-normal`}>
              {words.paper(model, words.ways[way])}
            </th>
            {shares.map((share, at) => (
              <td key={REALX_COLUMNS[at]} className={CELL}>
                {share === null ? '–' : percent(share / 100)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
