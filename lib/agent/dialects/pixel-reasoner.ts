/**
 * The dialect of Pixel-Reasoner (arXiv 2505.15966): docs/protocol.md W1 to W5. Its calls name the picture they speak of by number and count in
 * fractions of it; a crop is shown with a tenth of the picture around it.
 */
import type { MessageContent } from '@/lib/engine';
import type { Json } from '@/lib/trajectory';
import type { Dialect, ReadCall } from '../contract';
import { readJsonCall } from '../read-call';
import { createTagParser } from '../stream-parser';
import { zoom } from '../tools/zoom';
import { tagGrammar } from './tag-grammar';
import { writeTags } from './write-tags';

const SIGNATURE =
  '{"type": "function", "function": {"name": "crop_image_normalized", "description": "Zoom in on the image based on the bounding box ' +
  'coordinates. It is useful when the object or text in the image is too small to be seen.", "parameters": {"type": "object", ' +
  '"properties": {"bbox_2d": {"type": "array", "description": "coordinates for bounding box of the area you want to zoom in. Values ' +
  'should be within [0.0,1.0].", "items": {"type": "number"}}, "target_image": {"type": "number", "description": "The index of the ' +
  'image to crop. Index from 1 to the number of images. Choose 1 to operate on original image."}}, "required": ["bbox_2d", ' +
  '"target_image"]}}}';

/** W1. */
const WITH_TOOLS = [
  'You are a helpful assistant.',
  '',
  '# Tools',
  '',
  'You may call one or more functions to assist with the user query.',
  '',
  'You are provided with function signatures within <tools></tools> XML tags:',
  '<tools>',
  SIGNATURE,
  '</tools>',
  '',
  'For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:',
  '<tool_call>',
  '{"name": <function-name>, "arguments": <args-json-object>}',
  '</tool_call>',
].join('\n');

const text = (words: string): MessageContent => ({ type: 'text', text: words });

/** W2: both names that its releases have for the tool. */
function readCall(written: string): ReadCall {
  const read = readJsonCall(written);
  return read.ok && /^crop_image(_normalized)?$/.test(read.name) ? { ...read, name: zoom.name } : read;
}

/** 1 is the first picture; a call that names none means that. */
function pictureIn(input: Json): number | null {
  const target = typeof input === 'object' && input !== null && 'target_image' in input ? input.target_image : 1;
  return typeof target === 'number' && Number.isInteger(target) && target >= 1 ? target - 1 : null;
}

export const pixelReasoner: Dialect = {
  id: 'pixel-reasoner',
  frame: 'fractions',
  cropShape: 'box',
  exact: { minSide: 0, elongation: 200, margin: 0.1 },
  constrained: false,
  systemPrompt: (tools) => (tools ? WITH_TOOLS : 'You are a helpful assistant.'),
  opening: ({ systemPrompt, given }) => [
    { role: 'system', text: systemPrompt },
    { role: 'user', content: given },
  ],
  grammar: (turn) => tagGrammar({ ...turn, mayCall: false }, { gap: 2 }),
  readCall,
  pictureIn,
  writeLook: ({ x1, y1, x2, y2 }) =>
    `<tool_call>{"name": "crop_image_normalized", "arguments": {"bbox_2d": [${x1}, ${y1}, ${x2}, ${y2}], "target_image": 1}}</tool_call>`,
  parser: () => createTagParser({ plainAnswer: true }),
  write: writeTags,
  said: (content) => ({ role: 'user', content }),
  result: (content) => ({ role: 'user', content: [text('Here is the cropped image.'), ...content] }),
  refusal: (told) => ({ role: 'user', content: [text(told)] }),
};
