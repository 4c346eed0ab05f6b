'use client';
/**
 * One result with its steps: the playground's canvas, player and words, in the page's place until the person goes back. It
 * comes among their own runs only when they say so.
 */
import { ArrowLeft, LibraryBig } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { CanvasView } from '@/components/canvas';
import { RunReview } from '@/components/review';
import { PlayerBar, TrajectoryPanel, usePlayerKeys } from '@/components/trajectory';
import { Button } from '@/components/ui/button';
import type { BenchResult } from '@/lib/bench';
import { hashesOf, type Trajectory } from '@/lib/trajectory';
import { loadArchive } from '@/lib/library';
import type { KnownAnswer } from '@/lib/review';
import { openLookedAt, PlayerProvider, type LookedAt } from '@/lib/player';
import { useSessionActions } from '@/lib/session';
import { useBenchWords } from '@/lib/words/bench';

interface ResultScreenProps {
  readonly result: BenchResult;
  readonly readPicture: () => Promise<Blob>;
  readonly onBack: () => void;
}

export function ResultScreen({ result, readPicture, onBack }: ResultScreenProps) {
  const words = useBenchWords();
  const opened = useOpened(result, readPicture);
  const way = result.tools ? words.way.with : words.way.without;
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  return (
    <div className="flex h-[calc(100dvh-3.5rem)] flex-col">
      <h1 className="sr-only">{words.result.title(result.question)}</h1>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-surface px-3 py-2 tablet:px-5">
        <Button ref={back} size="small" onClick={onBack}>
          <ArrowLeft size={16} aria-hidden />
          {words.result.back}
        </Button>
        <p className="min-w-0 flex-1 text-small wrap-anywhere max-tablet:order-last max-tablet:basis-full">
          <span className="font-medium">{words.outcomes[result.outcome].name}</span>
          <span className="text-ink-soft">
            {result.right || result.given === null
              ? words.result.answers(way, result.answer)
              : words.result.answersOtherwise(way, result.answer, result.given)}
          </span>
        </p>
        <KeepButton result={result} readPicture={readPicture} />
      </div>
      {opened ? (
        <PlayerProvider player={opened.player}>
          <Steps known={result} />
        </PlayerProvider>
      ) : (
        <div aria-busy className="flex-1 bg-sunken" />
      )}
    </div>
  );
}

function Steps({ known }: { readonly known: KnownAnswer }) {
  const words = useBenchWords().result;
  usePlayerKeys();
  return (
    <div className="grid min-h-0 flex-1 grid-rows-[minmax(15rem,45dvh)_minmax(0,1fr)] desk:grid-cols-[minmax(0,1fr)_minmax(24rem,30rem)] desk:grid-rows-1">
      <section aria-label={words.picture} className="flex min-h-0 min-w-0 flex-col bg-sunken">
        <div className="relative min-h-0 flex-1">
          <CanvasView />
        </div>
        <PlayerBar className="border-t border-line bg-surface px-2 py-1.5 tablet:px-4" />
      </section>
      <section
        aria-label={words.steps}
        className="min-h-0 min-w-0 overflow-y-auto overscroll-contain border-t border-line bg-surface px-4 pb-0 desk:border-t-0 desk:border-l desk:px-6"
      >
        <TrajectoryPanel review={<RunReview known={known} />} />
      </section>
    </div>
  );
}

/** A bench's run is of one picture. */
function filesOfRun(run: Trajectory, picture: Blob): ReadonlyMap<string, Blob> {
  const [hash] = hashesOf(run);
  return new Map(hash === undefined ? [] : [[hash, picture]]);
}

function useOpened(result: BenchResult, readPicture: () => Promise<Blob>): LookedAt | null {
  const [opened, setOpened] = useState<LookedAt | null>(null);
  useEffect(() => {
    let here = true;
    let mine: LookedAt | null = null;
    void readPicture()
      .then((picture) => filesOfRun(result.trajectory, picture))
      .catch(() => new Map<string, Blob>())
      .then((files) => openLookedAt(result.trajectory, files))
      .then((made) => {
        mine = made;
        if (here) setOpened(made);
        else made.close();
      });
    return () => {
      here = false;
      mine?.close();
    };
  }, [result, readPicture]);
  return opened;
}

function KeepButton({ result, readPicture }: Pick<ResultScreenProps, 'result' | 'readPicture'>) {
  const words = useBenchWords().result;
  const { importFiles } = useSessionActions();
  const [state, setState] = useState<'offered' | 'going' | 'kept' | 'failed'>('offered');
  const keep = async () => {
    setState('going');
    try {
      const { writeRunFile } = await loadArchive();
      const text = await writeRunFile(
        result.trajectory,
        ['bench'],
        await readPicture().then(
          (picture) => filesOfRun(result.trajectory, picture),
          () => new Map<string, Blob>(),
        ),
      );
      const report = await importFiles([new File([text], 'run.json')]);
      setState(report && report.problems.length === 0 ? 'kept' : 'failed');
    } catch {
      setState('failed');
    }
  };
  return (
    <>
      <Button size="small" disabled={state === 'going' || state === 'kept'} onClick={() => void keep()}>
        <LibraryBig size={15} aria-hidden />
        {state === 'kept' ? words.kept : words.keep}
      </Button>
      <p role="status" className={state === 'failed' ? 'text-small text-danger' : 'sr-only'}>
        {state === 'kept' ? words.keptSaid : state === 'failed' ? words.notKept : ''}
      </p>
    </>
  );
}
