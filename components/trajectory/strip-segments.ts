/** The steps of a run as segments of the strip: one each, and of very many several together, since no strip is that wide. */
import type { TimelineEntry } from '@/lib/trajectory';

export interface StripSegment {
  /** The first of its steps, which it looks like. */
  readonly entry: TimelineEntry;
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
  /** Of all its steps, as a share of the strip. */
  readonly weight: number;
}

export const MOST_SEGMENTS = 400;

export function stripSegments(entries: readonly TimelineEntry[]): readonly StripSegment[] {
  const each = Math.ceil(entries.length / MOST_SEGMENTS);
  const segments: StripSegment[] = [];
  for (let first = 0; first < entries.length; first += each) {
    const end = Math.min(first + each, entries.length);
    const own = entries.slice(first, end);
    const [entry] = own;
    if (entry) segments.push({ entry, first, end, weight: own.reduce((sum, one) => sum + weightOf(one), 0) });
  }
  return segments;
}

/** Steps that nobody timed are all as wide; no time is wider than a day. */
function weightOf({ start, end }: TimelineEntry): number {
  return start === null || end === null ? 1 : Math.min(Math.max(end - start, 1), 86_400_000);
}
