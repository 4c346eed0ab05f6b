import { describe, expect, it } from 'vitest';
import { readFound } from './found-text';

describe('the text of a result', () => {
  it('is its title, and what is said of it', () => {
    const address = 'https://t.example/a_(b)';
    const text = `\n\n2. [Tides [x](y)](${address})\nDate published: 2024\n\nTwice a day.`;
    expect(readFound({ text, address })).toEqual({
      title: 'Tides [x](y)',
      rest: 'Date published: 2024\n\nTwice a day.',
    });
  });

  it('is no result without its address, or in other words', () => {
    expect(readFound({ text: '1. [Tides](https://a.example)' })).toBeNull();
    expect(readFound({ text: 'Search error', address: 'https://a.example' })).toBeNull();
    expect(readFound({ text: '1. [Tides](https://b.example)', address: 'https://a.example' })).toBeNull();
  });
});
