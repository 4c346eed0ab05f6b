/** What the paper's training came to, beside this run's. */
import type { TrainingRecord } from '@/lib/learn';
import { useLearnWords } from '@/lib/words/learn';
import { decimal, percent } from '@/components/ui/numbers';
import { CELL, FIRST_HEAD, HEAD, ROW_HEAD, TableFrame } from '@/components/ui/table-frame';

/** DeepEyes, arXiv 2505.14362: V* before and after, and what it measured of the trained 7B model. Ours from the checkpoints. */
export function PaperTable({ checkpoints }: Pick<TrainingRecord, 'checkpoints'>) {
  const words = useLearnWords().paper;
  const [first, last] = [checkpoints[0], checkpoints.at(-1)];
  const rows = [
    {
      name: words.right,
      paper: '71.2 → 90.1',
      ours: `${percent(first?.zoomAccuracy)} → ${percent(last?.zoomAccuracy)}`,
    },
    { name: words.iou, paper: '0.37', ours: decimal(last?.iou) },
    {
      name: words.tokens,
      paper: '212 → 241',
      ours: `${decimal(first?.tokens, 0)} → ${decimal(last?.tokens, 0)}`,
    },
  ];
  return (
    <TableFrame title={words.title} note={words.note}>
      <thead>
        <tr>
          {['', words.theirs, words.ours].map((name, i) => (
            <th key={name} scope="col" className={i === 0 ? FIRST_HEAD : HEAD}>
              {name || <span className="sr-only">{words.what}</span>}
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
