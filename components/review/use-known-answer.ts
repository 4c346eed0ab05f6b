'use client';
/** What is accepted as the answer to a run's question, where the picture says so; null until known, and where it does not. */
import { useMemo } from 'react';
import { answerFor, type KnownAnswer } from '@/lib/review';
import { questionOf, type Trajectory } from '@/lib/trajectory';
import { useSceneOf } from './use-known-scene';

/** `own`: the person wrote it into the scene. */
export interface Known extends KnownAnswer {
  readonly own: boolean;
}

/** One run only: a component that shows another run is another one (by key). */
export function useKnownAnswer(run: Trajectory): Known | null {
  const found = useSceneOf(run);
  const question = questionOf(run);
  return useMemo(() => {
    const answer = found && answerFor(question, found.scene);
    return found && answer && { ...answer, own: found.own };
  }, [found, question]);
}
