import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { charactersOf, isBoundedJson, readJson } from './json';
import { fitName, TRAJECTORY_LIMITS } from './limits';

/** `[[[…]]]`, made without recursion. */
function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let n = 0; n < depth; n += 1) value = [value];
  return value;
}

describe('foreign JSON', () => {
  it('is anything that JSON can say, within bounds', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(isBoundedJson(value)).toBe(true);
      }),
    );
  });

  it('comes back from its text as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        // JSON has no minus zero; it reads back as zero.
        const wire: unknown = JSON.parse(JSON.stringify(value));
        expect(readJson(JSON.stringify(wire))).toEqual(wire);
      }),
    );
  });

  it('is nothing that JSON would change or lose', () => {
    for (const value of [undefined, Number.NaN, Infinity, 1n, Symbol('x'), () => 1, new Date(), new Map(), /x/]) {
      expect(isBoundedJson(value)).toBe(false);
      expect(isBoundedJson({ inner: [value] })).toBe(false);
    }
    expect(isBoundedJson(Object.create(null))).toBe(true);
  });

  it('is neither deep, nor large, nor long', () => {
    const { jsonDepth, jsonValues, text, name } = TRAJECTORY_LIMITS;
    expect(isBoundedJson(nested(jsonDepth))).toBe(true);
    expect(isBoundedJson(nested(jsonDepth + 1))).toBe(false);
    expect(isBoundedJson(nested(1_000_000))).toBe(false);
    expect(isBoundedJson(Array.from({ length: jsonValues - 1 }, () => 0))).toBe(true);
    expect(isBoundedJson(Array.from({ length: jsonValues }, () => 0))).toBe(false);
    // Holes that would take minutes to walk.
    expect(isBoundedJson(new Array(2 ** 32 - 1))).toBe(false);
    expect(isBoundedJson('a'.repeat(text))).toBe(true);
    expect(isBoundedJson(['a'.repeat(text + 1)])).toBe(false);
    expect(isBoundedJson({ ['a'.repeat(name + 1)]: 1 })).toBe(false);
  });

  it('is null where a text is none, or goes beyond', () => {
    for (const words of ['', '{', 'nope', '[1,]', '['.repeat(1_000_000), `${'['.repeat(100)}${']'.repeat(100)}`]) {
      expect(readJson(words)).toBeNull();
    }
  });

  it('has its characters counted, those of keys apart', () => {
    expect(charactersOf({ ab: ['cde', { f: 'gh' }], i: 4, j: null })).toEqual({ strings: 5, keys: 5 });
    expect(charactersOf(nested(1_000_000))).toEqual({ strings: 0, keys: 0 });
    expect(charactersOf(Array.from({ length: 500_000 }, () => 'a'))).toEqual({ strings: 500_000, keys: 0 });
  });
});

describe('a name that is too long', () => {
  it('is cut to the limit, with an ellipsis, and one that fits is left alone', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\uD83D', '\uDE00') }),
        fc.integer({ min: 1, max: 20 }),
        (text, most) => {
          const name = fitName(text, most);
          expect(name.length).toBeLessThanOrEqual(most);
          if (text.length <= most) expect(name).toBe(text);
          else {
            expect(name.endsWith('…')).toBe(true);
            expect(text.startsWith(name.slice(0, -1))).toBe(true);
          }
        },
      ),
    );
  });

  it('is never cut in the middle of a character', () => {
    expect(fitName('ab😀cd', 4)).toBe('ab…');
    expect(fitName('ab😀cd', 5)).toBe('ab😀…');
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'é', '😀') }),
        fc.integer({ min: 1, max: 20 }),
        (text, most) => {
          // What is no whole character is lost on its way through UTF-8.
          const name = fitName(text, most);
          expect(new TextDecoder().decode(new TextEncoder().encode(name))).toBe(name);
        },
      ),
    );
  });
});
