/**
 * The dialect for Qwen's instruction-tuned vision models as they come from the hub: docs/protocol.md Q1 to Q5. The tool is
 * described in the words that Qwen's own chat template has for tools, so that a call is what the model was tuned to write;
 * what to do with it (think, look, answer in tags) is asked for in the sentence before.
 */
import type { MessageContent } from '@/lib/engine';
import type { Frame } from '@/lib/geometry';
import type { Dialect } from '../contract';
import { readJsonCall } from '../read-call';
import { createTagParser } from '../stream-parser';
import { python } from '../tools/python';
import { SEARCH_TOOLS } from '../tools/search';
import { zoom } from '../tools/zoom';
import { mayRun, pythonFunctions } from './python-function';
import { mayLookUp, searchFunctions } from './search-functions';
import { named, PICTURE_PARAMETER, pictureByIndex } from './several';
import { tagGrammar } from './tag-grammar';
import { writeTags } from './write-tags';

/** What is offered and tells of nothing else is there to look. */
const looks = (offered: readonly string[]): boolean => offered.includes(zoom.id) || !mayLookUp(offered);

/** Q1, and why to call what there is. */
const askWithTools = (offered: readonly string[]): string =>
  `You answer questions about a picture. First think inside <think></think>. Then either call ${whatFor(offered, 'the tool')}, or give the final answer inside <answer></answer>.`;

/** `the tool, to see a region of the picture enlarged`. @param only as the tool is called where it is the only one */
export function whatFor(offered: readonly string[], only: string): string {
  const reasons = [
    ...(looks(offered) ? ['to see a region of the picture enlarged'] : []),
    ...(mayRun(offered) ? ['to measure or compute with code'] : []),
    ...(mayLookUp(offered) ? ['to look up what the picture does not show'] : []),
  ];
  return `${mayLookUp(offered) || mayRun(offered) ? only.replace(/^the /, 'a ') : only}, ${reasons.join(' or ')}`;
}

/** Q5. */
const ASK_WITHOUT_TOOLS =
  'You answer questions about a picture. First think inside <think></think>. Then give the final answer inside ' +
  '<answer></answer>.';

/** Q2: of one picture always, also after a crop; of several the one that the call names (K2). */
const COUNTED = {
  thousandths: (image) => `in thousandths of ${image}'s width and height, whole numbers from 0 to 1000`,
  'resized-pixels': (image) => `in pixels of ${image}`,
  'original-pixels': (image) => `in pixels of ${image}`,
  fractions: (image) => `as fractions of ${image}'s width and height, from 0 to 1`,
} as const satisfies Record<Frame, (image: string) => string>;

/** The tool as templates are told of one. */
export const zoomFunction = (frame: Frame, pictures = 1) => ({
  name: zoom.name,
  description: `Zoom in on a region of ${pictures > 1 ? 'an image' : 'the first image'}: it is cut out and shown enlarged.`,
  parameters: {
    type: 'object',
    properties: {
      bbox_2d: {
        type: 'array',
        items: { type: 'number' },
        minItems: 4,
        maxItems: 4,
        description: `The region as [x1, y1, x2, y2], left, top, right and bottom, ${COUNTED[frame](pictures > 1 ? 'that image' : 'the first image')}.`,
      },
      label: { type: 'string', description: 'What is to be seen there.' },
      ...(pictures > 1 && { img_idx: PICTURE_PARAMETER }),
    },
    required: ['bbox_2d', 'label', ...(pictures > 1 ? ['img_idx'] : [])],
  },
});

/** The tool as both forms of Qwen's templates write one: a line of JSON. */
export const zoomSignature = (frame: Frame, pictures = 1): string =>
  spaced({ type: 'function', function: zoomFunction(frame, pictures) });

/** Of the tools there are, a line each. */
export const signatures = (frame: Frame, offered: readonly string[], pictures = 1): readonly string[] => [
  ...(looks(offered) ? [zoomSignature(frame, pictures)] : []),
  ...[...searchFunctions(offered), ...pythonFunctions(offered)].map((one) =>
    spaced({ type: 'function', function: one }),
  ),
];

/** Q1, in the order and with the line breaks of Qwen's chat template. */
const withTools = (frame: Frame, offered: readonly string[], pictures: number): string =>
  [
    inPlural(askWithTools(offered), pictures),
    '',
    '# Tools',
    '',
    'You may call one or more functions to assist with the user query.',
    '',
    'You are provided with function signatures within <tools></tools> XML tags:',
    '<tools>',
    ...signatures(frame, offered, pictures),
    '</tools>',
    '',
    'For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:',
    '<tool_call>',
    '{"name": <function-name>, "arguments": <args-json-object>}',
    '</tool_call>',
  ].join('\n');

/** K1: the same words for several pictures. */
export const inPlural = (words: string, pictures: number): string =>
  pictures > 1 ? words.replace('about a picture', 'about pictures').replace('of the picture', 'of a picture') : words;

/** JSON as Python writes it, and so the templates: a space after each comma and colon. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${spaced(one)}`);
  return `{${entries.join(', ')}}`;
}

const text = (words: string): MessageContent => ({ type: 'text', text: words });

/** For models that look at one picture. */
export const qwenOfOne: Dialect = {
  id: 'qwen-tools',
  frame: null,
  cropShape: 'box',
  constrained: true,
  tells: [python.id, ...SEARCH_TOOLS],
  systemPrompt: (tools, frame, offered = [zoom.id], pictures = 1) =>
    tools ? withTools(frame, offered, pictures) : inPlural(ASK_WITHOUT_TOOLS, pictures),
  opening: ({ systemPrompt, given }) => [
    { role: 'system', text: systemPrompt },
    { role: 'user', content: named(given) },
  ],
  grammar: (turn) => tagGrammar(turn, { gap: 2, padding: '\n' }),
  readCall: readJsonCall,
  write: writeTags,
  parser: () => createTagParser({ plainAnswer: true }),
  said: (content) => ({ role: 'user', content }),
  result: (content, _tool, _looks, number) => ({
    role: 'user',
    content: [text('<tool_response>\n'), ...named(content, number), text('\n</tool_response>')],
  }),
  refusal: (told) => ({ role: 'user', content: [text(`<tool_response>\n${told}\n</tool_response>`)] }),
};

export const qwenTools: Dialect = { ...qwenOfOne, several: true, pictureIn: pictureByIndex };
