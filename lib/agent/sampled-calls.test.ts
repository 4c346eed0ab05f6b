/**
 * Calls as a model that knows nothing would write them: 200 a dialect, drawn from the logits of models with random weights, kept
 * in the dialect's own grammar, and each read by the dialect's own parser. None may be malformed.
 */
import { describe, expect, it, vi } from 'vitest';
import { loadTiny } from '@/lib/engine/fixtures/tiny-engine';
import type { TinyFamily } from '@/lib/engine/fixtures/tiny-models';
import { frameSize } from '@/lib/geometry';
import type { Dialect, TurnBounds } from './contract';
import { findDialect } from './dialects';
import { readTurn, type ParsedCall } from './fixtures/read-turn';

vi.setConfig({ testTimeout: 600_000 });

const CALLS = 200;
/** Models of different weights that share them. */
const MODELS = 4;
/** Enough for some words of thought and a call, byte by byte. */
const MOST_TOKENS = 150;

const DIALECTS: readonly {
  readonly id: string;
  readonly family: TinyFamily;
  readonly bounds: Pick<TurnBounds, 'frame' | 'image' | 'seen'>;
}[] = [
  { id: 'nano-1', family: 'smolvlm', bounds: { frame: 'thousandths', ...sizes(2000, 1500, 256, 256) } },
  { id: 'deepeyes', family: 'qwen2_5_vl', bounds: { frame: 'original-pixels', ...sizes(4000, 3000, 1148, 840) } },
  { id: 'qwen-tools', family: 'qwen3_vl', bounds: { frame: 'thousandths', ...sizes(4000, 3000, 1152, 832) } },
  { id: 'qwen-tools', family: 'qwen2_5_vl', bounds: { frame: 'resized-pixels', ...sizes(900, 700, 896, 700) } },
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

describe('G2: sampled calls of random models', () => {
  it.each(DIALECTS)('G2: $id, $bounds.frame, $family: 0 of 200 malformed', async ({ id, family, bounds }) => {
    const protocol = findDialect(id)!;
    const turn: TurnBounds = { ...bounds, frame: protocol.frame ?? bounds.frame, tools: ['zoom'], mayCall: true };
    // Whether to call is not left to the weights; everything else is.
    const grammar = { ...protocol.grammar(turn), answer: null };
    const most = frameSize(turn.frame, turn.image, turn.seen);
    const boxes = new Set<string>();
    for (let model = 0; model < MODELS; model += 1) {
      const tiny = await loadTiny({ family, seed: model });
      for (let draw = 0; draw < CALLS / MODELS; draw += 1) {
        const { text, end } = await tiny.ask({
          messages: [{ role: 'user', content: [{ type: 'text', text: 'What?' }] }],
          sampling: { temperature: 1, topP: 1, topK: 0, seed: draw },
          maxNewTokens: MOST_TOKENS,
          grammar,
        });
        expect(end.reason, text).toBe('stop');
        const { malformed, calls } = read(protocol, text);
        expect(malformed, text).toBe(false);
        expect(calls, text).toHaveLength(1);
        const { x1, y1, x2, y2 } = calls[0]!.box;
        const inside = x1 >= 0 && y1 >= 0 && x1 < x2 && y1 < y2 && x2 <= most.width && y2 <= most.height;
        expect(inside, text).toBe(true);
        // G3: only fractions are anything but whole numbers.
        expect(turn.frame === 'fractions' || [x1, y1, x2, y2].every(Number.isInteger), text).toBe(true);
        boxes.add(`${x1} ${y1} ${x2} ${y2}`);
      }
    }
    // They were drawn, not one call 200 times.
    expect(boxes.size).toBeGreaterThan(CALLS / 4);
  });
});
