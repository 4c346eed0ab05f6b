/** The stages of the paper's training dynamics beside those of this run. */
import { STAGE_WINDOW, type StageSpan } from '@/lib/learn';
import { CELL, FIRST_HEAD, HEAD, ROW_HEAD, TableFrame } from '@/components/ui/table-frame';

/** DeepEyes, arXiv 2505.14362, on its training dynamics: 80 steps of a 7B model, measured on V*. */
const PAPER = [
  { stage: 1, name: 'Explores', paper: '0–20', what: 'looks more and more, at the wrong places' },
  { stage: 2, name: 'Looks often', paper: '20–45', what: 'sweeps the picture; looks begin to land' },
  { stage: 3, name: 'Looks well', paper: '45–80', what: 'fewer looks, on the target' },
] as const;

export function StageTable({ spans }: { readonly spans: readonly StageSpan[] }) {
  return (
    <TableFrame
      title="The three stages"
      note={`The stages are DeepEyes’ (arXiv 2505.14362). Which steps belong to which is told by a rule of ours, over means of ${STAGE_WINDOW} steps: the first while the IoU of looks stays below 0.2; the third once it is 0.35 or more and looks are fewer than the median so far; the second in between. Where looks a question hardly change, as here after the first steps, the border between the last two says little.`}
    >
      <thead>
        <tr>
          <th scope="col" className={FIRST_HEAD}>
            Stage
          </th>
          <th scope="col" className={`${FIRST_HEAD} max-tablet:hidden`}>
            What happens
          </th>
          <th scope="col" className={HEAD}>
            DeepEyes-7B, steps
          </th>
          <th scope="col" className={HEAD}>
            This run, steps
          </th>
        </tr>
      </thead>
      <tbody>
        {PAPER.map(({ stage, name, paper, what }) => (
          <tr key={stage}>
            <th scope="row" className={ROW_HEAD}>
              {name}
            </th>
            <td className={`${ROW_HEAD} text-ink-soft max-tablet:hidden`}>{what}</td>
            <td className={CELL}>{paper}</td>
            <td className={CELL}>{stepsOf(spans, stage)}</td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

function stepsOf(spans: readonly StageSpan[], stage: number): string {
  const mine = spans.filter((span) => span.stage === stage);
  return mine.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ') || 'never';
}
