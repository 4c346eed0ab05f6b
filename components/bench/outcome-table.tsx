/** Where it goes wrong: every kind by what came of its questions. Columns that never occurred are left out. */
import { OUTCOMES, type BenchResult } from '@/lib/bench';
import { CELL, FIRST_HEAD, HEAD, ROW_HEAD, TableFrame } from '@/components/ui/table-frame';
import { useBenchWords } from '@/lib/words/bench';
import { kindName } from './kind-name';

interface OutcomeTableProps {
  readonly title: string;
  readonly results: readonly BenchResult[];
}

export function OutcomeTable({ title, results }: OutcomeTableProps) {
  const words = useBenchWords();
  const columns = OUTCOMES.filter((outcome) => results.some((result) => result.outcome === outcome));
  const kinds = [...new Set(results.map(({ kind }) => kind))];
  const count = (kind: string | null, outcome: string) =>
    results.filter((result) => (kind === null || result.kind === kind) && result.outcome === outcome).length;
  return (
    <TableFrame
      title={title}
      note={
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
          {columns.map((outcome) => (
            <div key={outcome} className="contents">
              <dt className="font-medium">{words.outcomes[outcome].name}</dt>
              <dd>{words.outcomes[outcome].meaning}</dd>
            </div>
          ))}
        </dl>
      }
    >
      <thead>
        <tr>
          <th scope="col" className={FIRST_HEAD}>
            {words.kind}
          </th>
          {columns.map((outcome) => (
            <th key={outcome} scope="col" className={HEAD}>
              {words.outcomes[outcome].name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[null, ...kinds].map((kind) => (
          <tr key={kind ?? ''} className={kind === null ? 'font-semibold' : ''}>
            <th scope="row" className={`${ROW_HEAD} ${kind === null ? 'font-semibold' : 'font-normal'}`}>
              {kind === null ? words.all : kindName(words, kind)}
            </th>
            {columns.map((outcome) => {
              const found = count(kind, outcome);
              return (
                <td key={outcome} className={`${CELL} ${found === 0 ? 'text-ink-faint' : ''}`}>
                  {found}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
