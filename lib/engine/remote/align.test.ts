import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAligner, type Piece, type ToldToken } from './align';

const token = (bytes: Uint8Array, at: number): ToldToken => ({ id: at, bytes, logprob: -at, top: [] });
const encoder = new TextEncoder();

/** A text cut into tokens by bytes, and into chunks by characters. */
const spelled = fc
  .tuple(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 }),
    fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
  )
  .map(([text, sizes]) => {
    const bytes = encoder.encode(text);
    const tokens: ToldToken[] = [];
    for (let from = 0; from < bytes.length;) {
      const to = from + (sizes[tokens.length % sizes.length] ?? 1);
      tokens.push(token(bytes.subarray(from, to), tokens.length));
      from = to;
    }
    return { text, tokens };
  });

it('gives every token its own words, however words and tokens come, and never another’s', () => {
  fc.assert(
    fc.property(spelled, fc.array(fc.nat(4), { maxLength: 30 }), ({ text, tokens }, ahead) => {
      const aligner = createAligner();
      const pieces: Piece[] = [];
      const characters = [...text];
      const left = [...tokens];
      // Tokens are at least as far as the words: that is how servers hold words back.
      for (const many of ahead) pieces.push(...aligner.push('', left.splice(0, many)));
      pieces.push(...aligner.push('', left));
      for (const character of characters) pieces.push(...aligner.push(character, []));
      pieces.push(...aligner.end());
      expect(aligner.differs).toBe(false);
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      expect(pieces.filter(({ id }) => id !== null).map(({ id }) => id)).toEqual(tokens.map(({ id }) => id));
      expect(pieces.every(({ id, logprob }) => id === null || logprob === -id)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

it('loses no words and shifts no token where what is told spells something else from some place on', () => {
  fc.assert(
    fc.property(spelled, fc.nat(23), ({ text, tokens }, at) => {
      const wrong = at % tokens.length;
      const told = tokens.map((one, index) => (index === wrong ? token(encoder.encode('\u0000§'), index) : one));
      const aligner = createAligner();
      const pieces = [...aligner.push('', told), ...aligner.push(text, []), ...aligner.end()];
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      expect(pieces.flatMap(({ id }) => (id === null ? [] : [id]))).toEqual(told.slice(0, wrong).map(({ id }) => id));
      expect(aligner.differs).toBe(true);
    }),
    { numRuns: 60 },
  );
});
