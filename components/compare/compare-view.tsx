'use client';
/** `/compare?a=…&b=…`: two runs side by side, kept ones by their ids, others by addresses that `readOther` knows. */
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { buttonClass } from '@/components/ui/button';
import { useSession } from '@/lib/session';
import { useCompareWords } from '@/lib/words/compare';
import { Compared } from './compared';
import { usePair, type Pair, type ReadOther } from './use-pair';

interface CompareViewProps {
  readonly banner: ReactNode;
  readonly readOther?: ReadOther;
  /** What can be done with both, at the end of their bar. */
  readonly tools?: (pair: Pair) => ReactNode;
}

export function CompareView({ banner, readOther, tools }: CompareViewProps): ReactNode {
  const words = useCompareWords();
  const given = useSearchParams();
  const pair = usePair(given.get('a') ?? '', given.get('b') ?? '', readOther);
  const runs = useSession((state) => state.runs);
  const kept = ['a', 'b'].every((side) => runs.some(({ id }) => id === given.get(side)));
  return (
    <main className="flex min-h-0 flex-1 flex-col">
      <h1 className="sr-only">{words.title}</h1>
      {banner}
      {pair === null ? (
        <p aria-busy className="p-6 text-ink-faint">
          {words.opening}
        </p>
      ) : pair === 'missing' ? (
        <div className="m-auto flex max-w-md flex-col items-center gap-3 p-6 text-center">
          <p className="font-serif text-title">{words.missing}</p>
          <p className="text-ink-soft">{words.missingAdvice}</p>
          <Link href="/library" className={buttonClass('outline')}>
            {words.library}
          </Link>
        </div>
      ) : (
        <Compared key={`${pair.a.run.id} ${pair.b.run.id}`} pair={pair} kept={kept} tools={tools?.(pair)} />
      )}
    </main>
  );
}
