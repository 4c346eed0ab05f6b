'use client';
/** Whether the answer is right, in one line, where the picture tells: in a scene of one's own as what one wrote into it. */
import type { ReactNode } from 'react';
import { isRight } from '@/lib/scene';
import type { KnownAnswer } from '@/lib/review';
import { answerOf, type Trajectory } from '@/lib/trajectory';
import { useReviewWords } from '@/lib/words/review';
import { Verdict } from './verdict';

interface WroteProps {
  readonly run: Trajectory;
  readonly known: KnownAnswer;
  readonly own: boolean;
}

export function Wrote({ run, known, own }: WroteProps): ReactNode {
  const words = useReviewWords().known;
  const read = answerOf(run)?.trim() ?? '';
  const isTag = known.kind === 'read-tag';
  const text = own && isTag ? words.wrote(known.answer, read) : words.is(known.answer);
  return (
    <p className="ml-10 flex flex-wrap items-baseline gap-x-2 text-small">
      <Verdict right={isRight(read, known.accepted)} />
      <span dir="auto" className="text-ink-soft">
        {text}
      </span>
    </p>
  );
}
