import { expect, it } from 'vitest';
import { SHARE_ERROR_CODES } from '@/lib/share';
import { share } from '@/lib/words/en/share';
import { visit } from '@/lib/words/en/visit';
import { deletingFailed, makingFailed, openFailureOf, openingFailed } from './failures';

it.each(SHARE_ERROR_CODES)(
  'a deletion that fails (%s) says that the link is there, and not that nothing was shared',
  (code) => {
    const words = deletingFailed(share, { code, detail: null });
    expect(words.detail).toMatch(/the link still works/i);
    expect(Object.values(words).join(' ')).not.toContain('Nothing was shared');
  },
);

it.each(SHARE_ERROR_CODES)('making a link that fails (%s) does not speak of deleting', (code) => {
  expect(Object.values(makingFailed(share, { code, detail: null })).join(' ')).not.toMatch(/delet|still works/);
});

it('a frame at https:// in a page without encryption is not told to go to https://', () => {
  expect(openFailureOf('no-crypto', 'http:')).toBe('no-crypto');
  expect(openFailureOf('offline', 'https:')).toBe('offline');
  const words = openingFailed(share, visit, { code: openFailureOf('no-crypto', 'https:'), detail: null });
  expect(words).toEqual(visit.open['insecure-frame']);
});

it('a refusal says the number it came with', () => {
  const wait = (detail: number) => makingFailed(share, { code: 'rate-limited', detail }).advice;
  expect([1, 45, 90, 7200].map(wait)).toEqual(
    ['1 second', '45 seconds', '2 minutes', '2 hours'].map((time) => share.waitFor(time)),
  );
  expect(makingFailed(share, { code: 'too-large', detail: 2_034_112 }).detail).toBe(share.atMost(2_034_112));
});
