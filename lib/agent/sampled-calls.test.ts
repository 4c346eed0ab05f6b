/**
 * Calls as a model that knows nothing would write them: 200 a dialect, drawn from random logits as the engine draws, and some by
 * models with random weights through the whole engine (200 in the long suite); kept in the dialect's own grammar, and each
 * read by the dialect's own parser. None may be malformed.
 */
import { describe, expect, it } from 'vitest';
import { loadTiny, loadTinyModel } from '@/lib/engine/fixtures/tiny-engine';
import type { CallGrammar } from '@/lib/engine';
import type { TinyFamily } from '@/lib/engine/fixtures/tiny-models';
import { createWeights } from '@/lib/engine/fixtures/tiny-models/random';
import type { LoadedModel } from '@/lib/engine/worker/load-model';
import { sampleToken } from '@/lib/engine/worker/decode/sampler';
import { frameSize } from '@/lib/geometry';
import { cases, IN_LONG, IN_SHORT } from '@/scripts/suite';
import type { Dialect, TurnBounds } from './contract';
import { findDialect } from './dialects';
import { readTurn, type ParsedCall } from './fixtures/read-turn';

const CALLS = 200;
const CALLS_OF_MODELS = cases({ short: 10, long: 200 });
/** Models of different weights that share them. */
const MODELS = cases({ short: 1, long: 4 });
/** Enough for some words of thought and a call, byte by byte. */
const MOST_TOKENS = 150;
const FREE = { temperature: 1, topP: 1, topK: 0 } as const;
/** Of the logits, about zero: some tokens are much likelier than others, as a model has it. */
const SPREAD = 3;

const DIALECTS: readonly {
  readonly id: string;
  readonly family: TinyFamily;
  readonly bounds: Pick<TurnBounds, 'frame' | 'image' | 'seen'>;
  /** Whole models of the short form have others, or gemma-tools.test.ts. */
  readonly isLong?: true;
}[] = [
  { id: 'nano-1', family: 'smolvlm', bounds: { frame: 'thousandths', ...sizes(2000, 1500, 256, 256) } },
  { id: 'deepeyes', family: 'qwen2_5_vl', bounds: { frame: 'original-pixels', ...sizes(4000, 3000, 1148, 840) } },
  { id: 'qwen-tools', family: 'qwen3_vl', bounds: { frame: 'thousandths', ...sizes(4000, 3000, 1152, 832) } },
  {
    id: 'qwen-tools',
    family: 'qwen2_5_vl',
    bounds: { frame: 'resized-pixels', ...sizes(900, 700, 896, 700) },
    isLong: true,
  },
  {
    id: 'gemma-tools',
    family: 'gemma4',
    bounds: { frame: 'thousandths', ...sizes(4000, 3000, 912, 672) },
    isLong: true,
  },
  { id: 'zoom-json', family: 'lfm2_vl', bounds: { frame: 'fractions', ...sizes(1200, 900, 512, 384) } },
];

function sizes(width: number, height: number, seenWidth: number, seenHeight: number) {
  return { image: { width, height }, seen: { width: seenWidth, height: seenHeight } };
}

/** What the dialect's parser makes of a whole turn. */
function read(protocol: Dialect, turn: string): { readonly malformed: boolean; readonly calls: ParsedCall[] } {
  const events = readTurn(protocol, [turn]);
  return {
    malformed: events.some(({ type }) => type === 'malformed'),
    calls: events.flatMap((event) => (event.type === 'call-end' ? [event.call] : [])),
  };
}

type Drawn = (typeof DIALECTS)[number];

function setUp({ id, bounds }: Drawn) {
  const protocol = findDialect(id)!;
  const turn: TurnBounds = { ...bounds, frame: protocol.frame ?? bounds.frame, tools: ['zoom'], mayCall: true };
  // Whether to call is not left to the weights; everything else is.
  const grammar = { ...protocol.grammar(turn), answer: null };
  const most = frameSize(turn.frame, turn.image, turn.seen);
  const boxes = new Set<string>();
  const check = (text: string) => {
    const { malformed, calls } = read(protocol, text);
    expect(malformed, text).toBe(false);
    expect(calls, text).toHaveLength(1);
    const { x1, y1, x2, y2 } = calls[0]!.box;
    const inside = x1 >= 0 && y1 >= 0 && x1 < x2 && y1 < y2 && x2 <= most.width && y2 <= most.height;
    expect(inside, text).toBe(true);
    // G3: only fractions are anything but whole numbers.
    expect(turn.frame === 'fractions' || [x1, y1, x2, y2].every(Number.isInteger), text).toBe(true);
    boxes.add(`${x1} ${y1} ${x2} ${y2}`);
  };
  return { grammar, boxes, check };
}

/** A turn as the engine's loop has it (generate.ts), from logits that nobody computed. */
function drawTurn(
  { constrain, tokenizer, stopIds, manifest }: LoadedModel,
  grammar: CallGrammar,
  seed: number,
): string {
  const logits = createWeights(seed);
  const constraint = constrain(grammar, { budget: MOST_TOKENS });
  const stream = tokenizer.textStream();
  let text = '';
  for (let position = 0; !constraint.over; position += 1) {
    const row = logits.draw(`logits ${position}`, manifest.decoder.vocab, SPREAD);
    const { id } = sampleToken(row, { ...FREE, seed }, position, constraint.mask());
    constraint.advance(id);
    const certain = constraint.forced();
    for (const one of certain) constraint.advance(one);
    for (const one of [id, ...certain]) if (!stopIds.has(one)) text += stream.push(one);
  }
  return text + stream.flush();
}

describe('G2: sampled calls', () => {
  it.runIf(IN_SHORT).each(DIALECTS)(
    `G2: $id, $bounds.frame, $family: 0 of ${CALLS} from random logits malformed`,
    async (dialect) => {
      const { grammar, boxes, check } = setUp(dialect);
      const loaded = await loadTinyModel({ family: dialect.family });
      for (let draw = 0; draw < CALLS; draw += 1) check(drawTurn(loaded, grammar, draw));
      // They were drawn, not one call 200 times.
      expect(boxes.size).toBeGreaterThan(CALLS / 4);
      await loaded.dispose();
    },
  );

  it.each(DIALECTS.filter(({ isLong }) => IN_LONG || !isLong))(
    `G2: $id, $bounds.frame, $family: 0 of ${CALLS_OF_MODELS} of random models malformed`,
    async (dialect) => {
      const { grammar, boxes, check } = setUp(dialect);
      for (let model = 0; model < MODELS; model += 1) {
        const tiny = await loadTiny({ family: dialect.family, seed: model });
        for (let draw = 0; draw < CALLS_OF_MODELS / MODELS; draw += 1) {
          const { text, end } = await tiny.ask({
            messages: [{ role: 'user', content: [{ type: 'text', text: 'What?' }] }],
            sampling: { ...FREE, seed: draw },
            maxNewTokens: MOST_TOKENS,
            grammar,
          });
          expect(end.reason, text).toBe('stop');
          check(text);
        }
      }
      expect(boxes.size).toBeGreaterThan(CALLS_OF_MODELS / 4);
    },
  );
});
