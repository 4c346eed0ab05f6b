/**
 * The grammar that the dialects of `<think> / <tool_call> / <answer>` share (docs/protocol.md G1 to G6), with what differs
 * between them as options.
 */
import type { BoxNumbers, CallGrammar } from '@/lib/engine';
import { frameSize } from '@/lib/geometry';
import type { TurnBounds } from '../contract';

export const ZOOM_TOOL = 'image_zoom_in_tool';

interface TagGrammarOptions {
  /** Most spaces and line feeds between thought and call or answer. */
  readonly gap: number;
  /** What stands between the call's tags and its JSON. */
  readonly padding?: string;
}

const TAGS = ['think', 'tool_call', 'answer', 'tool_response'].flatMap((name) => [`<${name}>`, `</${name}>`]);

/** About a dozen words. */
const LABEL_BYTES = 64;

export function tagGrammar(turn: TurnBounds, { gap, padding = '' }: TagGrammarOptions): CallGrammar {
  const call = {
    open: `<tool_call>${padding}{"name": "${ZOOM_TOOL}", "arguments": {"bbox_2d": [`,
    separator: ', ',
    afterBox: '], "label": "',
    close: `"}}${padding}</tool_call>`,
    numbers: numbersOf(turn),
    labelBytes: LABEL_BYTES,
  };
  return {
    think: { open: '<think>', close: '</think>' },
    gap,
    call: turn.tools && turn.mayCall ? call : null,
    answer: { open: '<answer>', close: '</answer>' },
    tags: TAGS,
  };
}

/** G3. Fractions are written as fractions; every other frame counts in whole units. */
function numbersOf({ frame, image, seen }: TurnBounds): BoxNumbers {
  if (frame === 'fractions') return { kind: 'fractions' };
  const { width, height } = frameSize(frame, image, seen);
  return { kind: 'integers', maxX: Math.max(1, Math.floor(width)), maxY: Math.max(1, Math.floor(height)) };
}
