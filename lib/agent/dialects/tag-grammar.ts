/**
 * The grammar that the dialects of `<think> / <tool_call> / <answer>` share (docs/protocol.md G1 to G6), with what differs
 * between them as options. What a call may give is its tool's to say, how that is written its dialect's.
 */
import type { CallForm, CallGrammar, CallPiece } from '@/lib/engine';
import type { TurnBounds } from '../contract';
import { TOOLS } from '../tools';
import type { Argument } from '../tools/tool';

interface TagGrammarOptions {
  /** Most spaces and line feeds between thought and call or answer. */
  readonly gap: number;
  /** What stands between the call's tags and what is called. */
  readonly padding?: string;
  /** How a call is written. Left out: as JSON (P4). */
  readonly write?: WriteCall;
}

export type WriteCall = (tool: string, given: readonly Argument[]) => readonly CallPiece[];

const TAGS = ['think', 'tool_call', 'answer', 'tool_response'].flatMap((name) => [`<${name}>`, `</${name}>`]);

export function tagGrammar(turn: TurnBounds, { gap, padding = '', write = asJson }: TagGrammarOptions): CallGrammar {
  const offered = turn.mayCall ? TOOLS.filter(({ id }) => turn.tools.includes(id)) : [];
  const calls = offered.flatMap(({ name, forms }) => (forms?.(turn) ?? []).map((given) => write(name, given)));
  return {
    think: { open: '<think>', close: '</think>' },
    gap,
    calls: calls.map((pieces) => tagged(pieces, padding)),
    answer: { open: '<answer>', close: '</answer>' },
    tags: TAGS,
  };
}

const asJson: WriteCall = (tool, given) => [
  { literal: `{"name": "${tool}", "arguments": {` },
  ...given.flatMap(({ name, value }, index): CallPiece[] => [
    { literal: `${index === 0 ? '' : ', '}"${name}": ` },
    ...('text' in value ? [{ literal: '"' }, value, { literal: '"' }] : value.json),
  ]),
  { literal: '}}' },
];

/** A form begins and ends with a literal, and there is one between any two others. */
function tagged(pieces: readonly CallPiece[], padding: string): CallForm {
  const opened = [{ literal: `<tool_call>${padding}` }, ...pieces, { literal: `${padding}</tool_call>` }];
  return { pieces: opened.reduce<CallPiece[]>(joinLiterals, []) };
}

function joinLiterals(pieces: CallPiece[], piece: CallPiece): CallPiece[] {
  const last = pieces.at(-1);
  if (!last || !('literal' in last) || !('literal' in piece)) return [...pieces, piece];
  return [...pieces.slice(0, -1), { literal: last.literal + piece.literal }];
}
