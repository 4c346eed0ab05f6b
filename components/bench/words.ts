/** Kinds, outcomes and numbers as a person would say them. */
import type { BenchPhase, Outcome } from '@/lib/bench';

const KINDS: Readonly<Record<string, string>> = {
  'read-tag': 'Read a tag',
  'tag-color': 'Colour of a tag',
  'dot-color': 'Colour of dots',
  'count-dots': 'Count dots',
  'larger-number': 'Larger number',
  'left-right': 'Left or right',
  'above-below': 'Above or below',
  exists: 'Is it there?',
  vstar: 'V*',
};

export const kindName = (kind: string): string => KINDS[kind] ?? kind;

interface OutcomeWords {
  /** Heads a column. */
  readonly name: string;
  readonly meaning: string;
}

export const OUTCOME_WORDS = {
  right: { name: 'Right', meaning: 'one of the accepted answers' },
  misread: { name: 'Misread', meaning: 'all it was asked about was in crops, and the answer is wrong' },
  'wrong-look': { name: 'Wrong look', meaning: 'it looked closer, but what it was asked about was in no crop' },
  'no-look': { name: 'No look', meaning: 'a closer look was needed, and there was none' },
  malformed: { name: 'Bad call', meaning: 'a call could not be read or carried out' },
  'no-answer': { name: 'No answer', meaning: 'the run ended without one' },
  'wrong-plain': { name: 'Wrong', meaning: 'the answer is wrong, and no closer look was called for' },
  failed: { name: 'Failed', meaning: 'an error ended the run' },
} as const satisfies Record<Outcome, OutcomeWords>;

export const PHASE_WORDS = {
  idle: '',
  loading: 'Loading the model.',
  running: 'Running.',
  pausing: 'Pausing after this question.',
  paused: 'Paused. Nothing is lost.',
  done: 'Finished.',
  stopped: 'Stopped. What was finished is kept below.',
  failed: 'It could not go on. What was finished is kept below.',
} as const satisfies Record<BenchPhase, string>;

/** Of a model that cannot be loaded yet. */
export const WAITING = 'Waiting for another page of Loupe to finish: there is room for one model.';

/** "1 question", "24 questions". */
export const countOf = (count: number, one: string): string =>
  `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
