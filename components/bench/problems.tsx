/** Files that are not used and why: folded away, so that what is used stays in sight. */
import type { DataProblem } from '@/lib/bench';
import { countOf } from './words';

const MOST = 50;

export function Problems({ title, problems }: { readonly title: string; readonly problems: readonly DataProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <details className="mt-2 rounded-m bg-caution-wash px-3 py-2 text-small">
      <summary className="font-medium">
        {title}: {countOf(problems.length, 'file')}
      </summary>
      <ul className="mt-1.5 flex flex-col gap-1 text-ink-soft">
        {problems.slice(0, MOST).map(({ file, reason }) => (
          <li key={file} className="wrap-anywhere">
            {file}: {reason}
          </li>
        ))}
        {problems.length > MOST ? <li>and {problems.length - MOST} more</li> : null}
      </ul>
    </details>
  );
}
