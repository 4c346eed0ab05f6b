/**
 * `npm run bench:masks`: what masks cost with a vocabulary of the size that Qwen's models have, in milliseconds of processor
 * time. The tokens are made up, with more digits and brackets among them than a real vocabulary has.
 */
import { createRandom } from './random.mjs';
import { loadSource } from './load-source.mjs';

const VOCAB = 151_936;
const TURNS = 12;
const TOKENS = 160;

const THOUSANDTHS = { kind: 'integer', min: 0, max: 1000 };

const GRAMMAR = {
  think: { open: '<think>', close: '</think>' },
  gap: 2,
  calls: [
    {
      pieces: [
        { literal: '<tool_call>\n{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [' },
        { number: THOUSANDTHS },
        { literal: ', ' },
        { number: THOUSANDTHS },
        { literal: ', ' },
        { number: THOUSANDTHS, above: 0 },
        { literal: ', ' },
        { number: THOUSANDTHS, above: 1 },
        { literal: '], "label": "' },
        { text: 64 },
        { literal: '"}}\n</tool_call>' },
      ],
    },
  ],
  answer: { open: '<answer>', close: '</answer>' },
  tags: ['<think>', '</think>', '<tool_call>', '</tool_call>', '<answer>', '</answer>'],
};
/** A real vocabulary has these too. */
const SCAFFOLD = ['<think>', '</think>', '<tool_call>', '</tool_call>', '</', '"}}', '": "', '", "', ', '];

const encoder = new TextEncoder();

/** Every byte, then words of a few letters, some with a sign before or behind them. */
function madeUpTokens({ below, pick }) {
  const letters = [...'bcdfghjklmnprstvwzABCDEST日本語'];
  const vowels = [...'aeiouyé'];
  const signs = [...'<>"\'(){}[],.:;\n/'];
  const texts = new Set([...SCAFFOLD, ...Array.from({ length: 1000 }, (_, number) => String(number))]);
  while (texts.size < VOCAB - 300) {
    const length = 1 + below(1 + below(14));
    const word = Array.from({ length }, (_, i) => pick(i % 2 ? vowels : letters)).join('');
    const before = (below(10) === 0 ? pick(signs) : '') + (below(2) === 0 ? ' ' : '');
    texts.add(before + word + (below(20) === 0 ? pick(signs) : ''));
  }
  return [
    ...Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
    ...[...texts].map((t) => encoder.encode(t)),
  ];
}

/** The longest token that fits, again and again. */
function encoderOf(tokens) {
  const nameOf = (bytes) => String.fromCharCode(...bytes);
  const idOf = new Map(tokens.map((bytes, id) => [nameOf(bytes), id]));
  return (text) => {
    const bytes = encoder.encode(text);
    const ids = [];
    for (let at = 0; at < bytes.length;) {
      let length = Math.min(24, bytes.length - at);
      while (length > 1 && !idOf.has(nameOf(bytes.subarray(at, at + length)))) length -= 1;
      ids.push(idOf.get(nameOf(bytes.subarray(at, at + length))));
      at += length;
    }
    return ids;
  };
}

/** Of the processor, not of the wall: other programs may be running. */
const clock = () => process.cpuUsage().user / 1000;

function timed(work) {
  const began = clock();
  return [work(), clock() - began];
}

/** Turns drawn from all allowed tokens alike; of each step how many were allowed, and what its mask took. */
function drawTurns(compiled, { below }) {
  const steps = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const constraint = compiled.begin({ budget: TOKENS });
    while (!constraint.over) {
      const [mask, ms] = timed(() => constraint.mask());
      steps.push({ ms, allowed: constraint.allowed() });
      let id = below(VOCAB);
      while (((mask[id >> 5] >>> (id & 31)) & 1) === 0) id = (id + 1) % VOCAB;
      constraint.advance(id);
    }
  }
  return steps;
}

const { compileGrammar, createVocabulary } = await loadSource('lib/engine/worker/decode/grammar/constraint.ts');
const random = createRandom(1);
const tokens = madeUpTokens(random);
const texts = { bytesOf: (id) => tokens[id] ?? null, encode: encoderOf(tokens) };
const [vocabulary, tree] = timed(() => createVocabulary(texts, [VOCAB - 1], VOCAB));
const [compiled, grammar] = timed(() => compileGrammar(GRAMMAR, vocabulary));
const steps = drawTurns(compiled, random);

const mean = (list) => list.reduce((sum, { ms }) => sum + ms, 0) / list.length;
const round = (ms) => ms.toFixed(3);
console.log(
  `${VOCAB} tokens: tree ${round(tree)} ms (${vocabulary.trie.nodes} nodes), grammar ${round(grammar)} ms; ` +
    `${steps.length} masks: mean ${round(mean(steps))} ms, most ${round(Math.max(...steps.map(({ ms }) => ms)))} ms`,
);
for (const [kind, isOne] of [
  ['one token allowed', ({ allowed }) => allowed === 1],
  ['fewer than 5,000', ({ allowed }) => allowed > 1 && allowed < 5000],
  ['more', ({ allowed }) => allowed >= 5000],
]) {
  const list = steps.filter(isOne);
  if (list.length > 0) console.log(`${kind}: ${list.length} masks, mean ${round(mean(list))} ms`);
}
