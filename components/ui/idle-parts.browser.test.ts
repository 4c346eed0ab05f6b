/** What is fetched ahead of need is not fetched where the person asked the browser to save data. */
import { expect, test } from 'vitest';
import { fetchIdleParts, IDLE_MARK, whenIdle } from './idle-parts';

test('where the person saves data nothing is fetched ahead of need, and nothing after it', async () => {
  Object.defineProperty(navigator, 'connection', { configurable: true, value: { saveData: true } });
  const asked: string[] = [];
  whenIdle(() => Promise.resolve(asked.push('part')));
  fetchIdleParts(() => asked.push('after'));
  await expect.poll(() => performance.getEntriesByName(IDLE_MARK).length, { timeout: 30_000 }).toBe(1);
  // What would have begun with the mark comes in tasks of its own, each before the next of ours.
  for (let task = 0; task < 5; task += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(asked).toEqual([]);
});
