/**
 * The dialects for models whose server has calls of its own (lib/engine/remote): docs/protocol.md V1 to V5. The tool is handed over beside the
 * conversation, so the prompt says only when to use it; a turn comes as thought, words and call in the tags that all dialects share.
 */
import type { MessageContent } from '@/lib/engine';
import type { Frame } from '@/lib/geometry';
import { readJson, type Json } from '@/lib/trajectory';
import type { Dialect, ReadCall } from '../contract';
import { readJsonCall } from '../read-call';
import { createTagParser } from '../stream-parser';
import { python } from '../tools/python';
import { imageSearch, SEARCH_TOOLS } from '../tools/search';
import { zoom } from '../tools/zoom';
import { mayRun, pythonFunctions } from './python-function';
import { inPlural, zoomFunction } from './qwen-tools';
import { mayLookUp, searchFunctions } from './search-functions';
import { named, PICTURE_PARAMETER, pictureByIndex } from './several';
import { tagGrammar } from './tag-grammar';
import { writeTags } from './write-tags';

/** V1: of the tools there are. */
function askWithTools(offered: readonly string[]): string {
  const look =
    `Where something is too small or unclear to be sure of, call ${zoom.name} to see that ` +
    'region enlarged, as often as needed.';
  const run = `Where it takes measuring, counting or arithmetic, call ${python.name} with code that does it.`;
  const lookUp =
    'Where the question asks for what no picture shows, search for it, and open a result where its excerpt is not enough.';
  return [
    'You answer questions about a picture.',
    ...(offered.includes(zoom.id) || !mayLookUp(offered) ? [look] : []),
    ...(mayRun(offered) ? [run] : []),
    ...(mayLookUp(offered) ? [lookUp] : []),
    'Then answer in a few words.',
  ].join(' ');
}

const ASK_WITHOUT_TOOLS = 'You answer questions about a picture, in a few words.';

const asTools = (tools: readonly string[]): unknown[] =>
  [...searchFunctions(tools), ...pythonFunctions(tools)].map((one) => ({ type: 'function', function: one }));

const text = (words: string): MessageContent => ({ type: 'text', text: words });

/**
 * V3: what is shown, and that boxes go on to mean the first picture, or of several the one that a call names. Pictures that were found
 * or made are no regions of it.
 */
function told(content: readonly MessageContent[], tool: string, number?: number): readonly MessageContent[] {
  if (tool === imageSearch.name || tool === python.name) return content;
  const meant =
    number === undefined ? 'Boxes still mean the first picture.' : 'Boxes mean the picture that a call names.';
  return named(content, number).flatMap((part) =>
    part.type === 'image'
      ? [text(`The region enlarged, ${part.image.width} × ${part.image.height} pixels. ${meant}`), part]
      : [part],
  );
}

export const native: Dialect = {
  id: 'native',
  frame: null,
  cropShape: 'box',
  several: true,
  pictureIn: pictureByIndex,
  constrained: false,
  tells: [python.id, ...SEARCH_TOOLS],
  systemPrompt: (tools, _frame, offered = [zoom.id], pictures = 1) =>
    inPlural(tools ? askWithTools(offered) : ASK_WITHOUT_TOOLS, pictures),
  nativeTools: (tools, frame, pictures) => [
    ...(tools.includes(zoom.id) ? [{ type: 'function', function: zoomFunction(frame, pictures) }] : []),
    ...asTools(tools),
  ],
  opening: ({ systemPrompt, given }) => [
    { role: 'system', text: systemPrompt },
    { role: 'user', content: named(given) },
  ],
  grammar: (turn) => tagGrammar(turn, { gap: 1 }),
  readCall: readJsonCall,
  write: writeTags,
  // V6.
  parser: () => createTagParser({ plainAnswer: true, everyCall: true }),
  said: (content) => ({ role: 'user', content }),
  result: (content, tool, _looks, number) => ({ role: 'user', result: true, content: told(content, tool, number) }),
  refusal: (words) => ({ role: 'user', result: true, content: [text(words)] }),
};

const COUNTED_YX: Partial<Readonly<Record<Frame, string>>> = {
  fractions: 'as fractions of its height and width, from 0 to 1',
  'resized-pixels': 'in its pixels',
  'original-pixels': 'in its pixels',
};

/** V5: the same with the box as Gemini writes it. */
export const nativeYx: Dialect = {
  ...native,
  id: 'native-yx',
  nativeTools: (tools, frame, pictures) => [
    ...(tools.includes(zoom.id) ? [zoomToolYx(frame, pictures)] : []),
    ...asTools(tools),
  ],
  readCall: readYxCall,
};

const zoomToolYx = (frame: Frame, pictures = 1): unknown => ({
  type: 'function',
  function: {
    name: zoom.name,
    description: `Zoom in on a region of ${pictures > 1 ? 'an image' : 'the first image'}: it is cut out and shown enlarged.`,
    parameters: {
      type: 'object',
      properties: {
        box_2d: {
          type: 'array',
          items: { type: 'number' },
          minItems: 4,
          maxItems: 4,
          description: `The region of ${pictures > 1 ? 'that image' : 'the first image'} as [ymin, xmin, ymax, xmax], ${COUNTED_YX[frame] ?? 'in thousandths of its height and width, from 0 to 1000'}.`,
        },
        label: { type: 'string', description: 'What is to be seen there.' },
        ...(pictures > 1 && { img_idx: PICTURE_PARAMETER }),
      },
      required: ['box_2d', 'label', ...(pictures > 1 ? ['img_idx'] : [])],
    },
  },
});

/** Brought into the order in which every tool reads a box. */
function readYxCall(written: string): ReadCall {
  const read = readJsonCall(written);
  if (!read.ok || !isRecord(read.input) || !Array.isArray(read.input.box_2d)) return read;
  const [y1 = null, x1 = null, y2 = null, x2 = null, ...rest] = read.input.box_2d as readonly Json[];
  const { box_2d: _box, ...others } = read.input;
  return { ...read, input: { ...others, bbox_2d: [x1, y1, x2, y2, ...rest] } };
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a call that is no named call gives, for dialects that have one tool. Null where it is no object. */
export function readGiven(written: string): { readonly [key: string]: Json } | null {
  const read = readJson(written.trim());
  return read !== null && isRecord(read) ? read : null;
}
