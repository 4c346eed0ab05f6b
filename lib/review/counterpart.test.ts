/** Which runs belong side by side, and what that says. */
import { describe, expect, it } from 'vitest';
import { compareRuns, counterpartSettings, isCounterpart, type Finding } from './counterpart';
import { answer, look, madeRun } from './fixtures/made-run';
import { answerFor } from './known-answer';

const LOOKS = [look('The tag is too small.', '100, 100, 200, 200'), answer('The tag says K7.', 'K7')];

const asked = (text: string, tools: boolean, id: string, parent: string | null = null) =>
  madeRun(tools ? [LOOKS[0]!, answer('I see.', text)] : [`<answer>|${text}|</answer>`], {
    tools,
    id,
    parent: parent === null ? null : { runId: parent, steps: 0, change: null },
  });

describe('counterparts', () => {
  it('are a run and the same question with the tools switched, named as its child, either way round', async () => {
    const parent = await asked('K7', true, 'a');
    const child = await asked('K1', false, 'b', 'a');
    expect(child.settings).toEqual({ ...parent.settings, ...counterpartSettings(parent) });
    expect(isCounterpart(parent, child)).toBe(true);
    expect(isCounterpart(child, parent)).toBe(true);
  });

  it('are not runs that only look alike', async () => {
    const parent = await asked('K7', true, 'a');
    expect(isCounterpart(parent, await asked('K1', false, 'b'))).toBe(false);
    // A copy of a shared run: the same run again.
    expect(isCounterpart(parent, await asked('K7', true, 'b', 'a'))).toBe(false);
    const child = await asked('K1', false, 'b', 'a');
    expect(isCounterpart(parent, { ...child, given: [child.given[0]!, { text: 'And the cat?' }] })).toBe(false);
    const pictures = child.pictures.map((picture) =>
      picture.from === 'view' ? picture : { ...picture, file: { ...picture.file, hash: 'ab'.repeat(32) } },
    );
    expect(isCounterpart(parent, { ...child, pictures })).toBe(false);
  });
});

describe('side by side', () => {
  const cases: readonly (readonly [string, string, readonly string[] | null, Finding])[] = [
    ['K7', 'K1', ['K7'], 'looking-helped'],
    ['K1', 'K7', ['K7'], 'looking-misled'],
    ['K7', 'k7.', ['K7'], 'right-either-way'],
    ['K1', 'K2', ['K7'], 'wrong-either-way'],
    ['K7', 'k7', null, 'same-answer'],
    ['K7', 'K1', null, 'other-answer'],
  ];
  it.each(cases)('%s with looking, %s without, known %j: %s', async (seen, guessed, accepted, finding) => {
    const [free, blind] = [await asked(seen, true, 'a'), await asked(guessed, false, 'b', 'a')];
    expect(compareRuns(free, blind, accepted)).toEqual({ free, blind, finding });
    expect(compareRuns(blind, free, accepted)).toEqual({ free, blind, finding });
  });

  it('says nothing while one of them is not done', async () => {
    const [free, blind] = [await asked('K7', true, 'a'), await asked('K7', false, 'b', 'a')];
    for (const status of ['running', 'stopped', 'failed'] as const) {
      expect(compareRuns(free, { ...blind, status }, ['K7']).finding).toBe('unfinished');
    }
  });
});

describe('a known answer', () => {
  const base = { id: 'q', kind: 'read-tag' as const, targets: [0], needsZoom: true };
  const box = (x: number): [number, number, number, number] => [x, 0, x + 5, 5];
  const tagged = { tagBox: box(9), tagKind: 'text' as const, tagColor: 'red' };
  const objects = [
    { noun: 'dog', box: box(1), tag: 'K7', ...tagged },
    { noun: 'cat', box: box(50), tag: 'X1', ...tagged },
  ];
  const questions = [
    { ...base, question: 'What does the tag on the dog say?', answer: 'K7', accepted: ['K7'] },
    { ...base, question: 'What does the tag on the cat say?', answer: 'X1', accepted: ['X1'] },
  ];
  const scene = { image: 'a.png', width: 100, height: 100, objects, questions };

  it('is found by the words of the question, whatever the case, the spaces and the mark at the end', () => {
    expect(answerFor('  what does the tag on the CAT  say ', scene)?.accepted).toEqual(['X1']);
  });

  it('is what the scene tells where the question is put differently', () => {
    expect(answerFor('and the cat’s label?', scene)).toMatchObject({ kind: 'read-tag', accepted: ['X1'] });
    expect(answerFor('is the dog to the right of the cat', scene)?.answer).toBe('left');
    expect(answerFor('Is there a whale?', scene)?.accepted).toEqual(['no']);
    expect(answerFor('What does the whale’s tag say?', scene)).toBeNull();
    expect(answerFor('Describe it', scene)).toBeNull();
    expect(answerFor('', scene)).toBeNull();
  });
});
