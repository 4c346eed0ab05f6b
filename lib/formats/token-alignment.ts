/**
 * Which characters of a text each token is, where a file lists both. Tokens were decoded one by one, so parts of a character read as U+FFFD;
 * special tokens may be in one and not in the other; what was cut off at a stop string is in the tokens alone. Anything else that does not fit
 * is refused with a reason: a probability under the wrong word is worse than none.
 */
import type { Note } from './contract';

export interface AlignedToken {
  /** Which of the list. */
  readonly index: number;
  /** Characters of the text: empty for a token that is not in it. */
  readonly from: number;
  readonly to: number;
}

export type Alignment =
  { readonly ok: true; readonly tokens: readonly AlignedToken[] } | { readonly ok: false; readonly why: Note };

const BROKEN = '\uFFFD';
const SPECIAL = /^<\|[^|<>]{1,40}\|>$/;

export function alignTokens(tokens: readonly string[], text: string): Alignment {
  const aligned: AlignedToken[] = [];
  let at = 0;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] ?? '';
    if (text.startsWith(token, at)) {
      aligned.push({ index, from: at, to: at + token.length });
      at += token.length;
      continue;
    }
    if (SPECIAL.test(token)) {
      aligned.push({ index, from: at, to: at });
      continue;
    }
    if (token.includes(BROKEN)) {
      const group = brokenFrom(tokens, index);
      const to = groupEnd(tokens, index, group, text, at);
      if (to === 'several') return refuse({ code: 'tokens-ambiguous', params: { at: index } });
      if (to === null) return refuse({ code: 'tokens-stray', params: { at: index } });
      // Parts of a character have no characters of their own: the first has them all.
      aligned.push({ index, from: at, to });
      for (let part = index + 1; part < group; part += 1) aligned.push({ index: part, from: to, to });
      at = to;
      index = group - 1;
      continue;
    }
    // Beyond the end of the text: what was cut off at a stop string.
    if (text.slice(at).trim() === '') {
      aligned.push({ index, from: text.length, to: text.length });
      at = text.length;
      continue;
    }
    return refuse({ code: 'tokens-stray', params: { at: index } });
  }
  return text.slice(at).trim() === '' ? { ok: true, tokens: aligned } : refuse({ code: 'tokens-short' });
}

const refuse = (why: Note): Alignment => ({ ok: false, why });

/** Where the run of tokens that hold parts of characters ends. */
function brokenFrom(tokens: readonly string[], index: number): number {
  let end = index;
  while (end < tokens.length && (tokens[end] ?? '').includes(BROKEN)) end += 1;
  return end;
}

/** More parts of characters in a row are not followed. */
const LONGEST_GROUP = 300;

/** How many tokens after a group have to fit for a place to be its end. */
const LOOK_AHEAD = 8;

/**
 * Where in the text a group of broken tokens ends: after as many characters as it can hold, so that what follows fits again. A character in
 * parts takes two tokens at least and four at most, and whole ones stand between.
 */
function groupEnd(
  tokens: readonly string[],
  index: number,
  group: number,
  text: string,
  at: number,
): number | 'several' | null {
  const pattern = tokens.slice(index, group).join('');
  if (pattern.length > LONGEST_GROUP) return null;
  const most = pattern.length;
  let found: number | null = null;
  let to = at;
  for (let characters = 1; characters <= most && to < text.length; characters += 1) {
    to += (text.codePointAt(to) ?? 0) > 0xffff ? 2 : 1;
    if (!spells(pattern, text.slice(at, to)) || !follows(tokens, group, text, to)) continue;
    if (found !== null) return 'several';
    found = to;
  }
  return found;
}

/** Whether broken pieces may spell a text: whole characters of both agree in order, and what lies between is no ASCII. */
function spells(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split(/\uFFFD+/);
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const [index, piece] of rest.entries()) {
    const isLast = index === rest.length - 1;
    const next =
      isLast && piece === '' ? text.length : isLast ? text.length - piece.length : text.indexOf(piece, at + 1);
    // At least one character in parts lies between, and none of them is ASCII.
    if (next <= at || !text.startsWith(piece, next) || !/^[^\u0000-\u007f]+$/.test(text.slice(at, next))) return false;
    at = next + piece.length;
  }
  return at === text.length;
}

function follows(tokens: readonly string[], from: number, text: string, at: number): boolean {
  let place = at;
  for (let index = from; index < Math.min(tokens.length, from + LOOK_AHEAD); index += 1) {
    const token = tokens[index] ?? '';
    if (token.includes(BROKEN)) return true;
    if (text.startsWith(token, place)) place += token.length;
    else if (!SPECIAL.test(token)) return text.slice(place).trim() === '';
  }
  return true;
}
