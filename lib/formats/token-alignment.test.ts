/** Tokens that fit their text, in spite of what decoding them one by one does, and tokens that do not: refused, never shifted. */
import { describe, expect, it } from 'vitest';
import { tokensOfText } from './fixtures/rollout-rows';
import { alignTokens } from './token-alignment';

const told = (tokens: readonly string[], text: string) => {
  const made = alignTokens(tokens, text);
  return made.ok ? made.tokens.map(({ from, to }) => text.slice(from, to)) : made.why;
};

describe('tokens that fit', () => {
  it('are the text, piece by piece', () => {
    expect(told(['Hel', 'lo', ' world'], 'Hello world')).toEqual(['Hel', 'lo', ' world']);
  });

  it('may be parts of characters', () => {
    expect(told(['a', '\uFFFD', '\uFFFD', 'b'], 'a标b')).toEqual(['a', '标', '', 'b']);
    expect(told(['\uFFFD', '\uFFFD', '\uFFFD\uFFFD', ' end'], '标😀 end')).toEqual(['标😀', '', '', ' end']);
    expect(told(['x\uFFFD', '\uFFFDy'], 'xéy')).toEqual(['xéy', '']);
  });

  it('may hold special tokens that the text has not, and runs of placeholders that it has', () => {
    expect(told(['<|im_start|>', 'Hi', '<|im_end|>'], 'Hi')).toEqual(['', 'Hi', '']);
    const pads = Array<string>(40).fill('<|image_pad|>');
    expect(told(['a', ...pads, 'b'], `a${pads.join('')}b`)).toEqual(['a', ...pads, 'b']);
    expect(told(['a', ...pads, 'b'], 'ab')).toEqual(['a', ...pads.map(() => ''), 'b']);
  });

  it('may go on beyond the end, where the text was cut at a stop string', () => {
    expect(told(['Hi', '</tool', '_call>'], 'Hi')).toEqual(['Hi', '', '']);
  });

  it('of a long text with every kind of character are found again', () => {
    const text = 'Ein Schild — 标志 — says “EXIT” 😀😀, and é is é.\n'.repeat(50);
    const made = alignTokens(tokensOfText(text), text);
    expect(made.ok && made.tokens.map(({ from, to }) => text.slice(from, to)).join('')).toBe(text);
  });
});

describe('tokens that do not fit', () => {
  it('say another word', () => {
    expect(told(['Hel', 'p', ' world'], 'Hello world')).toEqual({ code: 'tokens-stray', params: { at: 1 } });
  });

  it('lack what was thought: a dropped thought is not passed over', () => {
    expect(told(['<answer>', 'A', '</answer>'], '<think>So.</think><answer>A</answer>')).toEqual({
      code: 'tokens-stray',
      params: { at: 0 },
    });
  });

  it('end before the text does', () => {
    expect(told(['Hel', 'lo'], 'Hello world')).toEqual({ code: 'tokens-short' });
  });

  it('hold parts of characters that could be one or two', () => {
    // The second 标 may be the broken pair's, or the token's that follows.
    expect(told(['\uFFFD', '\uFFFD', '标', '标'], '标标标标')).toMatchObject({ code: 'tokens-ambiguous' });
  });

  it('hold parts of what is no character in parts', () => {
    expect(told(['\uFFFD', '\uFFFD', 'b'], 'ab')).toEqual({ code: 'tokens-stray', params: { at: 0 } });
  });

  it('are not followed forever', () => {
    const many = Array<string>(100_000).fill('\uFFFD');
    expect(told(many, '标'.repeat(50_000))).toEqual({ code: 'tokens-stray', params: { at: 0 } });
  });
});
