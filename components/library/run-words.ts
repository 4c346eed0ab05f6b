/** A run's facts as a person would say them. */
import type { RunSummary } from '@/lib/library';

export const runName = (run: Pick<RunSummary, 'title' | 'question'>): string =>
  run.title || run.question || 'Without a name';

const UNITS = ['KB', 'MB', 'GB', 'TB'] as const;

/** Decimal units, as browsers and file managers count. Two figures at least. */
export function fileSize(bytes: number): string {
  let amount = bytes / 1000;
  let unit = 0;
  while (amount >= 999.5 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const figures = amount > 0 && amount < 9.95 ? amount.toFixed(1) : String(Math.round(amount));
  return `${figures} ${UNITS[unit] ?? ''}`;
}

const grouped = new Intl.NumberFormat('en');

export function countOf(count: number, one: string, many: string): string {
  return `${grouped.format(count)} ${count === 1 ? one : many}`;
}
