import { expect, it } from 'vitest';
import { areaUnderCurve, intervalOf, type Judged } from './agreement';

const judged = (agreement: number, right: boolean): Judged => ({ agreement, right });
const sure = [judged(1, true), judged(0.8, true), judged(0.4, false), judged(0.2, false)];

it('is 1 where agreement tells all apart, a half where it tells nothing, 0 where it is the other way round', () => {
  expect(areaUnderCurve(sure)).toBe(1);
  expect(areaUnderCurve(sure.map(({ agreement, right }) => judged(agreement, !right)))).toBe(0);
  expect(areaUnderCurve([judged(0.6, true), judged(0.6, false)])).toBe(0.5);
  expect(areaUnderCurve([judged(0.6, true), judged(0.4, true), judged(0.5, false)])).toBe(0.5);
  expect(areaUnderCurve([judged(1, true)])).toBeNull();
});

it('its interval holds it, and is narrower with more questions', () => {
  let state = 1;
  const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
  const some = Array.from({ length: 40 }, (_, at) => judged(((at * 7) % 5) / 5, at % 3 > 0));
  const many = Array.from({ length: 10 }, () => some).flat();
  const [low, high] = intervalOf(some, random, 400)!;
  const [closeLow, closeHigh] = intervalOf(many, random, 400)!;
  const area = areaUnderCurve(some)!;
  expect(low <= area && area <= high).toBe(true);
  expect(closeHigh - closeLow).toBeLessThan(high - low);
});
