/**
 * A grammar as the parts a turn goes through, checked and spelled in the model's own tokens. The automaton walks over it.
 */
import { EngineError } from '../../../contract';
import type { CallForm, CallGrammar, TaggedText } from '../../../call-grammar';
import { createLiteral, type Literal, type Spelling } from './literal';
import { FRACTIONS, WHOLE_NUMBERS, type NumberForm } from './number';
import { createTagTree, type TagTree } from './tag-tree';

export type Part =
  | { readonly kind: 'literal'; readonly literal: Literal; readonly next: number }
  | { readonly kind: 'free'; readonly close: Literal; readonly closeText: string; readonly next: number }
  /** White space, then one of the literals, which differ somewhere. */
  | { readonly kind: 'choice'; readonly branches: readonly number[] }
  /** `which`: x1, y1, x2, y2. `next` is the literal after it. */
  | { readonly kind: 'number'; readonly which: 0 | 1 | 2 | 3; readonly high: number; readonly next: number }
  /** `next` is the literal that ends it. */
  | { readonly kind: 'label'; readonly most: number; readonly next: number }
  | { readonly kind: 'done' };

export interface Program {
  readonly parts: readonly Part[];
  readonly start: number;
  /** The free text of the thought, for prompts that have opened it already; null where there is no thought. */
  readonly thought: number | null;
  /** What comes after the thought; the start where there is none. */
  readonly after: number;
  readonly tags: TagTree;
  readonly gap: number;
  readonly numbers: NumberForm;
}

/** @throws EngineError `bad-request` for a grammar that breaks its rules, `unsupported-model` for a vocabulary too small */
export function createProgram(grammar: CallGrammar, spelling: Spelling): Program {
  check(grammar);
  const parts: Part[] = [{ kind: 'done' }];
  const add = (part: Part): number => parts.push(part) - 1;
  const literal = (text: string, next: number): number =>
    text === '' ? next : add({ kind: 'literal', literal: createLiteral(text, spelling), next });
  const free = (closeText: string, next: number): number =>
    add({ kind: 'free', close: createLiteral(closeText, spelling), closeText, next });

  const branches: number[] = [];
  if (grammar.call) branches.push(callParts(grammar.call, add, literal));
  if (grammar.answer) branches.push(literal(grammar.answer.open, free(grammar.answer.close, 0)));
  const only = branches.length === 1 && grammar.gap === 0 ? branches[0] : undefined;
  const after = only ?? add({ kind: 'choice', branches });
  const thought = grammar.think && free(grammar.think.close, after);
  const start = grammar.think && thought !== null ? literal(grammar.think.open, thought) : after;
  const numbers = grammar.call?.numbers.kind === 'fractions' ? FRACTIONS : WHOLE_NUMBERS;
  return { parts, start, thought, after, tags: createTagTree(grammar.tags), gap: grammar.gap, numbers };
}

function callParts(
  { open, separator, afterBox, close, numbers, labelBytes }: CallForm,
  add: (part: Part) => number,
  literal: (text: string, next: number) => number,
): number {
  // Each digit can be written alone, or this throws.
  for (const digit of '0123456789') literal(digit, 0);
  const high = numbers.kind === 'fractions' ? { x: 1000, y: 1000 } : { x: numbers.maxX, y: numbers.maxY };
  const label = add({ kind: 'label', most: labelBytes, next: literal(close, 0) });
  const y2 = add({ kind: 'number', which: 3, high: high.y, next: literal(afterBox, label) });
  const x2 = add({ kind: 'number', which: 2, high: high.x, next: literal(separator, y2) });
  const y1 = add({ kind: 'number', which: 1, high: high.y, next: literal(separator, x2) });
  const x1 = add({ kind: 'number', which: 0, high: high.x, next: literal(separator, y1) });
  return literal(open, x1);
}

function check({ think, call, answer, gap, tags }: CallGrammar): void {
  const refuse = (what: string): never => {
    throw new EngineError('bad-request', `This grammar cannot be used: ${what}`);
  };
  const ascii = (text: string) => /^[\x20-\x7e\n]+$/.test(text);
  const tagged = [think, answer].filter((text): text is TaggedText => text !== null);
  const opens = [call?.open, answer?.open].filter((text) => text !== undefined);
  if (opens.length === 0) refuse('it allows neither a call nor an answer.');
  if (!Number.isInteger(gap) || gap < 0) refuse('its gap is no number of characters.');
  if (!tags.every((tag) => ascii(tag) && tag.startsWith('<') && !tag.includes('<', 1))) {
    refuse('a tag has to begin with its only "<".');
  }
  if (tags.some((tag) => tags.some((other) => other !== tag && other.startsWith(tag)))) {
    refuse('a tag begins another.');
  }
  if (!tagged.every(({ open, close }) => ascii(open) && tags.includes(close))) refuse('a text has no closing tag.');
  if (opens.some((open) => /^\s/.test(open)) || (opens.length === 2 && nested(opens))) {
    refuse('its call and its answer cannot be told apart.');
  }
  if (!call) return;
  const { open, separator, afterBox, close, numbers, labelBytes } = call;
  if (![open, separator, afterBox, close].every(ascii)) refuse('a part of its call is not plain text.');
  if (/^[\d.]/.test(separator) || /^[\d.]/.test(afterBox)) refuse('what follows a number looks like a number.');
  if (!/^["<\n]/.test(close)) refuse('a label has to end with what it cannot hold: a quote, a tag or a line feed.');
  if (!Number.isInteger(labelBytes) || labelBytes < 0) refuse('its label has no length.');
  if (numbers.kind === 'integers' && !(isSide(numbers.maxX) && isSide(numbers.maxY))) {
    refuse('its box has no room.');
  }
}

const nested = ([a = '', b = '']: readonly string[]): boolean => a.startsWith(b) || b.startsWith(a);

const isSide = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 1_000_000;
