/** Files that are not used and why: folded away, so that what is used stays in sight. */
import type { DataProblem } from '@/lib/bench';
import { useBenchWords } from '@/lib/words/bench';
import { useCommonWords } from '@/lib/words/common';
import { useReason } from './use-reason';

const MOST = 50;

export function Problems({ title, problems }: { readonly title: string; readonly problems: readonly DataProblem[] }) {
  const { problemsOf } = useBenchWords();
  const { andMore } = useCommonWords();
  const reasonText = useReason();
  if (problems.length === 0) return null;
  return (
    <details className="mt-2 rounded-m bg-caution-wash px-3 py-2 text-small">
      <summary className="font-medium">{problemsOf(title, problems.length)}</summary>
      <ul className="mt-1.5 flex flex-col gap-1 text-ink-soft">
        {problems.slice(0, MOST).map((problem) => (
          <li key={problem.file} className="wrap-anywhere">
            {problem.file}: {reasonText(problem)}
          </li>
        ))}
        {problems.length > MOST ? <li>{andMore(problems.length - MOST)}</li> : null}
      </ul>
    </details>
  );
}
