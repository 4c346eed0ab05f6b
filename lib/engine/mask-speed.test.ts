/**
 * What masks cost with a vocabulary of the size that Qwen's models have: printed for docs/engine.md, never asserted. The
 * tokens are made up, with more digits and brackets among them than a real vocabulary has.
 */
import { expect, it } from 'vitest';
import type { CallGrammar } from './call-grammar';
import { boxForm, THOUSANDTHS } from './fixtures/box-form';
import { compileGrammar, createVocabulary } from './worker/decode/grammar/constraint';

const VOCAB = 151_936;

const GRAMMAR: CallGrammar = {
  think: { open: '<think>', close: '</think>' },
  gap: 2,
  calls: [
    boxForm({
      open: '<tool_call>\n{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [',
      separator: ', ',
      afterBox: '], "label": "',
      close: '"}}\n</tool_call>',
      x: THOUSANDTHS,
      y: THOUSANDTHS,
      labelBytes: 64,
    }),
  ],
  answer: { open: '<answer>', close: '</answer>' },
  tags: ['<think>', '</think>', '<tool_call>', '</tool_call>', '<answer>', '</answer>'],
};

function madeUpTokens(random: () => number): Uint8Array[] {
  const encoder = new TextEncoder();
  const pick = (from: string) => from.charAt(Math.floor(random() * from.length));
  const texts = new Set<string>([
    '<think>',
    '</think>',
    '<tool_call>',
    '</tool_call>',
    '</',
    '"}}',
    '": "',
    '", "',
    ', ',
  ]);
  for (let number = 0; number < 1000; number += 1) texts.add(String(number));
  while (texts.size < VOCAB - 300) {
    let text = random() < 0.5 ? ' ' : '';
    const letters = 1 + Math.floor(random() * random() * 14);
    for (let i = 0; i < letters; i += 1) text += pick(i % 2 ? 'aeiouyé' : 'bcdfghjklmnprstvwzABCDEST日本語');
    if (random() < 0.1) text = pick('<>"\'(){}[],.:;\n/') + text;
    if (random() < 0.05) text += pick('<>"\'(){}[],.:;\n/');
    texts.add(text);
  }
  return [
    ...Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
    ...[...texts].map((text) => encoder.encode(text)),
  ];
}

it('prints the time of masks over 151,936 tokens', { timeout: 240_000 }, () => {
  let state = 1;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const tokens = madeUpTokens(random);
  const stop = VOCAB - 1;
  const nameOf = (bytes: Uint8Array) => String.fromCharCode(...bytes);
  const idOf = new Map(tokens.map((bytes, id) => [nameOf(bytes), id]));
  const texts = {
    bytesOf: (id: number) => tokens[id] ?? null,
    // The longest token that fits, again and again.
    encode(text: string) {
      const bytes = new TextEncoder().encode(text);
      const ids: number[] = [];
      for (let at = 0; at < bytes.length;) {
        let length = Math.min(24, bytes.length - at);
        while (length > 1 && !idOf.has(nameOf(bytes.subarray(at, at + length)))) length -= 1;
        ids.push(idOf.get(nameOf(bytes.subarray(at, at + length))) ?? 0);
        at += length;
      }
      return ids;
    },
  };
  // Of the processor, not of the wall: other programs may be running.
  const clock = () => process.cpuUsage().user / 1000;
  const began = clock();
  const vocabulary = createVocabulary(texts, [stop], VOCAB);
  const built = clock();
  const compiled = compileGrammar(GRAMMAR, vocabulary);
  const compiledAt = clock();

  const times: number[] = [];
  const kinds = new Map<string, number[]>();
  for (let turn = 0; turn < 12; turn += 1) {
    const constraint = compiled.begin({ budget: 160 });
    for (let count = 0; count < 160 && !constraint.over; count += 1) {
      const start = clock();
      const mask = constraint.mask();
      const took = clock() - start;
      times.push(took);
      const allowed = constraint.allowed();
      const kind = allowed === 1 ? 'one' : allowed < 5000 ? 'few' : 'many';
      kinds.set(kind, [...(kinds.get(kind) ?? []), took]);
      // A thought of a dozen words, then any allowed token: mostly short of the tags that uniform choice would never find.
      let id = Math.floor(random() * VOCAB);
      while (((mask[id >> 5]! >>> (id & 31)) & 1) === 0) id = (id + 1) % VOCAB;
      constraint.advance(id);
    }
    expect(constraint.over).toBe(true);
  }
  const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
  const round = (ms: number) => ms.toFixed(3);
  process.stdout.write(
    `masks over ${VOCAB} tokens: tree ${round(built - began)} ms (${vocabulary.trie.nodes} nodes), ` +
      `grammar ${round(compiledAt - built)} ms, mask mean ${round(mean(times))} ms, most ${round(Math.max(...times))} ms, ` +
      `${times.length} steps; ${[...kinds].map(([kind, list]) => `${kind}: ${list.length} × ${round(mean(list))}`).join(', ')}\n`,
  );
});
