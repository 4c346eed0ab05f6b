/**
 * The dialect of DeepEyesV2 (arXiv 2511.05271): docs/protocol.md E1 to E7. Its calls are of two kinds, code between `<code>` tags and
 * searches between `<tool_call>` tags. What it is told is kept to the letter (Visual-Agent/DeepEyesV2,
 * reinforcement_learning/verl/workers/agent/envs/deepeyesv2): code and what came of it by lib/agent/tools/python.ts, searches by search.ts.
 */
import type { MessageContent } from '@/lib/engine';
import type { Step } from '@/lib/trajectory';
import type { Dialect, ReadCall } from '../contract';
import { readJsonCall } from '../read-call';
import { createTagParser, SHARED_TAGS, type TurnTags } from '../stream-parser';
import { python } from '../tools/python';
import { SEARCH_TOOLS } from '../tools/search';
import { SYSTEM_PROMPT, USER_SUFFIX } from './deepeyes-v2-prompt';
import { tagGrammar } from './tag-grammar';
import { writeIn } from './write-tags';

/** E6: there are no such texts in the original, which always has its tools. */
const WITHOUT_TOOLS = 'You are a helpful assistant.';
const SUFFIX_WITHOUT_TOOLS =
  '\n\nYou must put your answer inside <answer> </answer> tags, i.e., <answer> answer here </answer>. Please reason step by step.';

const CODE = { open: '<code>', close: '</code>' };
const CODE_TAGS: TurnTags = { ...SHARED_TAGS, call: CODE };
const TAGS: TurnTags = { ...SHARED_TAGS, otherCalls: [CODE] };

const text = (words: string): MessageContent => ({ type: 'text', text: words });

/** E2: of several fenced blocks between one pair of tags, too, the last counts. */
export function codeIn(written: string): string | null {
  const blocks = [...written.matchAll(/```python\s*\n(.*?)\n```/gs)];
  const code = blocks.at(-1)?.[1];
  return code === undefined ? null : dedented(code);
}

/** What stands before every line is no part of the code: models set whole blocks in. Python would refuse it. */
function dedented(code: string): string {
  const lines = code.replaceAll('\r\n', '\n').split('\n');
  const indents = lines.flatMap((line) => (line.trim() === '' ? [] : [/^[ \t]*/.exec(line)?.[0] ?? '']));
  let common = indents[0] ?? '';
  for (const indent of indents) while (!indent.startsWith(common)) common = common.slice(0, -1);
  return lines.map((line) => (line.startsWith(common) ? line.slice(common.length) : line.trimStart())).join('\n');
}

/** A search is one JSON object; all else was meant as code. */
const isSearch = (written: string): boolean => written.trimStart().startsWith('{');

function readCall(written: string): ReadCall {
  const code = codeIn(written);
  if (code !== null) return { ok: true, name: python.name, input: { code } };
  return isSearch(written) ? readJsonCall(written) : { ok: true, name: python.name, input: null };
}

/** E1: pictures, a line feed, the question, and how to answer it. */
function framed(given: readonly MessageContent[], suffix: string): MessageContent[] {
  const last = given.findLastIndex(({ type }) => type === 'text');
  const content = given.flatMap((part, index) => [
    ...(part.type === 'text' && given[index - 1]?.type === 'image' ? [text('\n')] : []),
    part,
    ...(index === last ? [text(suffix)] : []),
  ]);
  return last < 0 ? [...content, text(suffix)] : content;
}

/** Code is written back between its own tags. */
function write(steps: readonly Step[]): string {
  return steps
    .map((step) => writeIn(step.type === 'call' && !isSearch(step.written) ? CODE_TAGS : SHARED_TAGS)([step]))
    .join('');
}

export const deepeyesV2: Dialect = {
  id: 'deepeyes-v2',
  frame: 'resized-pixels',
  cropShape: 'box',
  constrained: false,
  tells: [python.id, ...SEARCH_TOOLS],
  brings: [python.id],
  // E3.
  carriesOut: 'last',
  prefers: (written) => !isSearch(written),
  systemPrompt: (tools) => (tools ? SYSTEM_PROMPT : WITHOUT_TOOLS),
  opening: ({ systemPrompt, given, tools }) => [
    { role: 'system', text: systemPrompt },
    { role: 'user', content: framed(given, tools ? USER_SUFFIX : SUFFIX_WITHOUT_TOOLS) },
  ],
  grammar: (turn) => tagGrammar(turn, { gap: 2 }),
  readCall,
  write,
  parser: () => createTagParser({ plainAnswer: true, tags: TAGS, everyCall: true }),
  said: (content) => ({ role: 'user', content }),
  // E4, E5.
  result: (content, tool) => ({
    role: 'user',
    content: tool === python.name ? content : [text('<tool_response>\n'), ...content, text('\n</tool_response>')],
  }),
  refusal: (told) => ({ role: 'user', content: [text(told)] }),
  refusals: { 'no-code': 'Code execution error' },
  tell: (problem, written) => {
    const action = written.trim();
    if (problem === 'not-json') return `Error: Invalid tool call format: ${action}.`;
    return problem === 'unknown-tool' ? `Error: Invalid tool call name: ${action}.` : null;
  },
};
