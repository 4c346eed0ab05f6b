import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import cases from './fixtures/scoring-cases.json';
import { isRight, normalizeAnswer } from './scoring';

/** Half a surrogate pair included; fast-check's own unit for this takes seconds to build. */
const anyCharacter = fc.nat(0xffff).map((code) => String.fromCharCode(code));

describe('scoring', () => {
  it.each(cases)('$answer for $accepted: $right', ({ answer, accepted, right }) => {
    expect(isRight(answer, accepted)).toBe(right);
  });

  it('never throws, and accepts what it was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        expect(isRight(text, [text])).toBe(normalizeAnswer(text) !== '');
      }),
    );
  });
});
