/**
 * From the text of a call to what it asks for: rule P4. JSON is parsed as JSON, never evaluated (P7). Whether the box lies
 * in the picture is the tool's question (tools/zoom.ts); here it only has to be four finite numbers.
 */
import type { ParseProblem } from '@/lib/trajectory';
import type { ParsedCall } from './contract';

export type ReadCall =
  { readonly ok: true; readonly call: ParsedCall } | { readonly ok: false; readonly problem: ParseProblem };

export function readCall(text: string, toolName: string): ReadCall {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'not-json' };
  }
  if (!isRecord(value)) return { ok: false, problem: 'not-json' };
  if (value.name !== toolName) return { ok: false, problem: 'unknown-tool' };
  const input = value.arguments;
  if (!isRecord(input) || !Object.hasOwn(input, 'bbox_2d')) return { ok: false, problem: 'no-box' };
  const numbers = listOf(input.bbox_2d);
  if (numbers?.length !== 4) return { ok: false, problem: 'box-not-four-numbers' };
  const [x1, y1, x2, y2] = numbers;
  if (!isFinite(x1) || !isFinite(y1) || !isFinite(x2) || !isFinite(y2)) {
    return { ok: false, problem: 'box-not-four-numbers' };
  }
  const label = typeof input.label === 'string' ? input.label : '';
  return { ok: true, call: { label, box: { x1, y1, x2, y2 } } };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null;
}

function isFinite(value: unknown): value is number {
  return Number.isFinite(value);
}
