/**
 * A turn's text as what it says: thoughts, calls, answers, and what stands between them. Official files hold calls that are never closed (the
 * closing tag was the stop string), answers inside thoughts, calls after the answer, and calls without any tag: all of it is read.
 */
import type { Json } from '@/lib/trajectory';
import { objectIn } from './lenient-json';

export interface Piece {
  readonly kind: 'think' | 'call' | 'answer' | 'loose';
  readonly text: string;
  /** Whether its closing tag is there; what stands outside tags is. */
  readonly closed: boolean;
}

/** Names of tags by what they mean. */
export interface TurnTags {
  readonly think: readonly string[];
  readonly call: readonly string[];
  readonly answer: readonly string[];
}

export const USUAL_TAGS: TurnTags = { think: ['think', 'thinking'], call: ['tool_call'], answer: ['answer'] };

/** White space alone is no piece. */
export function piecesOf(text: string, tags: TurnTags = USUAL_TAGS): readonly Piece[] {
  const kinds = new Map<string, Piece['kind']>();
  for (const kind of ['think', 'call', 'answer'] as const) for (const name of tags[kind]) kinds.set(name, kind);
  const tag = new RegExp(`<(/?)(${[...kinds.keys()].join('|')})>`, 'g');
  const pieces: Piece[] = [];
  const state: { open: { readonly kind: Piece['kind']; readonly name: string } | null; from: number } = {
    open: null,
    from: 0,
  };
  const end = (to: number, closed: boolean) => {
    const within = text.slice(state.from, to);
    if (state.open) pieces.push({ kind: state.open.kind, text: within, closed });
    else
      pieces.push(
        ...(tags.call.length > 0 ? looseIn(within) : [{ kind: 'loose', text: within, closed: true } as const]),
      );
  };
  for (const match of text.matchAll(tag)) {
    const [whole, slash, name = ''] = match;
    const { open } = state;
    const kind = kinds.get(name) ?? 'loose';
    const closes = slash === '/';
    // Of another piece's end, and of a thought that begins within a thought, nothing is made: they are text.
    if (closes ? open !== null && open.name !== name : open?.kind === 'think' && kind === 'think') continue;
    end(match.index, closes && open !== null);
    state.from = match.index + whole.length;
    state.open = closes ? null : { kind, name };
  }
  end(text.length, false);
  return pieces.filter(({ text: words, kind }) => kind === 'call' || kind === 'answer' || words.trim() !== '');
}

/** A call that was written without its tag is one all the same: `{"name": …, "arguments": …}`. */
function looseIn(text: string): readonly Piece[] {
  const at = text.search(/\{\s*["']name["']\s*:\s*["'][\w.-]+["']\s*,\s*["'](arguments|parameters)["']/);
  if (at < 0) return [{ kind: 'loose', text, closed: true }];
  return [
    { kind: 'loose', text: text.slice(0, at), closed: true },
    { kind: 'call', text: text.slice(at), closed: false },
  ];
}

export interface WrittenCall {
  readonly name: string;
  readonly input: Json;
}

/** What a call's text says: `{"name", "arguments"}`; null where there is no such object in it. Arguments may be JSON inside a string. */
export function readWrittenCall(text: string): WrittenCall | null {
  const object = objectIn(text);
  if (!object) return null;
  const { name, function: named, arguments: input, parameters } = object;
  const called = typeof name === 'string' ? name : typeof named === 'string' ? named : '';
  // Without a name it is the arguments alone, or a call that lost its last bracket.
  const whole = called === '' && input === undefined && parameters === undefined ? object : null;
  return { name: called, input: unwrapped(input ?? parameters ?? whole) };
}

/** Arguments as a value, where a string holds them. */
export function unwrapped(input: Json): Json {
  return typeof input === 'string' ? (objectIn(input) ?? input) : input;
}
