/**
 * `npm run attack` as stories: each attack on a server of its own, and what it must not break (e2e/bench/attack.mjs). Requests are
 * the short one, with each thing that can be wrong on a third of the routes; the others wait for real limits to pass.
 */
import { expect, test } from '@playwright/test';
import { ATTACKS } from './bench/attack.mjs';

const BOUNDS = { requests: 150, connections: 5, seed: 1 };

const attacks = Object.entries(ATTACKS).flatMap(([name, attack]) => {
  const whole = { name, attack, every: 1, tag: ['@long'] };
  return name === 'requests'
    ? [
        { ...whole, every: 3, tag: [] },
        { ...whole, name: `${name}, all of them` },
      ]
    : [whole];
});

for (const { name, attack, every, tag } of attacks) {
  test(`the server holds against: ${name}`, { tag }, async () => {
    test.setTimeout(300_000);
    const rows = await attack({ ...BOUNDS, every });
    if (typeof rows === 'string') {
      test.skip(true, rows);
      return;
    }
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.filter(({ ok }) => !ok)).toEqual([]);
  });
}
