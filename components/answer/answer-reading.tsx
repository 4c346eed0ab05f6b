'use client';
/**
 * Under a run whose answer points at something: how it was read, and the one switch for all of it. What is chosen is kept with the run.
 */
import { useMemo, type ReactNode } from 'react';
import { answerReading, readAnswer, readAnswersAgain, type MarksChoice, type Range } from '@/lib/notations';
import { usePlayer, usePlayerStore } from '@/lib/player';
import { useSessionActions } from '@/lib/session';
import type { Trajectory } from '@/lib/trajectory';
import { useAnswerWords } from '@/lib/words/answer';
import { ReadingFields } from './reading-fields';

const RANGE_OF_FRAME: Readonly<Record<string, Range>> = {
  thousandths: 1000,
  fractions: 1,
  'original-pixels': 'pixels',
  'resized-pixels': 'seen-pixels',
};

/** The first answer that points at something, as it is read now. */
function readingOf(run: Trajectory, choice: MarksChoice) {
  for (const [index, step] of run.steps.entries()) {
    if (step.type !== 'answer') continue;
    const read = readAnswer(run, index, step.text, choice, run.models[step.model ?? 0]?.name);
    const { offered, outside } = read.notes;
    if (step.marks?.length || offered > 0 || outside > 0) return read;
  }
  return null;
}

export function AnswerReading(): ReactNode {
  const player = usePlayerStore();
  const run = usePlayer((state) => (state.live ? null : state.run));
  const { keepShown } = useSessionActions();
  const { reading: words } = useAnswerWords();
  const choice = useMemo(() => (run ? choiceOf(run) : {}), [run]);
  const read = useMemo(() => run && readingOf(run, choice), [run, choice]);
  if (!run || !read) return null;
  const choose = (next: MarksChoice) => {
    player.grow(readAnswersAgain(run, next));
    void keepShown();
  };
  return (
    <section aria-label={words.title} className="mt-3 ml-10 rounded-m border border-line bg-raised px-3.5 py-3">
      <ReadingFields read={read} choice={choice} onChoice={choose} />
    </section>
  );
}

/** What a person chose, as far as the document says: of its marks. */
function choiceOf(run: Trajectory): MarksChoice {
  const read = answerReading(run);
  if (read?.by !== 'person') return {};
  const range = RANGE_OF_FRAME[read.frame];
  const order = (['xyxy', 'yxyx', 'xywh', 'cxcywh'] as const).find((one) => one === read.order);
  return { ...(range !== undefined && { range }), ...(order && order !== 'xyxy' && { order }) };
}
