/**
 * What is accepted as the answer to a question, where the picture's questions are known (docs/scene-format.md): by its words, else by what
 * it asks of the scene, whatever its wording.
 */
import { answerInScene, readQuestion, type Scene, type SceneQuestion } from '@/lib/scene';

export interface KnownAnswer extends Pick<SceneQuestion, 'kind' | 'answer' | 'needsZoom'> {
  readonly accepted: readonly string[];
}

/** @returns null where the scene does not tell */
export function answerFor(asked: string, scene: Scene): KnownAnswer | null {
  const words = tidy(asked);
  const known = scene.questions.find(({ question }) => tidy(question) === words);
  if (known) return known;
  const read = readQuestion(asked);
  return read && answerInScene(scene, read);
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
