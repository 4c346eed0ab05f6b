/**
 * The dialect of Loupe Nano: docs/protocol.md N1 to N14, byte for byte. The chat layout around these messages (N3, N10) is
 * the model's chat template, which the engine applies.
 */
import type { Dialect } from '../contract';
import { readJsonCall } from '../read-call';
import { createTagParser } from '../stream-parser';
import { tagGrammar } from './tag-grammar';
import { writeTags } from './write-tags';

const WITH_TOOLS = 'Look at the picture, think, then answer. If something is too small, call image_zoom_in_tool.';
const WITHOUT_TOOLS = 'Look at the picture and answer.';

/** N11. */
const REFUSALS = {
  'not-json': 'Error: bad call.',
  'unknown-tool': 'Error: bad call.',
  'no-box': 'Error: bad call.',
  'box-not-four-numbers': 'Error: bad call.',
  'box-empty': 'Error: bad box.',
  'box-out-of-frame': 'Error: bad box.',
  'repeated-call': 'Error: bad box.',
} as const;

export const nano1: Dialect = {
  id: 'nano-1',
  frame: 'thousandths',
  cropShape: 'square',
  // It was trained on nothing else, and what it does by itself is what it is there to show.
  constrained: false,
  oneQuestion: true,
  systemPrompt: (tools) => (tools ? WITH_TOOLS : WITHOUT_TOOLS),
  opening: ({ systemPrompt, given }) => [
    { role: 'system', text: systemPrompt },
    { role: 'user', content: given },
  ],
  grammar(turn) {
    const grammar = tagGrammar(turn, { gap: 0 });
    return turn.tools.length > 0 ? grammar : { ...grammar, think: null };
  },
  parser: () => createTagParser(),
  readCall: readJsonCall,
  said: (content) => ({ role: 'user', content }),
  result: (content) => ({
    role: 'user',
    content: [{ type: 'text', text: '<tool_response>' }, ...content, { type: 'text', text: '</tool_response>' }],
  }),
  refusal: (told) => ({
    role: 'user',
    content: [{ type: 'text', text: `<tool_response>${told}</tool_response>` }],
  }),
  refusals: REFUSALS,
  write: writeTags,
};
