/**
 * The dialect of Loupe Nano: docs/protocol.md N1 to N14, byte for byte. The chat layout around these messages (N3, N10) is
 * the model's chat template, which the engine applies.
 */
import type { EngineImage, Message } from '@/lib/engine';
import type { ParseProblem } from '@/lib/trajectory';
import type { Protocol } from '../contract';
import { createTagParser } from '../stream-parser';
import { tagGrammar } from './tag-grammar';

const WITH_TOOLS = 'Look at the picture, think, then answer. If something is too small, call image_zoom_in_tool.';
const WITHOUT_TOOLS = 'Look at the picture and answer.';

/** N11. */
const TOLD = {
  'not-json': 'Error: bad call.',
  'unknown-tool': 'Error: bad call.',
  'no-box': 'Error: bad call.',
  'box-not-four-numbers': 'Error: bad call.',
  interrupted: 'Error: bad call.',
  'box-empty': 'Error: bad box.',
  'box-out-of-frame': 'Error: bad box.',
  'repeated-box': 'Error: bad box.',
} as const satisfies Record<ParseProblem, string>;

export const nano1: Protocol = {
  id: 'nano-1',
  frame: 'thousandths',
  cropShape: 'square',
  // It was trained on nothing else, and what it does by itself is what it is there to show.
  constrained: false,
  systemPrompt: (tools) => (tools ? WITH_TOOLS : WITHOUT_TOOLS),
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
  grammar(turn) {
    const grammar = tagGrammar(turn, { gap: 0 });
    return turn.tools ? grammar : { ...grammar, think: null };
  },
  parser: () => createTagParser('image_zoom_in_tool'),
  observation: (image: EngineImage): Message => ({
    role: 'user',
    content: [
      { type: 'text', text: '<tool_response>' },
      { type: 'image', image },
      { type: 'text', text: '</tool_response>' },
    ],
  }),
  tell: (problem) => {
    const told = TOLD[problem];
    return {
      told,
      message: { role: 'user', content: [{ type: 'text', text: `<tool_response>${told}</tool_response>` }] },
    };
  },
};
