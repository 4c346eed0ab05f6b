/** Many runs each way: what is counted, how sure it is, and when it says nothing. */
import { describe, expect, it } from 'vitest';
import type { Trajectory } from '@/lib/trajectory';
import { bothWays } from './both-ways';
import { answer, look, madeRun } from './fixtures/made-run';

const free = (text: string): Promise<Trajectory> =>
  madeRun([look('The tag is too small.', '100, 100, 200, 200'), answer('I see.', text)]);
const blind = (text: string): Promise<Trajectory> => madeRun([`<answer>|${text}|</answer>`], { tools: false });

const many = (made: (text: string) => Promise<Trajectory>, texts: string): Promise<readonly Trajectory[]> =>
  Promise.all(texts.split(' ').map(made));

describe('both ways', () => {
  // By hand: of all ways to deal the hits to two fives, those at least as lopsided, such as 2 / C(10, 5) for the first.
  it.each([
    ['K7 K7 K7 K7 K7', 'K1 K2 K1 K3 K1', 'looking-helps', 5, 0, 0.007937],
    ['K7 K7 K7 K7 K7', 'K7 K1 K1 K1 K1', 'looking-helps', 5, 1, 0.047619],
    ['K7 K7 K7 K7 K7', 'K7 K7 K1 K1 K1', 'undecided', 5, 2, 0.166667],
    ['K1 K1 K1 K1 K1', 'K7 K7 K7 K7 K7', 'looking-misleads', 0, 5, 0.007937],
    ['K7', 'K1', 'undecided', 1, 0, 1],
    ['K7 K7 K7', 'k7. K7 "K7"', 'no-gap', 3, 3, 1],
  ] as const)('%s with looking, %s without: %s', async (seen, guessed, finding, one, other, byChance) => {
    const found = bothWays(await many(free, seen), await many(blind, guessed), ['K7']);
    expect(found).toMatchObject({ answer: null, finding, free: { hits: one }, blind: { hits: other } });
    expect(found?.byChance).toBeCloseTo(byChance, 5);
  });

  it('counts what most say that could look where nobody knows the answer', async () => {
    const found = bothWays(
      await many(free, 'red red red red blue'),
      await many(blind, 'blue green blue blue Red.'),
      null,
    );
    expect(found).toMatchObject({
      answer: 'red',
      free: { hits: 4, n: 5 },
      blind: { hits: 1, n: 5 },
      finding: 'undecided',
    });
    const apart = bothWays(
      await many(free, 'red red red red red'),
      await many(blind, 'blue blue blue blue blue'),
      null,
    );
    expect(apart?.finding).toBe('answers-differ');
  });

  it('says nothing where one way was not asked, and brackets each share', async () => {
    expect(bothWays(await many(free, 'K7'), [], ['K7'])).toBeNull();
    expect(bothWays([], await many(blind, 'K7'), ['K7'])).toBeNull();
    const [low, high] = bothWays(await many(free, 'K7 K7 K7 K7 K7'), await many(blind, 'K1'), ['K7'])!.free.interval!;
    // Wilson's of 5 of 5: 1 / (1 + 1.96² / 5).
    expect(low).toBeCloseTo(0.5655, 3);
    expect(high).toBe(1);
  });
});
