/** A run's facts as a person would say them. */
import type { RunSummary } from '@/lib/library';

export const runName = (run: Pick<RunSummary, 'title' | 'question'>): string =>
  run.title || run.question || 'Without a name';

const grouped = new Intl.NumberFormat('en');

export function countOf(count: number, one: string, many: string): string {
  return `${grouped.format(count)} ${count === 1 ? one : many}`;
}
