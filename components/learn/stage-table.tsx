/** The stages of the paper's training dynamics beside those of this run. */
import { STAGE_WINDOW, type StageSpan } from '@/lib/learn';
import { useLearnWords } from '@/lib/words/learn';
import { CELL, FIRST_HEAD, HEAD, ROW_HEAD, TableFrame } from '@/components/ui/table-frame';

/** DeepEyes, arXiv 2505.14362, on its training dynamics: 80 steps of a 7B model, measured on V*. */
const PAPER = [
  { stage: 1, paper: '0–20' },
  { stage: 2, paper: '20–45' },
  { stage: 3, paper: '45–80' },
] as const;

export function StageTable({ spans }: { readonly spans: readonly StageSpan[] }) {
  const words = useLearnWords().stages;
  return (
    <TableFrame title={words.title} note={words.note(STAGE_WINDOW)}>
      <thead>
        <tr>
          <th scope="col" className={FIRST_HEAD}>
            {words.stage}
          </th>
          <th scope="col" className={`${FIRST_HEAD} max-tablet:hidden`}>
            {words.what}
          </th>
          <th scope="col" className={HEAD}>
            {words.theirSteps}
          </th>
          <th scope="col" className={HEAD}>
            {words.ourSteps}
          </th>
        </tr>
      </thead>
      <tbody>
        {PAPER.map(({ stage, paper }) => (
          <tr key={stage}>
            <th scope="row" className={ROW_HEAD}>
              {words.named[stage].name}
            </th>
            <td className={`${ROW_HEAD} text-ink-soft max-tablet:hidden`}>{words.named[stage].what}</td>
            <td className={CELL}>{paper}</td>
            <td className={CELL}>{stepsOf(spans, stage) || words.never}</td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

function stepsOf(spans: readonly StageSpan[], stage: number): string {
  const mine = spans.filter((span) => span.stage === stage);
  return mine.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
