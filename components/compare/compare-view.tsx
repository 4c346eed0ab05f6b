'use client';
/** `/compare?a=…&b=…`: two kept runs side by side on one cursor; on a phone one beside the other, a swipe apart. */
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useMemo, useState, type ReactNode } from 'react';
import { CameraLinkContext, createCameraLink } from '@/components/canvas';
import { buttonClass } from '@/components/ui/button';
import { useCompareWords } from '@/lib/words/compare';
import { CompareBar } from './compare-bar';
import { Differences } from './differences';
import { Side } from './side';
import { useLinkedCursor, usePair, type Pair } from './use-pair';

export function CompareView({ banner }: { readonly banner: ReactNode }): ReactNode {
  const words = useCompareWords();
  const given = useSearchParams();
  const pair = usePair(given.get('a') ?? '', given.get('b') ?? '');
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
        <Compared key={`${pair.a.run.id} ${pair.b.run.id}`} pair={pair} />
      )}
    </main>
  );
}

function Compared({ pair }: { readonly pair: Pair }): ReactNode {
  const cursor = useLinkedCursor(pair);
  const [linked, setLinked] = useState(true);
  const [overlay, setOverlay] = useState(false);
  const link = useMemo(() => createCameraLink(), []);
  const moment = cursor.moments[cursor.at];
  return (
    <CameraLinkContext value={linked ? link : null}>
      <CompareBar {...{ pair, cursor, linked, overlay }} onLinked={setLinked} onOverlay={setOverlay} />
      {moment ? <Differences {...{ pair, moment, overlay }} /> : null}
      <div className="flex min-h-0 flex-1 snap-x snap-mandatory overflow-x-auto overscroll-x-contain tablet:overflow-x-hidden">
        <Side side="a" opened={pair.a} />
        <Side side="b" opened={pair.b} />
      </div>
    </CameraLinkContext>
  );
}
