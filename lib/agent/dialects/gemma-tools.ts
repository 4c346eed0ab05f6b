/**
 * The dialect for Gemma 4: docs/protocol.md M1 to M6. Tools, calls and results have tags that are control tokens of its vocabulary and a
 * form that is neither JSON nor XML; a result stands in the model's own turn, which goes on after it. From Google's chat template: no
 * export of the model was seen.
 */
import type { CallPiece, MessageContent } from '@/lib/engine';
import type { Frame } from '@/lib/geometry';
import type { Dialect } from '../contract';
import { createTagParser } from '../stream-parser';
import { qwenOfOne, zoomFunction } from './qwen-tools';
import { ASK_WITHOUT_TOOLS, ASK_WITH_TOOLS } from './qwen-xml';
import { QUOTE, readGemmaCall } from './read-gemma-call';
import { tagGrammar, type DialectTags, type WriteCall } from './tag-grammar';
import { writeIn } from './write-tags';

const quoted = (words: string): string => QUOTE + words + QUOTE;

/** M2: what a template has of a type is its name in capitals. */
const typed = (type: string): string => `type:${quoted(type.toUpperCase())}`;

/** M2, in the order of the template, which sorts; it leaves out how many items there are. */
function declaration(frame: Frame): string {
  const { name, description, parameters } = zoomFunction(frame);
  const { bbox_2d: box, label } = parameters.properties;
  const properties = [
    `bbox_2d:{description:${quoted(box.description)},items:{${typed(box.items.type)}},${typed(box.type)}}`,
    `label:{description:${quoted(label.description)},${typed(label.type)}}`,
  ];
  const required = parameters.required.map(quoted);
  return (
    `<|tool>declaration:${name}{description:${quoted(description)},parameters:{properties:{${properties.join(',')}},` +
    `required:[${required.join(',')}],${typed(parameters.type)}}}<tool|>`
  );
}

/** M3. */
const TAGS: DialectTags = {
  think: { open: '<|channel>thought\n', close: '<channel|>' },
  call: { open: '<|tool_call>', close: '<tool_call|>' },
  answer: { open: '<answer>', close: '</answer>' },
  all: [
    ...['channel', 'tool', 'tool_call', 'tool_response'].flatMap((name) => [`<|${name}>`, `<${name}|>`]),
    QUOTE,
    '<answer>',
    '</answer>',
  ],
};

/** M3: a list has no spaces. */
const asCalled: WriteCall = (tool, given) => [
  { literal: `call:${tool}{` },
  ...given.flatMap(({ name, value }, index): CallPiece[] => [
    { literal: `${index === 0 ? '' : ','}${name}:` },
    ...('text' in value ? [{ literal: QUOTE }, value, { literal: QUOTE }] : value.json.map(withoutSpaces)),
  ]),
  { literal: '}' },
];

function withoutSpaces(piece: CallPiece): CallPiece {
  return 'literal' in piece ? { literal: piece.literal.replaceAll(' ', '') } : piece;
}

const text = (words: string): MessageContent => ({ type: 'text', text: words });

/** M5: a name that is none, as of a call that could not be read, is what the template calls it. */
function answered(tool: string, words: readonly MessageContent[]): MessageContent[] {
  const name = /^\w+$/.test(tool) ? tool : 'unknown';
  return [text(`<|tool_response>response:${name}{value:${QUOTE}`), ...words, text(`${QUOTE}}<tool_response|>`)];
}

export const gemmaTools: Dialect = {
  ...qwenOfOne,
  id: 'gemma-tools',
  tells: [],
  systemPrompt: (tools, frame) => (tools ? ASK_WITH_TOOLS + declaration(frame) : ASK_WITHOUT_TOOLS),
  grammar: (turn) => tagGrammar(turn, { gap: 0, write: asCalled, tags: TAGS, mayNotThink: true }),
  readCall: readGemmaCall,
  write: writeIn(TAGS),
  parser: () => createTagParser({ plainAnswer: true, tags: TAGS }),
  result: (content, tool) => ({
    role: 'user',
    inTurn: true,
    content: [
      ...answered(
        tool,
        content.filter(({ type }) => type === 'text'),
      ),
      ...content.filter(({ type }) => type === 'image'),
    ],
  }),
  refusal: (told, tool) => ({ role: 'user', inTurn: true, content: answered(tool, [text(told)]) }),
  // M4: the call is no JSON here.
  refusals: { 'not-json': 'Error: the call does not have the form call:name{key:value}.' },
};
