/**
 * The dialect of Mini-o3 (arXiv 2509.07969): docs/protocol.md O1 to O5. Its calls stand in `<grounding>`, in fractions of the picture that
 * they name, which may be any crop of a crop. The prompts are those it was trained with, to the letter.
 */
import type { MessageContent } from '@/lib/engine';
import type { Json } from '@/lib/trajectory';
import type { Dialect, ReadCall } from '../contract';
import { createTagParser, SHARED_TAGS, type TurnTags } from '../stream-parser';
import { zoom } from '../tools/zoom';
import { readGiven } from './native';
import { tagGrammar } from './tag-grammar';
import { writeIn } from './write-tags';

/** O1. */
const WITH_TOOLS =
  "You are a helpful assistant. Answer the user's question based on the image provided. Output your thinking process within the " +
  '<think> and </think> tags. Whenever you find anything unclear, you can zoom in a specific region in the given image to see more ' +
  'clearly by outputing <grounding>{"bbox_2d": [x0, y0, x1, y1], "source": "original_image"}</grounding>, where (x0, y0) and ' +
  '(x1, y1) are the top-left and bottom-right coordinates of the region that you want to zoom in, respectively (suppose the width ' +
  "and height of the image are 1.0), and 'source' refers to the image that you zoom in and could be either 'original_image' or " +
  "'observation_i'. Once the final answer is confirmed, put it within <answer> and </answer>.";

/** O5: there is no such text in the original. */
const WITHOUT_TOOLS =
  "You are a helpful assistant. Answer the user's question based on the image provided. Output your thinking process within the " +
  '<think> and </think> tags. Once the final answer is confirmed, put it within <answer> and </answer>.';

/** O3, behind the crop. */
const GO_ON =
  '.\nContinue your reasoning process inside <think> and </think>. If needed, you can continue to zoom in on the original image or any ' +
  'of the observations, by outputting <grounding> and </grounding> as before. If the final answer is confirmed, put your final answer ' +
  'inside <answer> and </answer>.';

/** O4. */
const ERROR =
  'Please analyze the error information obtained from the function tool and adjust your response. Countinue your reasoning process ' +
  'inside <think> and </think>.';

/** O2. */
const TAGS: TurnTags = { ...SHARED_TAGS, call: { open: '<grounding>', close: '</grounding>' } };

const text = (words: string): MessageContent => ({ type: 'text', text: words });

/** O2: its one tool has no name in the call. */
function readCall(written: string): ReadCall {
  const given = readGiven(written);
  return given ? { ok: true, name: zoom.name, input: given } : { ok: false, problem: 'not-json' };
}

/** `original_image` is the first picture, `observation_i` the ith crop; a call that names none means the first. */
function pictureIn(input: Json): number | null {
  const source = typeof input === 'object' && input !== null && 'source' in input ? input.source : undefined;
  if (source === undefined || source === 'original_image') return 0;
  const number = typeof source === 'string' ? /^observation_([1-9]\d{0,2})$/.exec(source)?.[1] : undefined;
  return number === undefined ? null : Number(number);
}

export const miniO3: Dialect = {
  id: 'mini-o3',
  frame: 'fractions',
  cropShape: 'box',
  exact: { minSide: 0, elongation: 200 },
  constrained: false,
  systemPrompt: (tools) => (tools ? WITH_TOOLS : WITHOUT_TOOLS),
  opening: ({ systemPrompt, given }) => [
    { role: 'system', text: systemPrompt },
    { role: 'user', content: given },
  ],
  // Calls of its own form are in no grammar: an answer alone is.
  grammar: (turn) => tagGrammar({ ...turn, mayCall: false }, { gap: 2 }),
  readCall,
  pictureIn,
  writeLook: ({ x1, y1, x2, y2 }) =>
    `<grounding>{"bbox_2d": [${x1}, ${y1}, ${x2}, ${y2}], "source": "original_image"}</grounding>`,
  parser: () => createTagParser({ plainAnswer: true, tags: TAGS }),
  write: writeIn(TAGS),
  said: (content) => ({ role: 'user', content }),
  result: (content, _tool, looks = 1) => ({
    role: 'user',
    content: [
      text(`After the above Action ${looks - 1}, here is the the zoom-in image (Observation ${looks}):\n`),
      ...content,
      text(GO_ON),
    ],
  }),
  refusal: (told) => ({ role: 'user', content: [text(`${told}\n${ERROR}`)] }),
};
