/**
 * Grammars against the dialects' own parsers: whatever a model with the worst possible taste picks among the allowed tokens
 * is a turn that reads, and whatever reads can be written. Vocabularies: bytes alone, the shipped model's own, and one whose
 * tokens lie across every border the grammar has.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallGrammar } from '@/lib/engine';
import {
  compileGrammar,
  createVocabulary,
  type Constraint,
  type Vocabulary,
} from '@/lib/engine/worker/decode/grammar/constraint';
import { createTokenizer } from '@/lib/engine/worker/prompt/tokenizer';
import { frameSize, type CropRule, type Frame } from '@/lib/geometry';
import { cases as casesOf, IN_LONG, IN_SHORT } from '@/scripts/suite';
import type { Dialect, TurnBounds } from './contract';
import { findDialect } from './dialects';
import { readTurn, type ParsedCall } from './fixtures/read-turn';
import { planZoom } from './tools/zoom';

const encoder = new TextEncoder();

/** Every byte is a token; then `more`; then the stop token. */
function vocabularyOf(more: readonly (string | readonly number[])[] = []): Vocabulary {
  const tokens = [
    ...Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
    ...more.map((token) => (typeof token === 'string' ? encoder.encode(token) : Uint8Array.from(token))),
  ];
  const stop = tokens.length;
  const texts = { bytesOf: (id: number) => tokens[id] ?? null, encode: (text: string) => [...encoder.encode(text)] };
  // Some more logits than tokens, as models have.
  return createVocabulary(texts, [stop], stop + 7);
}

const CROSSING = vocabularyOf([
  '<think', '<think>', '>I', '</', '</th', 'ink>', '.</', 'a</thin', '</think>', '></', '</think><', '</think>\n', '\n<tool',
  '\n\n', '  <', '<tool_call>', '<tool_call>{"', '<answer>', '<answer>A', '_call>', '>{"name', '": "', 'image_zoom', '"name": "',
  '", "', 'bbox', '_2d": [', '[1', '[0', '0.', '0.5, 0', '.1', '12', '99', '100', '999', '1000', ', ', ', 1', '0, ', '00, 10',
  '7], "', '], "label": "', '"dog', '"}}', 'dog"}}</', '"}}\n</tool_call>', '}}</tool_call>', '</tool_call>', '</answer>', 'K7</answer',
  'label": "a', [0xe2, 0x82], [0x82, 0xac], [0xac, 0x3c], [0xf0, 0x9f], [0x90, 0x95, 0x22], [0xc3], [0xa9, 0x3c, 0x2f],
]); // prettier-ignore

function shipped(): Vocabulary {
  const read = (name: string): unknown => JSON.parse(readFileSync(`public/models/loupe-nano/${name}`, 'utf8'));
  const tokenizer = createTokenizer(read('tokenizer.json'), read('tokenizer_config.json'));
  return createVocabulary(tokenizer, [tokenizer.idOf('<|im_end|>') ?? -1], 1024);
}

const NANO = shipped();
const VOCABULARIES = { bytes: vocabularyOf(), nano: NANO, crossing: CROSSING } as const;

const RULE: CropRule = { minSide: 1, context: 1 };

const BOUNDS: TurnBounds = {
  frame: 'thousandths',
  image: { width: 4000, height: 3000 },
  seen: { width: 1148, height: 840 },
  tools: ['zoom'],
  mayCall: true,
};

const protocols = ['nano-1', 'deepeyes', 'qwen-tools', 'qwen-xml', 'gemma-tools', 'zoom-json'].map((id) =>
  findDialect(id)!,
);
const FRAMES: readonly Frame[] = ['thousandths', 'resized-pixels', 'original-pixels', 'fractions'];

function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function allowedIds(constraint: Constraint): number[] {
  const ids: number[] = [];
  constraint.mask().forEach((word, index) => {
    for (let rest = word; rest !== 0; rest &= rest - 1) ids.push(index * 32 + 31 - Math.clz32(rest & -rest));
  });
  return ids;
}

interface Walk {
  readonly text: string;
  readonly tokens: number;
  readonly over: boolean;
}

/** A turn of a model that finds every token equally likely. */
function walk(constraint: Constraint, { texts, stopIds }: Vocabulary, random: () => number, budget: number): Walk {
  const bytes: number[] = [];
  let tokens = 0;
  for (; tokens < budget && !constraint.over; tokens += 1) {
    const ids = allowedIds(constraint);
    if (ids.length !== constraint.allowed()) throw new Error('the count is wrong');
    const id = ids[Math.floor(random() * ids.length)]!;
    constraint.advance(id);
    if (!stopIds.includes(id)) bytes.push(...texts.bytesOf(id)!);
  }
  // Throws on bytes that are no text.
  const text = new TextDecoder('utf-8', { fatal: constraint.over, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  return { text, tokens, over: constraint.over };
}

interface Read {
  readonly steps: string;
  readonly call: ParsedCall | null;
}

/** What the dialect's parser makes of a turn: `think call`, `think malformed`, … */
function read(protocol: Dialect, turn: string): Read {
  const events = readTurn(protocol, [turn]);
  const steps = events
    .filter(({ type }) => /^(think|answer)-start|call-end|malformed/.test(type))
    .map(({ type }) => type);
  const call = events.find((event) => event.type === 'call-end')?.call ?? null;
  return { steps: steps.join(' '), call };
}

/** What is wrong with a finished turn; null where nothing is. */
function faultOf(protocol: Dialect, bounds: TurnBounds, turn: string): string | null {
  const { steps, call } = read(protocol, turn);
  const { think, mayNotThink = think === null } = grammarOf(protocol, bounds);
  const isEnded = (end: string) => (steps === `think-start ${end}` ? think !== null : steps === end && mayNotThink);
  if (call === null) return isEnded('answer-start') ? null : steps;
  if (!isEnded('call-end') || !bounds.mayCall) return steps;
  const { x1, y1, x2, y2 } = call.box;
  const most = frameSize(protocol.frame ?? bounds.frame, bounds.image, bounds.seen);
  const inside = x1 >= 0 && y1 >= 0 && x1 < x2 && y1 < y2 && x2 <= most.width && y2 <= most.height;
  // And what it asks for is carried out (N11).
  const { image, seen } = bounds;
  const plan = planZoom(call.box, { frame: protocol.frame ?? bounds.frame, image, seen, rule: RULE });
  return inside && plan.ok ? null : `box ${x1}, ${y1}, ${x2}, ${y2}`;
}

const grammarOf = (protocol: Dialect, bounds: TurnBounds): CallGrammar =>
  protocol.grammar({ ...bounds, frame: protocol.frame ?? bounds.frame });

/** Walks of each dialect, frame and vocabulary. */
const RUNS = casesOf({ short: 20, long: 80 });

/** How numbers are written has nothing to do with what is around them: in the short form two dialects try every frame. */
const framesOf = ({ id, frame }: Dialect): readonly Frame[] => {
  if (frame !== null) return [frame];
  return IN_LONG || id === 'qwen-tools' || id === 'zoom-json' ? FRAMES : ['thousandths'];
};

describe('G1 to G4: any taste, a turn that reads', () => {
  const cases = protocols.flatMap((protocol) =>
    framesOf(protocol).flatMap((frame) =>
      Object.entries(VOCABULARIES).map(([name, vocabulary]) => ({ protocol, frame, name, vocabulary })),
    ),
  );
  it.each(cases)(`G2: $protocol.id in $frame, $name: 0 of ${RUNS} malformed`, ({ protocol, frame, vocabulary }) => {
    const bounds = { ...BOUNDS, frame };
    const compiled = compileGrammar(grammarOf(protocol, bounds), vocabulary);
    const random = randomFrom(cases.findIndex((one) => one.vocabulary === vocabulary) + protocol.id.length);
    let calls = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const budget = 190 + Math.floor(random() * 120);
      const { text, tokens, over } = walk(compiled.begin({ budget }), vocabulary, random, budget);
      if (!over || tokens > budget) throw new Error(`did not end: ${text}`);
      const fault = faultOf(protocol, bounds, text);
      if (fault !== null) throw new Error(`${fault}: ${text}`);
      if (read(protocol, text).call) calls += 1;
    }
    expect(calls).toBeGreaterThan(RUNS / 16);
  });

  it.runIf(IN_SHORT)('G4: however few tokens, as far as they go; where they suffice for an answer, an end', () => {
    for (const protocol of protocols) {
      // Byte by byte, and the stop token.
      const least = `${protocol.id === 'gemma-tools' ? '' : '<think></think>'}<answer></answer>`.length + 1;
      const compiled = compileGrammar(grammarOf(protocol, BOUNDS), VOCABULARIES.bytes);
      const random = randomFrom(5);
      for (let budget = 1; budget < 140; budget += 1) {
        const { text, over } = walk(compiled.begin({ budget }), VOCABULARIES.bytes, random, budget);
        expect(over).toBe(budget >= least);
        if (over) expect(faultOf(protocol, BOUNDS, text)).toBeNull();
        else expect('<think></think><answer></answer>').toContain(text.slice(0, 8));
      }
    }
  });

  it.runIf(IN_SHORT)('G5: without a call, and without tools, the answer is all there is', () => {
    for (const protocol of protocols) {
      for (const bounds of [
        { ...BOUNDS, mayCall: false },
        { ...BOUNDS, mayCall: false, tools: [] },
      ]) {
        const compiled = compileGrammar(grammarOf(protocol, bounds), CROSSING);
        const random = randomFrom(9);
        for (let run = 0; run < 60; run += 1) {
          const { text } = walk(compiled.begin({ budget: 80 }), CROSSING, random, 80);
          expect(faultOf(protocol, bounds, text)).toBeNull();
        }
      }
    }
  });

  it.runIf(IN_SHORT)('G2: goes on inside a thought that the prompt has opened', () => {
    const protocol = findDialect('qwen-tools')!;
    const compiled = compileGrammar(grammarOf(protocol, BOUNDS), CROSSING);
    const random = randomFrom(11);
    for (let run = 0; run < 100; run += 1) {
      const { text } = walk(compiled.begin({ budget: 240, thought: 'open' }), CROSSING, random, 240);
      expect(text).not.toContain('<think>');
      expect(faultOf(protocol, BOUNDS, `<think>${text}`)).toBeNull();
      expect(read(protocol, text).steps).toMatch(/^think-start (answer-start|call-end)$/);
    }
  });

  it('G2: a thought that the prompt has closed stays closed', () => {
    for (const id of ['qwen-tools', 'qwen-xml', 'zoom-json']) {
      const protocol = findDialect(id)!;
      const compiled = compileGrammar(grammarOf(protocol, BOUNDS), CROSSING);
      const random = randomFrom(12);
      for (let run = 0; run < 60; run += 1) {
        const { text } = walk(compiled.begin({ budget: 240, thought: 'closed' }), CROSSING, random, 240);
        expect(text).not.toContain('think>');
        expect(faultOf(protocol, BOUNDS, `<think></think>${text}`)).toBeNull();
        expect(read(protocol, text).steps).toMatch(/^(answer-start|call-end)$/);
      }
    }
  });

  it('G3: any size of picture, down to one pixel', () => {
    const side = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 20_000 }));
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer(),
        fc.constantFrom(...Object.values(VOCABULARIES)),
        (width, height, seed, vocabulary) => {
          const protocol = findDialect('deepeyes')!;
          const bounds: TurnBounds = { ...BOUNDS, frame: 'resized-pixels', seen: { width, height } };
          const grammar = { ...grammarOf(protocol, bounds), answer: null };
          const { text } = walk(
            compileGrammar(grammar, vocabulary).begin({ budget: 220 }),
            vocabulary,
            randomFrom(seed),
            220,
          );
          expect(faultOf(protocol, bounds, text)).toBeNull();
          expect(read(protocol, text).call).not.toBeNull();
        },
      ),
      { numRuns: casesOf({ short: 40, long: 150 }) },
    );
  });
});

describe.runIf(IN_SHORT)('G6: certain tokens', () => {
  it('G6: the forced run is what single steps would force, to its end', () => {
    for (const protocol of protocols) {
      for (const vocabulary of Object.values(VOCABULARIES)) {
        const compiled = compileGrammar(grammarOf(protocol, BOUNDS), vocabulary);
        const random = randomFrom(3);
        let longest = 0;
        for (let run = 0; run < 15; run += 1) {
          const constraint = compiled.begin({ budget: 200 });
          while (!constraint.over) {
            const forced = constraint.forced();
            longest = Math.max(longest, forced.length);
            for (const id of forced) {
              if (allowedIds(constraint).join() !== String(id)) throw new Error(`${id} is not forced`);
              constraint.advance(id);
            }
            if (constraint.over) break;
            const ids = allowedIds(constraint);
            if (ids.length < 2) throw new Error('the forced run ends too early');
            constraint.advance(ids[Math.floor(random() * ids.length)]!);
          }
        }
        // The shipped model writes the scaffold of a call as one token.
        expect(longest).toBeGreaterThan(vocabulary === NANO ? 0 : 20);
      }
    }
  });

  it('G6: the tokenizer’s own way of writing is taken, where it is one', () => {
    const texts = { bytesOf: NANO.texts.bytesOf, encode: NANO.texts.encode };
    const compiled = compileGrammar(grammarOf(findDialect('nano-1')!, BOUNDS), NANO);
    const constraint = compiled.begin({ budget: 200 });
    expect(constraint.forced()).toEqual(texts.encode('<think>'));
    const turn =
      '<think>Small.</think><tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [100, 200, 140, 260], "label": "dog"}}</tool_call>';
    for (const id of texts.encode(turn)) constraint.advance(id);
    expect(constraint.forced()).toEqual(NANO.stopIds);
  });

  it('refuses a token that is not allowed, with a code', () => {
    const constraint = compileGrammar(grammarOf(protocols[0]!, BOUNDS), CROSSING).begin({ budget: 99 });
    expect(() => constraint.advance(0x41)).toThrow(expect.objectContaining({ code: 'internal' }));
  });
});

describe('G2: nothing that reads is lost', () => {
  const words = fc
    .array(
      fc.constantFrom(
        'a',
        'K7',
        ' ',
        '\n',
        'é',
        '€',
        '🐕',
        '<',
        '</',
        '<b>',
        '>',
        '"',
        '\\',
        '0',
        '</thin',
        '<think',
        'x',
      ),
      {
        maxLength: 12,
      },
    )
    .map((parts) => parts.join(''))
    .filter((text) => !/<\/?(think|tool_call|answer|tool_response)>/.test(`${text}<`) && !/<[^<]*$/.test(text));
  const label = fc
    .array(fc.constantFrom('dog', ' ', 'é', '€', '🐕', "'", '>', ','), { maxLength: 8 })
    .map((parts) => parts.join(''));
  const pair = fc.tuple(fc.nat(998), fc.nat(998)).map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 2] as const);
  const gap = fc.constantFrom('', '\n', '\n\n', ' ', '  ');

  it('G2: every turn in the grammar can be written, in whichever tokens', () => {
    const protocol = findDialect('qwen-tools')!;
    const compiled = Object.values(VOCABULARIES).map((vocabulary) => ({
      vocabulary,
      grammar: compileGrammar(grammarOf(protocol, BOUNDS), vocabulary),
    }));
    fc.assert(
      fc.property(
        words,
        gap,
        pair,
        pair,
        label,
        words,
        fc.boolean(),
        fc.integer(),
        (thought, space, [x1, x2], [y1, y2], what, answer, calls, seed) => {
          const call = `<tool_call>\n{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [${x1}, ${y1}, ${x2}, ${y2}], "label": "${what}"}}\n</tool_call>`;
          const turn = `<think>${thought}</think>${space}${calls ? call : `<answer>${answer}</answer>`}`;
          const bytes = encoder.encode(turn);
          const random = randomFrom(seed);
          for (const { vocabulary, grammar } of compiled) {
            const constraint = grammar.begin({ budget: 2000 });
            for (let at = 0; at < bytes.length;) {
              const fitting = allowedIds(constraint).filter((id) =>
                (vocabulary.texts.bytesOf(id) ?? [300]).every((byte: number, i: number) => bytes[at + i] === byte),
              );
              if (fitting.length === 0)
                throw new Error(`stuck after ${new TextDecoder().decode(bytes.subarray(0, at))}`);
              const id = fitting[Math.floor(random() * fitting.length)]!;
              constraint.advance(id);
              at += vocabulary.texts.bytesOf(id)!.length;
            }
            expect(allowedIds(constraint)).toEqual(vocabulary.stopIds);
          }
        },
      ),
      { numRuns: casesOf({ short: 50, long: 200 }) },
    );
  });
});
