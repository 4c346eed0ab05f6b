/**
 * The dialect for small models that were never taught tools (SmolVLM, LFM2-VL): docs/protocol.md Z1 to Z4. As few words as
 * will do, since every one of them is read by a model of a few hundred million weights, and the call written out to copy.
 */
import type { MessageContent } from '@/lib/engine';
import type { Frame } from '@/lib/geometry';
import type { Protocol } from '../contract';
import { createTagParser } from '../stream-parser';
import { tagGrammar, ZOOM_TOOL } from './tag-grammar';
import { TOLD } from './told';

/** Z2. Pixels are no frame for models that see a picture in tiles, but a manifest may say so. */
const EXAMPLE = {
  thousandths: { box: '[100, 200, 400, 500]', counted: 'from 0 to 1000' },
  fractions: { box: '[0.1, 0.2, 0.4, 0.5]', counted: 'from 0 to 1' },
  'resized-pixels': { box: '[100, 200, 400, 500]', counted: 'in pixels' },
  'original-pixels': { box: '[100, 200, 400, 500]', counted: 'in pixels' },
} as const satisfies Record<Frame, { readonly box: string; readonly counted: string }>;

/** Z1. */
const withTools = (frame: Frame): string => {
  const { box, counted } = EXAMPLE[frame];
  return [
    'Look at the picture. Write <think>your thought</think>, then either',
    '<answer>your answer</answer>',
    'or, to see a part enlarged, its left, top, right, bottom edge ' + `(${counted}):`,
    `<tool_call>{"name": "${ZOOM_TOOL}", "arguments": {"bbox_2d": ${box}, "label": "what is there"}}</tool_call>`,
  ].join('\n');
};

const WITHOUT_TOOLS = 'Look at the picture. Write <think>your thought</think>, then <answer>your answer</answer>';

const text = (words: string): MessageContent => ({ type: 'text', text: words });

export const zoomJson: Protocol = {
  id: 'zoom-json',
  frame: null,
  cropShape: 'box',
  constrained: true,
  systemPrompt: (tools, frame) => (tools ? withTools(frame) : WITHOUT_TOOLS),
  opening: ({ systemPrompt, image, question }) => [
    { role: 'system', text: systemPrompt },
    {
      role: 'user',
      content: [
        { type: 'image', image },
        { type: 'text', text: question, typed: true },
      ],
    },
  ],
  grammar: (turn) => tagGrammar(turn, { gap: 1 }),
  parser: () => createTagParser(ZOOM_TOOL, { plainAnswer: true }),
  observation: (image) => ({
    role: 'user',
    content: [text('<tool_response>'), { type: 'image', image }, text('</tool_response>')],
  }),
  tell: (problem) => ({
    told: TOLD[problem],
    message: { role: 'user', content: [text(`<tool_response>${TOLD[problem]}</tool_response>`)] },
  }),
};
