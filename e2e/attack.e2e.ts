/**
 * `npm run attack` as stories: each attack on a server of its own, and what it must not break (e2e/bench/attack.mjs). Requests are
 * the short one; the others wait for real limits to pass.
 */
import { expect, test } from '@playwright/test';
import { ATTACKS } from './bench/attack.mjs';

const BOUNDS = { requests: 150, connections: 5, seed: 1 };

for (const [name, attack] of Object.entries(ATTACKS)) {
  test(`the server holds against: ${name}`, { tag: name === 'requests' ? [] : '@long' }, async () => {
    test.setTimeout(300_000);
    const rows = await attack(BOUNDS);
    if (typeof rows === 'string') {
      test.skip(true, rows);
      return;
    }
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.filter(({ ok }) => !ok)).toEqual([]);
  });
}
