/**
 * The grammar that the dialects of `<think> / <tool_call> / <answer>` share (docs/protocol.md G1 to G6), with what differs
 * between them as options. What stands between a call's tags is its tool's form.
 */
import type { CallForm, CallGrammar, CallPiece } from '@/lib/engine';
import type { TurnBounds } from '../contract';
import { TOOLS } from '../tools';

interface TagGrammarOptions {
  /** Most spaces and line feeds between thought and call or answer. */
  readonly gap: number;
  /** What stands between the call's tags and its JSON. */
  readonly padding?: string;
}

const TAGS = ['think', 'tool_call', 'answer', 'tool_response'].flatMap((name) => [`<${name}>`, `</${name}>`]);

export function tagGrammar(turn: TurnBounds, { gap, padding = '' }: TagGrammarOptions): CallGrammar {
  const offered = turn.mayCall ? TOOLS.filter(({ id }) => turn.tools.includes(id)) : [];
  const forms = offered.flatMap((tool) => tool.forms?.(turn) ?? []);
  return {
    think: { open: '<think>', close: '</think>' },
    gap,
    calls: forms.map((form) => tagged(form, padding)),
    answer: { open: '<answer>', close: '</answer>' },
    tags: TAGS,
  };
}

/** The tags belong to the form's first and last literal. */
function tagged({ pieces }: CallForm, padding: string): CallForm {
  const opened = [{ literal: `<tool_call>${padding}` }, ...pieces, { literal: `${padding}</tool_call>` }];
  return { pieces: opened.reduce<CallPiece[]>(joinLiterals, []) };
}

function joinLiterals(pieces: CallPiece[], piece: CallPiece): CallPiece[] {
  const last = pieces.at(-1);
  if (!last || !('literal' in last) || !('literal' in piece)) return [...pieces, piece];
  return [...pieces.slice(0, -1), { literal: last.literal + piece.literal }];
}
