/** Masks against their definition: every token tried alone, byte by byte. */
import { expect, it } from 'vitest';
import type { CallGrammar } from '../../../call-grammar';
import { boxForm } from '../../../fixtures/box-form';
import { createAutomaton, isFreeByte, isLabelByte } from './automaton';
import { createMasks } from './masks';
import { findPlainTokens } from './plain-tokens';
import { createControlTags } from './control-tags';
import { createProgram } from './program';
import { createTokenTrie } from './token-trie';

const GRAMMAR: CallGrammar = {
  think: { open: '<think>', close: '</think>' },
  gap: 1,
  calls: [
    boxForm({
      open: '<call>[',
      separator: ', ',
      afterBox: ', "',
      close: '"]</call>',
      x: { kind: 'fraction' },
      y: { kind: 'fraction' },
      labelBytes: 6,
    }),
  ],
  answer: { open: '<answer>', close: '</answer>' },
  tags: ['<think>', '</think>', '<call>', '</call>', '<answer>', '</answer>'],
};

const encoder = new TextEncoder();
const MORE = [
  'think',
  'think>',
  'answer',
  '/think',
  'a',
  'ab',
  'abc',
  '</',
  'x</think>',
  '0.1, 0',
  ', "',
  '"]<',
  '€',
  'é€',
  'aé',
  '<call',
  'l>[0',
];
const TOKENS = [
  ...Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
  ...MORE.map((text) => encoder.encode(text)),
  Uint8Array.of(0x61, 0xe2),
  Uint8Array.of(0xac, 0x62),
  encoder.encode('twin'),
  encoder.encode('twin'),
];
const STOP = TOKENS.length;
const NO_TAGS = createControlTags(new Map());

it('allow what the automaton follows and the tokens left are enough for', () => {
  const trie = createTokenTrie((id) => TOKENS[id] ?? null, STOP + 1);
  const automaton = createAutomaton(
    createProgram(GRAMMAR, { trie, control: NO_TAGS, encode: (text) => [...encoder.encode(text)] }),
  );
  const plain = { free: findPlainTokens(trie, isFreeByte), label: findPlainTokens(trie, isLabelByte) };
  const masks = createMasks({ automaton, trie, plain, stopIds: [STOP] });

  const follow = (state: number, id: number) =>
    TOKENS[id]!.reduce((at, byte) => (at < 0 ? at : automaton.step(at, byte)), state);
  const expected = (state: number, limit: number): number[] => {
    if (automaton.isDone(state)) return [STOP];
    const certain = automaton.certain(state);
    return [...TOKENS.keys()].filter((id) => {
      const next = follow(state, id);
      if (next < 0 || automaton.tokensLeft(next, true) > limit) return false;
      return certain === null || TOKENS[id]!.length > certain.bytes || id === certain.token;
    });
  };
  const found = (bits: Uint32Array) =>
    [...Array(STOP + 1).keys()].filter((id) => ((bits[id >> 5]! >>> (id & 31)) & 1) === 1);

  let seed = 7;
  const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  let compared = 0;
  for (let turn = 0; turn < 15; turn += 1) {
    let state = automaton.start.none;
    for (let step = 0; step < 120 && !automaton.isDone(state); step += 1) {
      for (const after of [1000, Math.floor(random() * 60)]) {
        const limit = Math.max(after, automaton.tokensLeft(state, true) - 1);
        const mask = masks(state, true, after);
        const ids = expected(state, limit);
        if (found(mask.bits).join() !== ids.join() || mask.count !== ids.length) {
          expect(found(mask.bits)).toEqual(ids);
          expect(mask.count).toBe(ids.length);
        }
        if (ids.length === 1) expect(mask.one).toBe(ids[0]);
        compared += 1;
      }
      // Towards the end half the time, else anything.
      const ids = expected(state, random() < 0.5 ? 1000 : automaton.tokensLeft(state, true) - 1);
      state = follow(state, ids[Math.floor(random() * ids.length)]!);
    }
  }
  expect(compared).toBeGreaterThan(500);
});
