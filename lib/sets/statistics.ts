/** A set in numbers. Shares are fractions 0 … 1. */
import { toolMixOf, type ToolFault, type ToolMix } from '@/lib/review';
import { intervalOfShare } from '@/lib/scene';
import type { Outcome, RunFacts } from './facts';

export interface Share {
  /** Of how many it is known. */
  readonly n: number;
  readonly right: number;
  /** Null where n is 0. */
  readonly accuracy: number | null;
  /** Wilson's interval at 95 %: where the true share would lie, were these a sample of many. Null where n is 0. */
  readonly interval: readonly [number, number] | null;
}

/** `edges[i]` ≤ value < `edges[i + 1]` is counted in `counts[i]`; the last edge belongs to the last bin. */
export interface Histogram {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

export interface SetStatistics {
  readonly runs: number;
  readonly all: Share;
  /** In the order in which kinds appear; `''` for runs that name none. */
  readonly byKind: readonly { readonly kind: string; readonly share: Share }[];
  /** Index: how many calls a run made; the last bin holds all that made more. */
  readonly calls: Histogram;
  /** Tokens where they are known for all, else characters. */
  readonly lengths: { readonly unit: 'tokens' | 'characters'; readonly histogram: Histogram };
  /** Of every call whose target is known, in tenths; and of each run's best. Null where no run says what was sought. */
  readonly iou: Histogram | null;
  readonly bestIou: Histogram | null;
  readonly outcomes: readonly { readonly outcome: Outcome; readonly runs: number }[];
  /** What tools were for; null where nothing was called. */
  readonly tools: ToolStatistics | null;
  readonly mean: {
    readonly calls: number | null;
    readonly tokens: number | null;
    readonly iou: number | null;
    readonly bestIou: number | null;
    readonly lastIou: number | null;
    readonly reward: number | null;
  };
}

export interface ToolStatistics {
  /** Of all rows, and of each kind that called something. */
  readonly all: ToolMix;
  readonly byKind: readonly { readonly kind: string; readonly mix: ToolMix }[];
  readonly calls: number;
  readonly failed: number;
  readonly placeholders: number;
  /** Why wrong runs went wrong, where that can be told. */
  readonly faults: Readonly<Record<ToolFault, number>>;
}

export function statisticsOf(rows: readonly RunFacts[]): SetStatistics {
  const kinds = new Map<string, RunFacts[]>();
  for (const row of rows) {
    const same = kinds.get(row.kind ?? '');
    if (same) same.push(row);
    else kinds.set(row.kind ?? '', [row]);
  }
  const ious = rows.flatMap((row) => row.ious ?? []);
  const best = rows.flatMap(({ bestIou }) => bestIou ?? []);
  const known = rows.some((row) => row.ious !== null);
  const counted = rows.length > 0 && rows.every(({ tokens }) => tokens !== null);
  const lengths = rows.map((row) => (counted ? (row.tokens ?? 0) : row.characters));
  return {
    runs: rows.length,
    all: shareOf(rows),
    byKind: [...kinds].map(([kind, own]) => ({ kind, share: shareOf(own) })),
    calls: callHistogram(rows.map(({ calls }) => calls)),
    lengths: { unit: counted ? 'tokens' : 'characters', histogram: histogram(lengths, edgesFor(lengths, 20)) },
    iou: known ? histogram(ious, TENTHS) : null,
    bestIou: known ? histogram(best, TENTHS) : null,
    outcomes: outcomesOf(rows),
    tools: toolsOf(rows, kinds),
    mean: {
      calls: mean(rows.map(({ calls }) => calls)),
      tokens: mean(rows.flatMap(({ tokens }) => tokens ?? [])),
      iou: mean(ious),
      bestIou: mean(best),
      lastIou: mean(rows.flatMap(({ lastIou }) => lastIou ?? [])),
      reward: mean(rows.flatMap(({ rewards }) => rewards.told ?? rewards.code ?? [])),
    },
  };
}

const mixOf = (rows: readonly RunFacts[]): ToolMix =>
  toolMixOf(rows.flatMap(({ tools }) => tools.map((is) => ({ is }))));

function toolsOf(rows: readonly RunFacts[], kinds: ReadonlyMap<string, readonly RunFacts[]>): ToolStatistics | null {
  const sum = (of: (row: RunFacts) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const calls = sum(({ tools }) => tools.length);
  if (calls === 0) return null;
  const called = [...kinds].filter(([, own]) => own.some(({ tools }) => tools.length > 0));
  const because = (fault: ToolFault): number => sum((row) => (row.fault === fault ? 1 : 0));
  return {
    all: mixOf(rows),
    byKind: called.map(([kind, own]) => ({ kind, mix: mixOf(own) })),
    calls,
    failed: sum(({ failedCalls }) => failedCalls),
    placeholders: sum(({ placeholders }) => placeholders),
    faults: { execution: because('execution'), choice: because('choice'), analysis: because('analysis') },
  };
}

/** Runs of which nobody knows whether they are right are not counted. */
export function shareOf(rows: readonly Pick<RunFacts, 'verdict'>[]): Share {
  const judged = rows.filter(({ verdict }) => verdict.right !== null);
  const right = judged.filter(({ verdict }) => verdict.right).length;
  const n = judged.length;
  return { n, right, accuracy: n === 0 ? null : right / n, interval: intervalOfShare(right, n) };
}

const TENTHS = Array.from({ length: 11 }, (_, index) => index / 10);

/** Beyond this many calls runs are counted together. */
const MOST_CALLS = 20;

function callHistogram(calls: readonly number[]): Histogram {
  const most = calls.reduce((top, one) => Math.max(top, Math.min(one, MOST_CALLS)), 0);
  const edges = Array.from({ length: most + 2 }, (_, index) => index);
  return histogram(
    calls.map((one) => Math.min(one, MOST_CALLS)),
    edges,
  );
}

/** Round edges, `most` bins at most, from 0 to beyond the largest. */
function edgesFor(values: readonly number[], most: number): readonly number[] {
  const top = values.reduce((largest, value) => Math.max(largest, value), 0);
  const wide = top / most;
  const ten = 10 ** Math.floor(Math.log10(Math.max(wide, 1)));
  const step = [1, 2, 5, 10].map((times) => times * ten).find((one) => one >= wide) ?? 10 * ten;
  return Array.from({ length: Math.max(1, Math.ceil(top / step)) + 1 }, (_, index) => index * step);
}

function histogram(values: readonly number[], edges: readonly number[]): Histogram {
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (const value of values) {
    const above = edges.findIndex((edge) => edge > value);
    const bin = above < 0 ? counts.length - 1 : Math.max(0, above - 1);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { edges, counts };
}

function outcomesOf(rows: readonly RunFacts[]): SetStatistics['outcomes'] {
  const counted = new Map<Outcome, number>();
  for (const { outcome } of rows) counted.set(outcome, (counted.get(outcome) ?? 0) + 1);
  return [...counted].map(([outcome, runs]) => ({ outcome, runs })).toSorted((a, b) => b.runs - a.runs);
}

/** Null of nothing. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
