/** How models count, as far as their makers say (docs/formats.md): by their name in a log, or in the text itself. */
import { fitArea, type Size } from '@/lib/geometry';
import type { Order, Range } from './written';

interface Habit {
  readonly range: Range;
  readonly order?: Order;
}

const HABITS: readonly (readonly [RegExp, Habit])[] = [
  [/gemini/i, { range: 1000, order: 'yxyx' }],
  [/glm|cogvlm|cogagent/i, { range: 999, order: 'xyxy' }],
  [/qwen-?(?:2[._]?5|2_5)|deepeyes|mimo/i, { range: 'seen-pixels' }],
  [/qwen-?(?:3|[4-9])|qwen-?2|qwen-?vl/i, { range: 1000 }],
  [/claude/i, { range: 'seen-pixels' }],
  [/kimi|llava|shikra|moondream/i, { range: 1 }],
  [/internvl|minicpm|nova/i, { range: 1000 }],
  [/doubao|seed-?\d|deepseek/i, { range: 999 }],
  [/ui-?tars-?1[._]?5/i, { range: 'seen-pixels' }],
  [/ui-?tars/i, { range: 1000 }],
  [/\bgpt\b|\bo[134]\b/i, { range: 'pixels' }],
];

export function habitOf(model: string): Habit | null {
  return HABITS.find(([pattern]) => pattern.test(model))?.[1] ?? null;
}

/** A model that a pasted log names beside the answer. */
export function modelIn(text: string): string {
  return /["']model(?:_?(?:name|id|version))?["']\s{0,4}:\s{0,4}["']([^"'\n]{1,120})["']/i.exec(text)?.[1] ?? '';
}

const QWEN25 = { factor: 28, minPixels: 4 * 28 ** 2, maxPixels: 16_384 * 28 ** 2 };

/** How Qwen2.5-VL sees a picture; a server may have less room for it. */
export function seenByQwen25(picture: Size, maxPixels: number = QWEN25.maxPixels): Size {
  return fitArea(picture, { ...QWEN25, maxPixels }, QWEN25.factor);
}

/** Claude's pictures are made smaller until neither bound is passed; whole pixels. */
const CLAUDE = { side: 1568, pixels: 1_150_000 };

function seenByClaude({ width, height }: Size): Size {
  const scale = Math.min(1, CLAUDE.side / Math.max(width, height), Math.sqrt(CLAUDE.pixels / (width * height)));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** The size at which a model saw a picture, where nobody told. */
export function seenBy(model: string, picture: Size): Size {
  return /claude/i.test(model) ? seenByClaude(picture) : seenByQwen25(picture);
}
