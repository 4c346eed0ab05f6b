/**
 * What is accepted as the answer to a question, where the picture's questions are known (docs/scene-format.md). A question is
 * known by its words: one that is put differently is another question, whose answer nobody gave.
 */
import type { SceneQuestion } from '@/lib/scene';

export interface KnownAnswer extends Pick<SceneQuestion, 'kind' | 'answer' | 'needsZoom'> {
  readonly accepted: readonly string[];
}

interface KnownQuestion extends KnownAnswer {
  readonly question: string;
}

/** @returns null where none of `questions` was asked */
export function answerFor(asked: string, questions: readonly KnownQuestion[]): KnownAnswer | null {
  const words = tidy(asked);
  return questions.find(({ question }) => tidy(question) === words) ?? null;
}

/** Without what a person who types a question by hand does not care about. */
function tidy(question: string): string {
  return question
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\s?.!]+$/u, '');
}
