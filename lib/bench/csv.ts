/** Results as CSV (RFC 4180), one line a run, for spreadsheets. */
import type { BenchResult } from './result';

const COLUMNS = [
  ['id', (row) => row.id],
  ['kind', (row) => row.kind],
  ['needs_zoom', (row) => row.needsZoom],
  ['tools', (row) => row.tools],
  ['search', (row) => row.search],
  ['abilities', (row) => row.abilities?.join(' ')],
  ['question', (row) => row.question],
  ['answer', (row) => row.answer],
  ['given', (row) => row.given],
  ['right', (row) => row.right],
  ['outcome', (row) => row.outcome],
  ['calls', (row) => row.calls],
  ['last_call_iou', (row) => row.callIous.at(-1)?.toFixed(4)],
  ['target_iou', (row) => row.targetIou?.toFixed(4)],
  ['tag_in_last_call', (row) => row.tagInLastLook],
  ['tokens', (row) => row.tokens],
  ['ms', (row) => Math.round(row.ms)],
] as const satisfies readonly (readonly [string, (row: BenchResult) => unknown])[];

export function csvOf(results: readonly BenchResult[]): string {
  const lines = [COLUMNS.map(([name]) => name), ...results.map((row) => COLUMNS.map(([, value]) => value(row)))];
  return lines.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');
}

function cellOf(value: string | number | boolean | null | undefined): string {
  const text = String(value ?? '');
  // A spreadsheet takes text that begins like this for a formula; what a model writes is nobody's formula.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
