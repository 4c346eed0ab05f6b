/** What a row says of a run: who judged it and how, how well its calls met the target, what it was worth. */
import { describe, expect, it } from 'vitest';
import { factsOf } from './facts';
import { madeRun } from './fixtures/made-run';
import { verdictOf } from './verdict';

const OPTIONS = ['red', 'green', 'blue', 'a dark blue'];

describe('verdict', () => {
  it.each([
    ['A', true],
    ['a', true],
    ['A.', true],
    ['(A)', true],
    ['A. red', true],
    ['red', true],
    ['The red.', true],
    ['\\boxed{A}', true],
    ['It is red, so \\boxed{\\text{x}} no: \\boxed{A}', true],
    ['B', false],
    ['B. green', false],
    ['(C) blue', false],
    // The letter of one option with the words of another: the words were meant.
    ['B. red', true],
    ['A. green', false],
    ['E', false],
    ['', false],
    ['Apples are green', false],
  ])('%s of options, where the first is right: %s', (answer, right) => {
    expect(verdictOf(madeRun({ answer, answers: ['red'], options: OPTIONS }))).toMatchObject({ right, by: 'options' });
  });

  it('takes the gold letter of HR-Bench, whose options carry their letters', () => {
    const options = OPTIONS.map((option, index) => `${'ABCD'[index]}. ${option}`);
    const judged = (answer: string) => verdictOf(madeRun({ answer, answers: ['C', 'blue'], options })).right;
    expect([judged('C'), judged('C. blue'), judged('blue'), judged('A'), judged('D')]).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('compares words where there are no options', () => {
    expect(verdictOf(madeRun({ answer: 'The Red.', answers: ['red'] }))).toMatchObject({ right: true, by: 'words' });
    expect(verdictOf(madeRun({ answer: null, answers: ['red'] })).right).toBe(false);
  });

  it('lets the file decide, and says what it would have said itself', () => {
    const run = madeRun({ answer: 'red', answers: ['red'], scores: { acc: 0 } });
    expect(verdictOf(run)).toEqual({ right: false, by: 'file', ours: true });
    expect(verdictOf(madeRun({ answer: 'x', scores: { acc_reward: 1 } }))).toEqual({
      right: true,
      by: 'file',
      ours: null,
    });
  });

  it('says nothing where nobody knows', () => {
    expect(verdictOf(madeRun({ scores: { format: 1 } }))).toEqual({ right: null, by: null, ours: null });
  });
});

describe('facts', () => {
  it('measure every call against the place it fits best', () => {
    const facts = factsOf(
      madeRun({
        calls: [
          [0, 0, 100, 100],
          [50, 0, 150, 100],
          [52, 0, 152, 100],
        ],
        places: [
          [100, 0, 200, 100],
          [900, 700, 1000, 800],
        ],
      }),
    );
    expect(facts.ious?.map((one) => Math.round(one * 1000) / 1000)).toEqual([0, 0.333, 0.351]);
    expect([facts.bestIou, facts.lastIou].map((one) => Math.round((one ?? 0) * 1000))).toEqual([351, 351]);
    expect(facts).toMatchObject({ calls: 3, refused: 0, wasted: 1 });
  });

  it('tell no IoU where nobody said what was sought, and none of a refused call', () => {
    expect(factsOf(madeRun({ calls: [[0, 0, 100, 100]] }))).toMatchObject({ ious: null, bestIou: null, lastIou: null });
    const refused = madeRun({ calls: [[0, 0, 20, 20]], refused: [0], places: [[0, 0, 20, 20]] });
    expect(factsOf(refused)).toMatchObject({ calls: 0, refused: 1, ious: [], bestIou: null });
  });

  it('reward as paper and code do, and as V2 does', () => {
    const made = { thought: 'I see.', answers: ['red'], calls: [[0, 0, 100, 100]] } as const;
    expect(factsOf(madeRun(made)).rewards).toEqual({ paper: 2, code: 2, v2: 1, told: null });
    expect(factsOf(madeRun({ ...made, answer: 'blue', scores: { reward: 0.5 } })).rewards).toEqual({
      paper: 0,
      code: 0,
      v2: 0.2,
      told: 0.5,
    });
    // On a question of search, calling takes a tenth of the accuracy.
    expect(factsOf(madeRun({ ...made, kind: 'search' })).rewards.v2).toBe(0.92);
    // Right, and badly formed: nothing was thought.
    expect(factsOf(madeRun({ answers: ['red'] })).rewards.v2).toBe(0.8);
    expect(factsOf(madeRun({ answers: ['x'.repeat(300)], answer: 'x'.repeat(300), thought: 'x' })).rewards.v2).toBe(0);
    expect(factsOf(madeRun()).rewards).toEqual({ paper: null, code: null, v2: null, told: null });
  });

  it('know their length', () => {
    expect(factsOf(madeRun({ tokens: 12, thought: 'So.' }))).toMatchObject({ tokens: 12, characters: 6 });
    expect(factsOf(madeRun())).toMatchObject({ tokens: null, characters: 3, outcome: 'answer' });
  });
});
