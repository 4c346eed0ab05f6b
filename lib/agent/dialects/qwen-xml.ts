/**
 * The dialect for Qwen3.5: docs/protocol.md X1 to X6. Its chat template teaches tools in a form of its own, XML before the system's
 * own words, and writes the thought's beginning or a closed thought itself; so the tool is described in the template's words, and
 * nothing is asked for but a call or an answer.
 */
import type { CallPiece } from '@/lib/engine';
import type { Dialect } from '../contract';
import { zoom } from '../tools/zoom';
import { inPlural, qwenTools, signatures, whatFor } from './qwen-tools';
import { readXmlCall } from './read-xml-call';
import { tagGrammar, type WriteCall } from './tag-grammar';

/** X1, M1. */
const askWithTools = (offered: readonly string[]): string =>
  `You answer questions about a picture. Either call ${whatFor(offered, 'the function')}, or give the final answer inside <answer></answer>.`;

export const ASK_WITH_TOOLS = askWithTools([zoom.id]);

/** X6, M6. */
export const ASK_WITHOUT_TOOLS =
  'You answer questions about a picture. Give the final answer inside <answer></answer>.';

/** X2, in the order and with the line breaks of the template. */
const HOW_TO_CALL = [
  'If you choose to call a function ONLY reply in the following format with NO suffix:',
  '',
  '<tool_call>',
  '<function=example_function_name>',
  '<parameter=example_parameter_1>',
  'value_1',
  '</parameter>',
  '<parameter=example_parameter_2>',
  'This is the value for the second parameter',
  'that can span',
  'multiple lines',
  '</parameter>',
  '</function>',
  '</tool_call>',
  '',
  '<IMPORTANT>',
  'Reminder:',
  '- Function calls MUST follow the specified format: an inner <function=...></function> block must be nested within ' +
    '<tool_call></tool_call> XML tags',
  '- Required parameters MUST be specified',
  '- You may provide optional reasoning for your function call in natural language BEFORE the function call, but NOT after',
  '- If there is no function call available, answer the question like normal with your current knowledge and do not tell the ' +
    'user about function calls',
  '</IMPORTANT>',
];

/** X3. */
const asXml: WriteCall = (tool, given) => [
  { literal: `<function=${tool}>\n` },
  ...given.flatMap(({ name, value }): CallPiece[] => [
    { literal: `<parameter=${name}>\n` },
    ...('text' in value ? [value] : value.json),
    { literal: '\n</parameter>\n' },
  ]),
  { literal: '</function>' },
];

export const qwenXml: Dialect = {
  ...qwenTools,
  id: 'qwen-xml',
  systemPrompt: (tools, frame, offered = [zoom.id], pictures = 1) =>
    tools
      ? [
          '# Tools',
          '',
          'You have access to the following functions:',
          '',
          '<tools>',
          ...signatures(frame, offered, pictures),
          '</tools>',
          '',
          ...HOW_TO_CALL,
          '',
          inPlural(askWithTools(offered), pictures),
        ].join('\n')
      : inPlural(ASK_WITHOUT_TOOLS, pictures),
  grammar: (turn) => tagGrammar(turn, { gap: 2, padding: '\n', write: asXml }),
  readCall: readXmlCall,
  // X4: the call is no JSON here.
  refusals: { 'not-json': 'Error: the call holds no <function=...></function> block.' },
};
