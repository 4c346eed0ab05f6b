/** A dialect while it is being written: what is wrong with it, and its file. */
import { dialectOfFile, type OwnDialectProblem, type OwnDialectReading } from '@/lib/agent';
import type { OwnDialect } from '@/lib/trajectory';
import { OWN_DIALECT_LIMITS } from '@/lib/trajectory/own-dialect';

export type DraftProblem = OwnDialectProblem | 'name' | 'long';

/** What is written down of a draft, and how it speaks. */
export function readDraft(
  draft: OwnDialect,
): Exclude<OwnDialectReading, { ok: false }> | { ok: false; problem: DraftProblem } {
  const { name, prompt, plainPrompt, call, shown, refused } = draft;
  const tidy = { ...draft, name: name.trim() };
  if (tidy.name === '' || tidy.name.length > OWN_DIALECT_LIMITS.name) return { ok: false, problem: 'name' };
  const isLong =
    [prompt, plainPrompt].some(({ length }) => length > OWN_DIALECT_LIMITS.prompt) ||
    [call, shown, refused].some(({ length }) => length > OWN_DIALECT_LIMITS.pattern);
  return isLong ? { ok: false, problem: 'long' } : dialectOfFile(tidy);
}

export const fileOf = (dialect: OwnDialect): string => `${JSON.stringify(dialect, null, 2)}\n`;

/** As files are named everywhere. */
export const fileNameOf = ({ name }: OwnDialect): string =>
  `${name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'dialect'}.loupe-dialect.json`;
