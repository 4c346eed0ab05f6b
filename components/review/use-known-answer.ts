'use client';
/** What is accepted as the answer to a run's question, where the picture says so; null until known, and where it does not. */
import { useEffect, useState } from 'react';
import { answerFor, type KnownAnswer } from '@/lib/review';
import { usePlayer } from '@/lib/player';
import { mainPicture, questionOf, type Trajectory } from '@/lib/trajectory';
import { knownScene } from './known-scene';

/** `own`: the person wrote it into the scene. */
export interface Known extends KnownAnswer {
  readonly own: boolean;
}

/** One run only: a component that shows another run is another one (by key). */
export function useKnownAnswer(run: Trajectory): Known | null {
  const source = usePlayer((state) => state.source);
  const question = questionOf(run);
  const file = mainPicture(run)?.file;
  const hash = file?.hash ?? null;
  const mimeType = file?.mimeType ?? '';
  const bytes = source && source.ref.hash === hash ? source.bytes : null;
  const [known, setKnown] = useState<Known | null>(null);
  useEffect(() => {
    if (hash === null) return;
    let here = true;
    void knownScene({ hash, mimeType }, bytes).then((found) => {
      const answer = found && answerFor(question, found.scene);
      if (here) setKnown(found && answer && { ...answer, own: found.own });
    });
    return () => {
      here = false;
    };
  }, [question, hash, mimeType, bytes]);
  return known;
}
