/**
 * How the shipped model says what it reads (training/loupe_nano/lessons.py, `finding`): with that sentence in its thought an answer can be
 * asked for after any look, where `<answer>` alone would be something it never wrote there.
 */
import type { AskedKind } from '@/lib/scene';

interface Sentence {
  readonly before: string;
  readonly after: string;
}

const NANO: Partial<Record<AskedKind, Sentence>> = {
  'read-tag': { before: 'The tag says ', after: '.' },
  'tag-color': { before: 'The tag is ', after: '.' },
  'dot-color': { before: 'The dots are ', after: '.' },
  'count-dots': { before: 'I count ', after: ' dots.' },
};

/** Null where the dialect's models were taught none for such a question. */
export function readingSentence(dialect: string, kind: AskedKind | null): Sentence | null {
  return dialect === 'nano-1' && kind !== null ? (NANO[kind] ?? null) : null;
}
