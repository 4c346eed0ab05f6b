import { describe, expect, it } from 'vitest';
import { answer, benchQuestion, look, refused, runOf } from './fixtures/scene';
import { scoreRun } from './result';

const READ = benchQuestion(0);
const EXISTS = benchQuestion(1);
const LARGER = benchQuestion(2);

/** Around the dog and its tag, [100, 200, 300, 400]; the tag lies in it. */
const WHOLE = [100, 200, 300, 400] as const;
/** The whole dog: a tag of 20 px in 256 px is 20 px high. */
const CROP = [72, 172, 328, 428] as const;
const ELSEWHERE = [1200, 800, 1300, 900] as const;

describe('a run, scored', () => {
  it('right: the look fits the target with its tag exactly', () => {
    const result = scoreRun(READ, runOf([...look('a', WHOLE, CROP), answer('“k7.”')]));
    expect(result).toMatchObject({
      right: true,
      outcome: 'right',
      calls: 1,
      callIous: [1],
      targetIou: 1,
      given: '“k7.”',
    });
    expect(result.tagInLastLook).toBe(true);
  });

  it('IoU by hand: half the width is a half; shifted by half its side a third', () => {
    const half = scoreRun(READ, runOf([...look('a', [100, 200, 200, 400], CROP), answer('x')]));
    expect(half.callIous).toEqual([0.5]);
    const shifted = scoreRun(READ, runOf([...look('a', [200, 200, 400, 400], CROP), answer('x')]));
    expect(shifted.callIous[0]).toBeCloseTo(1 / 3);
  });

  it('the target is the object together with its tag', () => {
    // The cat is 200 by 200, its tag reaches 20 px below: 200 × 220.
    const run = runOf([...look('a', [800, 200, 1000, 400], [772, 172, 1028, 428]), answer('cat')]);
    expect(scoreRun(LARGER, run).callIous[0]).toBeCloseTo(200 / 220);
  });

  it('of two targets each look counts with the one it fits best; a target without a look counts nothing', () => {
    const one = scoreRun(LARGER, runOf([...look('a', WHOLE, CROP), answer('cat')]));
    expect(one).toMatchObject({ callIous: [1], targetIou: 0.5 });
  });

  it('a tag is shown where all of it is in the last crop, 10 px high or more', () => {
    const shown = (executed: readonly [number, number, number, number]) =>
      scoreRun(READ, runOf([...look('a', WHOLE, executed), answer('x')])).tagInLastLook;
    expect(shown([0, 0, 512, 512])).toBe(true); // 20 × 256 / 512 = 10
    expect(shown([0, 0, 514, 514])).toBe(false); // 9.96
    expect(shown([181, 172, 437, 428])).toBe(false); // one column short
    const last = [...look('a', WHOLE, CROP), ...look('b', ELSEWHERE, [1100, 700, 1356, 956])];
    expect(scoreRun(READ, runOf([...last, answer('x')])).tagInLastLook).toBe(false);
    expect(scoreRun(READ, runOf([answer('x')])).tagInLastLook).toBeNull();
  });

  it('a call that was not carried out is no look', () => {
    const [call] = look('a', WHOLE, CROP);
    const result = scoreRun(READ, runOf([call!], { stop: { reason: 'max-turns', message: '', code: null } }));
    expect(result).toMatchObject({ calls: 0, outcome: 'no-answer', given: null });
  });

  it('says why it is wrong', () => {
    const outcome = (...given: Parameters<typeof scoreRun>) => scoreRun(...given).outcome;
    expect(outcome(READ, runOf([...look('a', WHOLE, CROP), answer('K1')]))).toBe('misread');
    expect(outcome(READ, runOf([...look('a', ELSEWHERE, [1100, 700, 1356, 956]), answer('K1')]))).toBe('wrong-look');
    expect(outcome(READ, runOf([answer('K1')]))).toBe('no-look');
    expect(outcome(READ, runOf([...refused(), answer('K1')]))).toBe('malformed');
    expect(outcome(EXISTS, runOf([answer('yes')]))).toBe('wrong-plain');
    // Only one of the two tags was in a crop.
    expect(outcome(LARGER, runOf([...look('a', WHOLE, CROP), answer('dog')]))).toBe('wrong-look');
    const failed = { status: 'failed', stop: { reason: 'error', message: '', code: 'device-lost' } } as const;
    expect(outcome(READ, runOf([answer('K7')], failed))).toBe('failed');
    // Wrong calls on the way to a right answer are forgiven.
    expect(outcome(READ, runOf([...refused(), answer('K7')]))).toBe('right');
  });
});
