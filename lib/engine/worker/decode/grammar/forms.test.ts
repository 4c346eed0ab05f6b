/** Calls of any form, and several at once: what masks let through is the language of the forms, no more and no less. */
import { describe, expect, it } from 'vitest';
import type { CallForm, CallGrammar, CallPiece } from '../../../call-grammar';
import { compileGrammar, createVocabulary, type Constraint } from './constraint';

const encoder = new TextEncoder();

/** Every byte, and tokens that lie across what calls have in common. */
const MORE = [
  '<call>',
  '<call>{"',
  '{"turn',
  'turn": 9',
  '": ',
  '90}',
  '0}</call>',
  'box": [1',
  ', ',
  '12',
  '<answer>',
  '<x',
  'aQ>',
];
const TOKENS = [
  ...Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
  ...MORE.map((text) => encoder.encode(text)),
];
const STOP = TOKENS.length;
const VOCABULARY = createVocabulary(
  { bytesOf: (id) => TOKENS[id] ?? null, encode: (text) => [...encoder.encode(text)] },
  [STOP],
  STOP + 1,
);
/** Bytes alone. */
const BYTES = createVocabulary(
  { bytesOf: (id) => (id < 256 ? TOKENS[id]! : null), encode: (text) => [...encoder.encode(text)] },
  [256],
  257,
);

const literal = (text: string): CallPiece => ({ literal: text });
const integer = (min: number, max: number, above?: number): CallPiece => ({
  number: { kind: 'integer', min, max },
  ...(above !== undefined && { above }),
});
const form = (...pieces: readonly CallPiece[]): CallForm => ({ pieces });

const BOX = form(
  literal('<call>{"box": ['),
  integer(0, 12),
  literal(', '),
  integer(3, 20, 0),
  literal(', '),
  integer(0, 15, 1),
  literal('], "say": "'),
  { text: 3 },
  literal('"}</call>'),
);
const turns = [90, 180, 270].map((angle) => form(literal(`<call>{"turn": ${angle}}</call>`)));
const SEARCH = form(
  literal('<call>{"find": "'),
  { text: 4 },
  literal('", "most": '),
  integer(1, 9),
  literal('}</call>'),
);

const grammarOf = (calls: readonly CallForm[], change: Partial<CallGrammar> = {}): CallGrammar => ({
  think: null,
  gap: 0,
  calls,
  answer: { open: '<answer>', close: '</answer>' },
  tags: ['<call>', '</call>', '<answer>', '</answer>'],
  ...change,
});

const allowed = (constraint: Constraint): number[] =>
  [...Array(STOP + 1).keys()].filter((id) => (((constraint.mask()[id >> 5] ?? 0) >>> (id & 31)) & 1) === 1);

/** Whether a turn can be written, byte by byte. */
function accepts(grammar: CallGrammar, turn: string): boolean {
  const constraint = compileGrammar(grammar, BYTES).begin({ budget: 500 });
  for (const byte of encoder.encode(turn)) {
    if (!allowed(constraint).includes(byte)) return false;
    constraint.advance(byte);
  }
  return allowed(constraint).join() === '256';
}

/** A turn of a model to which all tokens are the same. */
function draw(grammar: CallGrammar, random: () => number): string {
  const constraint = compileGrammar(grammar, VOCABULARY).begin({ budget: 90 });
  const bytes: number[] = [];
  for (let count = 0; !constraint.over; count += 1) {
    if (count > 90) throw new Error('it does not end');
    const ids = allowed(constraint);
    const id = ids[Math.floor(random() * ids.length)]!;
    constraint.advance(id);
    if (id !== STOP) bytes.push(...TOKENS[id]!);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

describe('a call of any form', () => {
  const calls = grammarOf([BOX, ...turns, SEARCH], { answer: null });

  it('G3: numbers keep their bounds and their order, in a chain too', () => {
    const box = (a: number | string, b: number | string, c: number | string) =>
      accepts(calls, `<call>{"box": [${a}, ${b}, ${c}], "say": "hi"}</call>`);
    for (let a = 0; a <= 13; a += 1) {
      for (let b = 0; b <= 17; b += 4) {
        for (const c of [0, 3, 14, 15, 16]) {
          const fits = a <= 12 && b >= 3 && b > a && c > b && c <= 15;
          if (box(a, b, c) !== fits) throw new Error(`${a}, ${b}, ${c} is ${fits ? 'refused' : 'taken'}`);
        }
      }
    }
    expect(box('01', 4, 5)).toBe(false);
    expect(box('-1', 4, 5)).toBe(false);
    expect(box('1.0', 4, 5)).toBe(false);
  });

  it('G3: a number after a text, and a text by its bytes', () => {
    const find = (text: string, most: number) => accepts(calls, `<call>{"find": "${text}", "most": ${most}}</call>`);
    expect(find('', 1)).toBe(true);
    expect(find('abcd', 9)).toBe(true);
    expect(find('é€', 9)).toBe(false);
    expect(find('éa', 9)).toBe(true);
    expect(find('abcde', 9)).toBe(false);
    expect(find('a', 0)).toBe(false);
    expect(find('a', 10)).toBe(false);
    expect(find('a<', 1)).toBe(false);
  });

  it('G2: several at once: each is written, and nothing else', () => {
    for (const angle of [0, 9, 90, 180, 270, 360]) {
      expect(accepts(calls, `<call>{"turn": ${angle}}</call>`)).toBe([90, 180, 270].includes(angle));
    }
    const random = randomFrom(3);
    const shapes = [
      /^<call>\{"turn": (90|180|270)\}<\/call>$/,
      /^<call>\{"box": \[\d+, \d+, \d+\], "say": "[^"]*"\}<\/call>$/,
    ];
    const find = /^<call>\{"find": "[^"]*", "most": [1-9]\}<\/call>$/;
    const drawn = new Set<string>();
    for (let run = 0; run < 150; run += 1) {
      const turn = draw(calls, random);
      const shape = [...shapes, find, /^<answer>/].findIndex((one) => one.test(turn));
      expect(shape, turn).toBeGreaterThanOrEqual(0);
      drawn.add(shape === 0 ? turn : String(shape));
    }
    expect([...drawn].sort()).toEqual(
      ['1', '2', ...[180, 270, 90].map((angle) => `<call>{"turn": ${angle}}</call>`)].sort(),
    );
  });

  it('G6: what several calls have in common is as certain as if there were one', () => {
    const constraint = compileGrammar(calls, BYTES).begin({ budget: 90 });
    expect(new TextDecoder().decode(Uint8Array.from(constraint.forced()))).toBe('<call>{"');
    for (const byte of encoder.encode('<call>{"t')) constraint.advance(byte);
    expect(new TextDecoder().decode(Uint8Array.from(constraint.forced()))).toBe('urn": ');
  });

  it('G2: beside an answer, and where nothing but the first character is shared', () => {
    const odd = grammarOf([form(literal('<xaQ>')), form(literal('<ybQ>'))], {
      answer: { open: '<xbW>', close: '</answer>' },
      gap: 2,
    });
    for (const turn of ['<xaQ>', ' <ybQ>', '\n\n<xbW>K7</answer>']) expect(accepts(odd, turn), turn).toBe(true);
    for (const turn of ['<xbQ>', '<yaQ>', '<ybW>', '<xaW>', '   <xaQ>', '< xaQ>'])
      expect(accepts(odd, turn), turn).toBe(false);
    const both = grammarOf([...turns, BOX]);
    expect(accepts(both, '<answer>K7</answer>')).toBe(true);
    expect(accepts(both, '<call>{"turn": 90}</call>')).toBe(true);
    expect(accepts(both, '<cnswer>')).toBe(false);
  });

  it('G4: ends in time, whatever there is to choose from', () => {
    const compiled = compileGrammar(grammarOf([BOX, ...turns, SEARCH]), BYTES);
    const random = randomFrom(5);
    // <answer></answer> and the stop token.
    for (let budget = 18; budget < 80; budget += 1) {
      const constraint = compiled.begin({ budget });
      let count = 0;
      for (; !constraint.over && count <= budget; count += 1) {
        const ids = allowed(constraint);
        constraint.advance(ids[Math.floor(random() * ids.length)]!);
      }
      expect(constraint.over).toBe(true);
      expect(count).toBeLessThanOrEqual(budget);
    }
  });
});

describe('a grammar that breaks its rules', () => {
  it.each<[string, CallGrammar]>([
    ['neither a call nor an answer', grammarOf([], { answer: null })],
    ['cannot be told apart', grammarOf([form(literal('<answer>{'))])],
    ['cannot be told apart', grammarOf([BOX, BOX])],
    ['cannot be told apart', grammarOf([form()])],
    ['cannot be told apart', grammarOf([form(integer(0, 1), literal('a'))])],
    ['between two literals', grammarOf([form(literal('<c'), integer(0, 1))])],
    ['between two literals', grammarOf([form(literal('<c'), literal('b'))])],
    ['between two literals', grammarOf([form(literal('<c'), integer(0, 1), integer(0, 1), literal('b'))])],
    ['not plain text', grammarOf([form(literal('<é'))])],
    ['looks like a number', grammarOf([form(literal('<c'), integer(0, 1), literal('.b'))])],
    ['end with what it cannot hold', grammarOf([form(literal('<c'), { text: 3 }, literal('b'))])],
    ['no length', grammarOf([form(literal('<c'), { text: -1 }, literal('"'))])],
    ['no range', grammarOf([form(literal('<c'), integer(3, 2), literal('b'))])],
    ['no range', grammarOf([form(literal('<c'), integer(-90, 90), literal('b'))])],
    ['no range', grammarOf([form(literal('<c'), integer(0, 0.5), literal('b'))])],
    ['above none', grammarOf([form(literal('<c'), integer(0, 9, 0), literal('b'))])],
    ['above none', grammarOf([form(literal('<c'), integer(0, 9, 1), literal(','), integer(0, 9), literal('b'))])],
    [
      'above none',
      grammarOf([form(literal('<c'), { number: { kind: 'fraction' } }, literal(','), integer(0, 9, 0), literal('b'))]),
    ],
    ['no room', grammarOf([form(literal('<c'), integer(5, 9), literal(','), integer(0, 5, 0), literal('b'))])],
  ])('is refused: %s', (words, grammar) => {
    expect(() => compileGrammar(grammar, BYTES)).toThrow(words);
  });
});
