/**
 * The dialect of the published DeepEyes model (arXiv 2505.14362): docs/protocol.md D1 to D7. The texts are those it was
 * trained with, byte for byte, with their oddities: `required` names a property that does not exist, and some lines of the
 * example end in two spaces.
 */
import type { MessageContent } from '@/lib/engine';
import type { Dialect } from '../contract';
import { readJsonCall } from '../read-call';
import { createTagParser } from '../stream-parser';
import { tagGrammar } from './tag-grammar';
import { writeTags } from './write-tags';

const ASSISTANT = 'You are a helpful assistant.';

const SIGNATURE =
  '{"type":"function","function":{"name":"image_zoom_in_tool","description":"Zoom in on a specific region of an image by ' +
  'cropping it based on a bounding box (bbox) and an optional object label.","parameters":{"type":"object","properties":' +
  '{"bbox_2d":{"type":"array","items":{"type":"number"},"minItems":4,"maxItems":4,"description":"The bounding box of the ' +
  'region to zoom in, as [x1, y1, x2, y2], where (x1, y1) is the top-left corner and (x2, y2) is the bottom-right corner."},' +
  '"label":{"type":"string","description":"The name or label of the object in the specified bounding box (optional)."}},' +
  '"required":["bbox"]}}}';

/** D1. */
const WITH_TOOLS = [
  ASSISTANT,
  '',
  '# Tools',
  'You may call one or more functions to assist with the user query.',
  'You are provided with function signatures within <tools></tools> XML tags:',
  '<tools>',
  SIGNATURE,
  '</tools>',
  '',
  '# How to call a tool',
  'Return a json object with function name and arguments within <tool_call></tool_call> XML tags:',
  '<tool_call>',
  '{"name": <function-name>, "arguments": <args-json-object>}',
  '</tool_call>',
  '',
  '**Example**:  ',
  '<tool_call>  ',
  '{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [10, 20, 100, 200], "label": "the apple on the desk"}}  ',
  '</tool_call>',
].join('\n');

/** D2; it also follows each crop (D5). */
const SUFFIX =
  '\nThink first, call **image_zoom_in_tool** if needed, then answer. Format strictly as:  <think>...</think>  ' +
  '<tool_call>...</tool_call> (if tools needed)  <answer>...</answer> ';

/** D6: there is no such text in the original, which always has its tool. */
const SUFFIX_WITHOUT_TOOLS =
  '\nThink first, then answer. Format strictly as:  <think>...</think>  <answer>...</answer> ';

/** D7: one text for whatever is wrong with a box. */
const INVALID = 'Error: ZOOM IN ARGUMENTS ARE INVALID';

const text = (words: string): MessageContent => ({ type: 'text', text: words });

/** D2: the first words are the question, and the format is asked for after the last. */
function framed(given: readonly MessageContent[], suffix: string): MessageContent[] {
  const isText = given.map(({ type }) => type === 'text');
  const [first, last] = [isText.indexOf(true), isText.lastIndexOf(true)];
  const content = given.flatMap((part, index) => [
    ...(index === first ? [text('Question: ')] : []),
    part,
    ...(index === last ? [text(suffix)] : []),
  ]);
  return last < 0 ? [...content, text(suffix)] : content;
}

export const deepeyes: Dialect = {
  id: 'deepeyes',
  // D3: its own code reads these numbers as pixels of the original, which they are only where nothing was resized.
  frame: 'resized-pixels',
  cropShape: 'box',
  // D7.
  exact: { minSide: 30, elongation: 100 },
  constrained: true,
  systemPrompt: (tools) => (tools ? WITH_TOOLS : ASSISTANT),
  opening: ({ systemPrompt, given, tools }) => [
    { role: 'system', text: systemPrompt },
    { role: 'user', content: framed(given, `\n${tools ? SUFFIX : SUFFIX_WITHOUT_TOOLS}`) },
  ],
  grammar: (turn) => tagGrammar(turn, { gap: 2 }),
  readCall: readJsonCall,
  write: writeTags,
  parser: () => createTagParser({ plainAnswer: true }),
  said: (content) => ({ role: 'user', content: framed(content, `\n${SUFFIX}`) }),
  result: (content) => ({
    role: 'user',
    content: [text('<tool_response>'), ...content, text(SUFFIX), text('</tool_response>')],
  }),
  refusal: (told) => ({ role: 'user', content: [text(told)] }),
  refusals: { 'box-empty': INVALID, 'box-out-of-frame': INVALID, 'box-too-small': INVALID },
};

/** D8. */
export const deepeyesLast: Dialect = {
  ...deepeyes,
  id: 'deepeyes-last',
  carriesOut: 'last',
  parser: () => createTagParser({ plainAnswer: true, everyCall: true }),
};
