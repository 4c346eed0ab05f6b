/** What the paper's training came to, beside this run's. */
import type { TrainingRecord } from '@/lib/learn';
import { decimal, percent } from '@/components/ui/numbers';
import { CELL, FIRST_HEAD, HEAD, ROW_HEAD, TableFrame } from '@/components/ui/table-frame';

/** DeepEyes, arXiv 2505.14362: V* before and after, and what it measured of the trained 7B model. Ours from the checkpoints. */
export function PaperTable({ checkpoints }: Pick<TrainingRecord, 'checkpoints'>) {
  const [first, last] = [checkpoints[0], checkpoints.at(-1)];
  const rows = [
    {
      name: 'Right, %',
      paper: '71.2 → 90.1',
      ours: `${percent(first?.zoomAccuracy)} → ${percent(last?.zoomAccuracy)}`,
    },
    { name: 'IoU of looks', paper: '0.37', ours: decimal(last?.iou) },
    {
      name: 'Tokens an answer',
      paper: '212 → 241',
      ours: `${decimal(first?.tokens, 0)} → ${decimal(last?.tokens, 0)}`,
    },
  ];
  return (
    <TableFrame
      title="Beside the paper"
      note="DeepEyes: V*, photographs, a model of 7 billion parameters that could read before. This run: our tagged scenes, questions that need a closer look, before the run and after. The tasks differ; the direction is what can be compared."
    >
      <thead>
        <tr>
          {['', 'DeepEyes-7B', 'This run'].map((name, i) => (
            <th key={name} scope="col" className={i === 0 ? FIRST_HEAD : HEAD}>
              {name || <span className="sr-only">What</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, paper, ours }) => (
          <tr key={name}>
            <th scope="row" className={ROW_HEAD}>
              {name}
            </th>
            <td className={CELL}>{paper}</td>
            <td className={CELL}>{ours}</td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
