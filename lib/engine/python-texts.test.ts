/**
 * Tokenizers against the reference: small ones with each family's steps, whose merges lie across every place where a text might be
 * cut, give the ids that the reference recorded (training/scripts/record_hub.py), text by text.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createTokenizer } from './worker/prompt/tokenizer';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./fixtures/python/${name}.json`, import.meta.url), 'utf8'));
// Written by that script, in this form.
const { texts, ids } = read('texts') as { texts: string[]; ids: Record<string, number[][]> };

describe.each(Object.keys(ids))('the steps of %s', (name) => {
  const tokenizer = createTokenizer(read(`tokenizer-${name}`), {});

  it.each(texts.map((text, i) => ({ text, expected: ids[name]?.[i] })))('$text', ({ text, expected }) => {
    expect(tokenizer.encode(text)).toEqual(expected);
  });
});

it('there are sixty texts, and five kinds of steps', () => {
  expect(texts).toHaveLength(60);
  expect(Object.keys(ids).sort()).toEqual(['gemma4', 'lfm2', 'qwen2', 'qwen3_5', 'smolvlm']);
});
