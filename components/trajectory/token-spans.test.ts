/** Tokens found again in the text they wrote, and the words for numbers. */
import { describe, expect, it } from 'vitest';
import { trajectory } from '@/lib/words/en/trajectory';
import { formatDuration, visibleToken } from './format';
import { tokenSpans } from './token-spans';
import { turnColorNumber } from '@/components/ui/turn-color';

const token = (text: string) => ({ id: 1, text, logprob: -0.1, top: [] });

describe('token spans', () => {
  it('leave out tags around the text and cut tokens at its ends', () => {
    const spans = tokenSpans('dog is', [token('<think>'), token(' dog'), token(' is '), token('</think>')]);
    expect(spans?.map(({ index, text }) => [index, text])).toEqual([
      [1, 'dog'],
      [2, ' is'],
    ]);
  });

  it('join to exactly the text', () => {
    const spans = tokenSpans('ab', [token('a'), token(''), token('b')]);
    expect(spans?.map(({ text }) => text).join('')).toBe('ab');
    expect(spans?.map(({ index }) => index)).toEqual([0, 2]);
  });

  it('are not made up where tokens do not spell the text', () => {
    expect(tokenSpans('cat', [token('dog')])).toBeNull();
    expect(tokenSpans('cat', [])).toBeNull();
    expect(tokenSpans('', [token('dog')])).toBeNull();
  });
});

describe('words for numbers', () => {
  const { probability } = trajectory;

  it('for times', () => {
    expect([85, 999, 999.6, 1340, 75_000].map(formatDuration)).toEqual([
      '85 ms',
      '999 ms',
      '1.0 s',
      '1.3 s',
      '1 min 15 s',
    ]);
  });

  it('for probabilities, never rounding to certainty', () => {
    expect(probability(1)).toBe('100.0%');
    expect(probability(0.5)).toBe('50.0%');
    expect(probability(0.99999)).toBe('> 99.9%');
    expect(probability(Math.exp(-20))).toBe('< 0.1%');
  });

  it('for tokens that are white space', () => {
    expect([' dog', '\n', '', 'a b'].map(visibleToken)).toEqual(['␣dog', '⏎', '∅', 'a b']);
  });

  it('for turns: six colours, again and again', () => {
    expect([1, 6, 7, 13].map(turnColorNumber)).toEqual([1, 6, 1, 1]);
  });
});
