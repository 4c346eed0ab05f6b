import { expect, it } from 'vitest';
import { SHARE_ERROR_CODES } from '@/lib/share';
import { DELETE_WORDS, MAKE_WORDS, OPEN_WORDS, openFailureOf, wordsOf } from './words';

it.each(SHARE_ERROR_CODES)(
  'a deletion that fails (%s) says that the link is there, and not that nothing was shared',
  (code) => {
    const words = wordsOf(DELETE_WORDS, code, null);
    expect(words.detail).toMatch(/the link still works/i);
    expect(Object.values(words).join(' ')).not.toContain('Nothing was shared');
  },
);

it.each(SHARE_ERROR_CODES)('making a link that fails (%s) does not speak of deleting', (code) => {
  expect(Object.values(wordsOf(MAKE_WORDS, code, null)).join(' ')).not.toMatch(/delet|still works/);
});

it('a frame at https:// in a page without encryption is not told to go to https://', () => {
  expect(openFailureOf('no-crypto', 'http:')).toBe('no-crypto');
  expect(openFailureOf('offline', 'https:')).toBe('offline');
  const words = wordsOf(OPEN_WORDS, openFailureOf('no-crypto', 'https:'), null);
  expect(words.advice).toBe('Open the run in a tab of its own.');
});
