'use client';
/** What is accepted as the answer to a run's question, where the picture says so; null until known, and where it does not. */
import { useEffect, useState } from 'react';
import { answerFor, type KnownAnswer } from '@/lib/review';
import { usePlayer } from '@/lib/player';
import { mainPicture, questionOf, type Trajectory } from '@/lib/trajectory';
import { knownQuestions } from './known-questions';

/** One run only: a component that shows another run is another one (by key). */
export function useKnownAnswer(run: Trajectory): KnownAnswer | null {
  const source = usePlayer((state) => state.source);
  const question = questionOf(run);
  const file = mainPicture(run)?.file;
  const hash = file?.hash ?? null;
  const mimeType = file?.mimeType ?? '';
  const bytes = source && source.ref.hash === hash ? source.bytes : null;
  const [known, setKnown] = useState<KnownAnswer | null>(null);
  useEffect(() => {
    if (hash === null) return;
    let here = true;
    void knownQuestions({ hash, mimeType }, bytes).then((questions) => {
      if (here) setKnown(answerFor(question, questions));
    });
    return () => {
      here = false;
    };
  }, [question, hash, mimeType, bytes]);
  return known;
}
