'use client';
/** Some runs that came together, two of them side by side: which two is chosen above. */
import { useState, type ReactNode } from 'react';
import { answerOf, type FileHash, type Trajectory } from '@/lib/trajectory';
import { useCompareWords } from '@/lib/words/compare';
import { Compared } from './compared';
import { useGivenPair } from './use-pair';

interface GivenRunsProps {
  /** Two at least. */
  readonly runs: readonly Trajectory[];
  readonly files: ReadonlyMap<FileHash, Blob>;
}

export function GivenRuns({ runs, files }: GivenRunsProps): ReactNode {
  const words = useCompareWords();
  const [chosen, setChosen] = useState({ a: 1, b: 0 });
  const [a, b] = [runs[chosen.a] ?? runs[0], runs[chosen.b] ?? runs[0]];
  if (!a || !b) return null;
  return (
    <main className="flex min-h-0 flex-1 flex-col">
      <h1 className="sr-only">{words.title}</h1>
      {runs.length > 2 ? (
        <div className="flex gap-2 border-b border-line bg-surface px-3 py-1.5 tablet:px-4">
          {(['a', 'b'] as const).map((side) => (
            <select
              key={side}
              aria-label={words.side[side]}
              value={chosen[side]}
              onChange={(event) => setChosen({ ...chosen, [side]: Number(event.currentTarget.value) })}
              className="h-8 min-w-0 flex-1 rounded-m border border-line-strong bg-surface px-2 text-small touch:h-10"
            >
              {runs.map((run, index) => (
                <option key={run.id} value={index} className="bg-raised text-ink">
                  {words.run(index + 1, answerOf(run)?.trim() ?? '')}
                </option>
              ))}
            </select>
          ))}
        </div>
      ) : null}
      <Opened key={`${a.id} ${b.id}`} {...{ a, b, files }} />
    </main>
  );
}

function Opened({
  a,
  b,
  files,
}: Pick<GivenRunsProps, 'files'> & { readonly a: Trajectory; readonly b: Trajectory }): ReactNode {
  const words = useCompareWords();
  const pair = useGivenPair(a, b, files);
  return pair ? (
    <Compared pair={pair} kept={false} />
  ) : (
    <p aria-busy className="p-6 text-ink-faint">
      {words.opening}
    </p>
  );
}
