/** What models write: JSON as JSON is read, Python's way of writing it too, and nothing hangs or throws. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectIn, readLenient } from './lenient-json';
import { piecesOf, readWrittenCall } from './pieces';

describe('lenient JSON', () => {
  it('reads JSON as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        expect(readLenient(text)).toEqual({ value: JSON.parse(text), end: text.length });
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ["{'a': None, 'b': (1, -2.5), 'c': True,}", { a: null, b: [1, -2.5], c: true }],
    [`{"a": "it's", 'b': 'say \\'x\\' \\u00e9\\n'}`, { a: "it's", b: "say 'x' é\n" }],
    ['noise {"a": [1, 2]} and more }', { a: [1, 2] }],
    ['{ {"a": 1}', { a: 1 }],
    ['{"a": __import__("os")}', null],
    ['{"a": 1e999}', null],
    ['{"a": ', null],
  ])('%s', (text, value) => expect(objectIn(text)).toEqual(value));

  it('gives up on what is too deep, and keeps a key for a key', () => {
    expect(readLenient('['.repeat(100_000))).toBeNull();
    expect(Object.keys(objectIn('{"__proto__": {"x": 1}}') ?? {})).toEqual(['__proto__']);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]()"\',:\\0 1eNtu<>/n') }), (text) => void objectIn(text)),
      { numRuns: 500 },
    );
  });
});

describe('pieces of a turn', () => {
  const kinds = (text: string) => piecesOf(text).map(({ kind, text: words }) => `${kind}:${words.trim()}`);

  it.each([
    ['<think>a</think> <answer>b</answer>', ['think:a', 'answer:b']],
    ['<think>a <answer>b</answer></think> <tool_call>{"name":1', ['think:a', 'answer:b', 'call:{"name":1']],
    ['plain words', ['loose:plain words']],
    ['a</think>b', ['loose:a', 'loose:b']],
    ['<tool_call>1<tool_call>2</tool_call>3', ['call:1', 'call:2', 'loose:3']],
    ['<think>a<think>b</think>', ['think:a<think>b']],
    ['', []],
  ])('%s', (text, pieces) => expect(kinds(text)).toEqual(pieces));

  it('a call is its name and its arguments, also where these are a string', () => {
    expect(readWrittenCall('{"name": "zoom", "arguments": "{\\"bbox_2d\\": [1, 2, 3, 4]}"}')).toEqual({
      name: 'zoom',
      input: { bbox_2d: [1, 2, 3, 4] },
    });
    expect(readWrittenCall('nothing')).toBeNull();
  });
});
