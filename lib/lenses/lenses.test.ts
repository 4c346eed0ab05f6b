/** What is swapped in, how a thought is edited, and which tokens of a text are an answer's. */
import { describe, expect, it } from 'vitest';
import { findDialect } from '@/lib/agent';
import type { Scene } from '@/lib/scene';
import type { Trajectory } from '@/lib/trajectory';
import twoZooms from '@/lib/trajectory/fixtures/two-zooms.json';
import { findOthers, lastView } from './draw';
import { editsOf } from './follow';
import { readingSentence } from './reading-sentence';
import { answerIn, logprobWithin } from './told-run';

const RUN = twoZooms as unknown as Trajectory;

const asking = (question: string): Trajectory => ({
  ...RUN,
  given: RUN.given.map((part) => ('text' in part ? { text: question } : part)),
});

function scene(name: string, ...tags: readonly string[]): { readonly name: string; readonly scene: Scene } {
  const objects = tags.map((tag, at) => ({
    noun: 'dog',
    box: [at * 100, 100, at * 100 + 80, 180] as [number, number, number, number],
    tag,
    tagBox: [at * 100 + 20, 150, at * 100 + 50, 170] as [number, number, number, number],
    tagKind: 'text' as const,
  }));
  const questions = tags.map((tag, at) => ({
    ...{ id: `q${at}`, kind: 'read-tag' as const, question: 'What?', answer: tag, accepted: [tag] },
    ...{ targets: [at], needsZoom: true },
  }));
  return { name, scene: { image: `${name}.png`, width: 1000, height: 500, objects, questions } };
}

describe('what is swapped in', () => {
  const run = asking('What does the tag on the dog say?');

  it('is of the answer’s shape first, is another answer, and no answer comes twice before all were had', () => {
    const scenes = [scene('a', 'ZEBRA'), scene('b', 'K7', 'B4'), scene('c', 'Q9'), scene('d', 'B4'), scene('e', 'X1')];
    // The run answered K7.
    expect(findOthers(run, scenes, 5).map(({ question }) => question.answer)).toEqual([
      'B4',
      'Q9',
      'X1',
      'ZEBRA',
      'B4',
    ]);
    expect(findOthers(run, scenes, 2)).toHaveLength(2);
    expect(findOthers(run, [scene('f', 'K7')], 3)).toEqual([]);
  });

  it('shows the tag, inside its picture, as large as the run’s last crop is in its own', () => {
    const [found] = findOthers(run, [scene('c', 'Q9')], 1);
    const { x1, y1, x2, y2 } = found!.crop;
    expect([x1, y1].every((edge) => edge >= 0) && x2 <= 1000 && y2 <= 500).toBe(true);
    expect(x1 <= 20 && x2 >= 50 && y1 <= 150 && y2 >= 170).toBe(true);
    const view = RUN.pictures.find(({ id }) => id === lastView(RUN))!;
    const share = Math.max(view.width, view.height) / Math.max(RUN.pictures[0]!.width, RUN.pictures[0]!.height);
    expect((x2 - x1) / 1000).toBeCloseTo(Math.max(share, 0.0345), 2);
  });
});

describe('an edited thought', () => {
  const draws = [{ says: ['Q9'] }, { says: ['K7'] }] as never;

  it('says what another tag says, wherever it named the answer, and nothing else is changed', () => {
    const thought = '<think>The tag says K7.</think>';
    expect(editsOf(asking('What does the tag on the dog say?'), thought, 'K7', draws)).toEqual([
      { text: '<think>The tag says Q9.</think>', says: 'Q9' },
    ]);
    // Not a part of another word, and no pattern.
    expect(editsOf(RUN, '<think>The tag says K77.</think>', 'K7', draws)).toEqual([]);
    expect(editsOf(RUN, '<think>a.b</think>', 'a+b', draws)).toEqual([]);
  });

  it('swaps the two numbers that it compares, and who follows it names the other', () => {
    const run = asking('Which has the larger number, the dog or the key?');
    const thought = '<think>The dog has 45. The key has 9.</think>';
    expect(editsOf(run, thought, 'dog', [])).toEqual([
      { text: '<think>The dog has 9. The key has 45.</think>', says: 'key' },
    ]);
    expect(editsOf(run, '<think>The dog has 45.</think>', 'dog', [])).toEqual([]);
  });
});

describe('an answer’s tokens', () => {
  const tokens = ['<think>', 'The tag says', ' 4', '10', '.', '</think>'].map((text, at) => ({
    ...{ id: at, text, logprob: -(10 ** at), top: [] },
  }));

  it('are those whose characters lie in it, even in part', () => {
    const text = tokens.map((token) => token.text).join('');
    const from = text.indexOf('410');
    expect(logprobWithin(tokens, from, from + 3)).toBe(-100 - 1000);
    expect(logprobWithin(tokens, 0, 7)).toBe(-1);
  });

  it('an answer is read as its dialect reads it', () => {
    const nano = findDialect('nano-1')!;
    expect(answerIn('<think>The tag says 410.</think><answer>410</answer>', nano)).toBe('410');
    expect(answerIn('<think>The tag says 410.</think><answer>41', nano)).toBe('41');
    expect(answerIn('<think>The tag', nano)).toBe('');
  });

  it('the shipped model has a sentence for each kind of one tag, others have none', () => {
    expect(readingSentence('nano-1', 'read-tag')).toEqual({ before: 'The tag says ', after: '.' });
    expect(readingSentence('nano-1', 'exists')).toBeNull();
    expect(readingSentence('deepeyes', 'read-tag')).toBeNull();
  });
});
