import { expect, test } from 'vitest';
import { whyNoAnswer } from './why-no-answer';

test('a site that is there and forbids reading is told from one that is not', async () => {
  expect(crossOriginIsolated).toBe(true);
  // This very server under its other name: it says nowhere that an isolated page may have its answers.
  const other = new URL(location.href);
  other.hostname = other.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  expect(await whyNoAnswer(other)).toBe('blocked');
  expect(await whyNoAnswer(new URL('https://nowhere.invalid/a.png'))).toBe('unreachable');
  expect(await whyNoAnswer(new URL('/gone.png', location.href))).toBe('unreachable');
  await expect(whyNoAnswer(other, AbortSignal.abort(new Error('changed my mind')))).rejects.toThrow('changed my mind');
});
