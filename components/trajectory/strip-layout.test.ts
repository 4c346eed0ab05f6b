import { expect, test } from 'vitest';
import { stripLayout } from './strip-layout';

const percent = (css: string) => Number(/([\d.]+)%/.exec(css)?.[1]);

test('segments and gaps never need more than the strip, however many steps', () => {
  for (const count of [1, 2, 8, 28, 29, 48, 200, 1000]) {
    const { least, gap } = stripLayout(count);
    expect(count * percent(least) + (count - 1) * percent(gap)).toBeLessThanOrEqual(75);
  }
});

test('a step of a short run is wide enough to be hit', () => {
  expect(stripLayout(8)).toEqual({ least: '3.5%', gap: 'min(2px, 2.5%)' });
});
