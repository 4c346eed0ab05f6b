import { expect, it } from 'vitest';
import type { Trajectory } from '@/lib/trajectory';
import { isGuess } from './guess';

const run = (id: string, question: string, score = 1) =>
  ({
    models: [{ id }],
    given: [
      { picture: 'p1', seen: { width: 1, height: 1, tokens: 1, distance: { score, threshold: 3 } } },
      { text: question },
    ],
  }) as unknown as Trajectory;

it('a guess is what the shipped model says of a foreign picture, or to a question it was never taught', () => {
  expect(isGuess(run('loupe-nano', 'What does the tag on the dog say?'))).toBe(false);
  expect(isGuess(run('loupe-nano', 'What does the tag on the dog say?', 17))).toBe(true);
  expect(isGuess(run('loupe-nano', 'Describe it'))).toBe(true);
  expect(isGuess(run('someone/large-vlm', 'Describe it'))).toBe(false);
});
