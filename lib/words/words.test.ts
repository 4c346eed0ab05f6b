/** The tables: phrases find their words, plurals are the language's, and what a language lacks does not compile. */
import { describe, expect, expectTypeOf, it } from 'vitest';
import { countingIn } from './counting';
import { en } from './en';
import { ANY, saying, sayingAmong } from './fixtures/saying';
import { otherLanguage, outsideBrackets } from './fixtures/other-language';
import { say, sayWritten, writePhrase, type Phrase, type Words } from './index';

const table = {
  plain: 'Nothing is there.',
  named: ({ name, at }: { readonly name: string; readonly at: number }) => `${name} is at ${at}.`,
};

describe('a phrase', () => {
  it('finds its words, with what it comes with', () => {
    expect(say(table, { code: 'plain' })).toBe('Nothing is there.');
    expect(say(table, { code: 'named', params: { name: 'K7', at: 3 } })).toBe('K7 is at 3.');
  });

  it('is one of those that have words, with what the words take', () => {
    expectTypeOf<Phrase<typeof table>>().toEqualTypeOf<
      | { readonly code: 'plain'; readonly params?: undefined }
      | { readonly code: 'named'; readonly params: { readonly name: string; readonly at: number } }
    >();
    // @ts-expect-error no such code
    const unknown: Phrase<typeof table> = { code: 'other' };
    // @ts-expect-error its words need to know where
    const short: Phrase<typeof table> = { code: 'named', params: { name: 'K7' } };
    expect([unknown.code, short.code]).toHaveLength(2);
  });
});

it('another language has every word, or does not compile', () => {
  // @ts-expect-error all else is missing
  const some: Words['common'] = { close: '关闭' };
  expect(some.close).toBe('关闭');
});

describe('a phrase that was written', () => {
  it('finds its words again', () => {
    for (const phrase of [{ code: 'plain' }, { code: 'named', params: { name: 'a {b} "c"', at: 3 } }] as const) {
      expect(sayWritten(table, writePhrase(phrase))).toBe(say(table, phrase));
    }
  });

  it('is nothing else', () => {
    for (const text of ['', 'It was a sentence.', 'other', 'named', 'named {', 'toString', 'plain and more']) {
      expect(sayWritten(table, text)).toBeNull();
    }
  });
});

describe('counting', () => {
  it('has the forms of its language', () => {
    const { counted, plural } = countingIn('en');
    const runs = { one: 'run', other: 'runs' };
    expect([0, 1, 2, 1234].map((count) => counted(count, runs))).toEqual(['0 runs', '1 run', '2 runs', '1,234 runs']);
    expect(plural(1, { other: 'sheep' })).toBe('sheep');
  });

  it('needs one form only where the language has one', () => {
    expect(countingIn('zh').counted(1, { other: '次' })).toBe('1 次');
  });
});

it('no words are left empty but those that say nothing on purpose', () => {
  const empty: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (value === '') empty.push(path);
    if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, path === '' ? key : `${path}.${key}`);
    }
  };
  walk(en, '');
  expect(empty).toEqual(['bench.bar.phases.idle', 'share.make.aborted.advice', 'share.delete.aborted.advice']);
});

describe('patterns of words, for tests', () => {
  it('fit whatever stands in the words', () => {
    expect('Download 2.5 MB and use it').toMatch(saying(`Download ${ANY} and use it`));
    expect('Or download 2.5 MB and use it.').not.toMatch(saying(`download ${ANY} and use it`));
    expect('Loaded, on WASM. No GPU.').toMatch(sayingAmong('Loaded, on <device/>.'));
    expect('what?').not.toMatch(saying('what!'));
  });

  it('and another language is English in brackets', () => {
    expect(otherLanguage.common.runs(2)).toBe('⟦2 runs⟧');
    expect(outsideBrackets('a⟦b⟦c⟧⟧d')).toBe('ad');
  });
});
