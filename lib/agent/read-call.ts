/**
 * A call that is JSON, `{"name", "arguments"}`: rule P4. JSON is parsed as JSON, never evaluated (P7). Which tool that is and whether the
 * arguments make sense is the tool's question.
 */
import { fitName, readJson, type Json } from '@/lib/trajectory';
import type { ReadCall } from './contract';

export function readJsonCall(written: string): ReadCall {
  const call = readJson(written) ?? readJson(withoutInfinities(written));
  if (typeof call !== 'object' || call === null || Array.isArray(call)) return { ok: false, problem: 'not-json' };
  // An object and no array, by the line above; Array.isArray does not narrow readonly arrays away.
  const { name, arguments: input } = call as { readonly [key: string]: Json };
  return { ok: true, name: typeof name === 'string' ? fitName(name) : '', input: input ?? null };
}

/** `1e999` is JSON, but no number that could be kept: it reads as null, so that the tool says what is wrong with it. */
function withoutInfinities(written: string): string {
  try {
    return JSON.stringify(JSON.parse(written));
  } catch {
    return '';
  }
}
