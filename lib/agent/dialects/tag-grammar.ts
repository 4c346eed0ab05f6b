/**
 * The grammar that dialects with tags around thought, call and answer share (docs/protocol.md G1 to G6), with what differs between them
 * as options. What a call may give is its tool's to say, how that is written its dialect's.
 */
import type { CallForm, CallGrammar, CallPiece } from '@/lib/engine';
import type { TurnBounds } from '../contract';
import { FOREIGN_TAGS, SHARED_TAGS, type TurnTags } from '../stream-parser';
import { TOOLS } from '../tools';
import type { Argument } from '../tools/tool';

interface TagGrammarOptions {
  /** Most spaces and line feeds between thought and call or answer. */
  readonly gap: number;
  /** What stands between the call's tags and what is called. */
  readonly padding?: string;
  /** How a call is written. Left out: as JSON (P4). */
  readonly write?: WriteCall;
  /** Left out: those that most dialects share. */
  readonly tags?: DialectTags;
  /** Whether a turn may go without a thought. */
  readonly mayNotThink?: boolean;
}

/** A turn's tags, and what else free text holds none of beside them and `FOREIGN_TAGS`: each begins with `<` and does not begin another. */
export interface DialectTags extends TurnTags {
  readonly all: readonly string[];
}

export type WriteCall = (tool: string, given: readonly Argument[]) => readonly CallPiece[];

const SHARED: DialectTags = {
  ...SHARED_TAGS,
  all: ['think', 'tool_call', 'answer'].flatMap((name) => [`<${name}>`, `</${name}>`]),
};

export function tagGrammar(turn: TurnBounds, options: TagGrammarOptions): CallGrammar {
  const { gap, padding = '', write = asJson, tags = SHARED, mayNotThink } = options;
  const offered = turn.mayCall ? TOOLS.filter(({ id }) => turn.tools.includes(id)) : [];
  const calls = offered.flatMap(({ name, forms }) => (forms?.(turn) ?? []).map((given) => write(name, given)));
  const { open, close } = tags.call;
  return {
    think: tags.think,
    ...(mayNotThink && { mayNotThink }),
    gap,
    calls: calls.map((pieces) => ({
      pieces: joined([{ literal: open + padding }, ...pieces, { literal: padding + close }]),
    })),
    answer: tags.answer,
    tags: [...tags.all, ...FOREIGN_TAGS],
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
function joined(pieces: readonly CallPiece[]): CallForm['pieces'] {
  return pieces.reduce<CallPiece[]>(joinLiterals, []);
}

function joinLiterals(pieces: CallPiece[], piece: CallPiece): CallPiece[] {
  const last = pieces.at(-1);
  if (!last || !('literal' in last) || !('literal' in piece)) return [...pieces, piece];
  return [...pieces.slice(0, -1), { literal: last.literal + piece.literal }];
}
