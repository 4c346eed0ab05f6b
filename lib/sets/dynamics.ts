/**
 * How a model changed while it was trained, where runs say at which step they were made: the curves of DeepEyes' section on training
 * dynamics, and which of its three stages a step looks like. The stages are the paper's; the rule that tells them apart is ours.
 */
import type { RunFacts } from './facts';
import { mean, shareOf, type Share } from './statistics';

export interface Spread {
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

/** Initial exploration, high-frequency use, efficient use. */
export type Stage = 'exploration' | 'frequent-use' | 'efficient-use';

export interface DynamicsPoint {
  readonly step: number;
  /** Ids of the runs it stands for, in the order of the set. */
  readonly runs: readonly string[];
  readonly calls: Spread;
  /** Mean tokens, or characters where tokens are not known for all runs of the set. */
  readonly length: number;
  /** Mean over all calls whose target is known. */
  readonly iou: number | null;
  readonly share: Share;
  readonly reward: number | null;
  /** Null where it cannot be told: no target is known, or the numbers fit none. */
  readonly stage: Stage | null;
}

/** In the order of training; empty where fewer than two steps are told apart. */
export function dynamicsOf(rows: readonly RunFacts[]): readonly DynamicsPoint[] {
  const bySteps = new Map<number, RunFacts[]>();
  for (const row of rows) {
    if (row.trainingStep === null) continue;
    const same = bySteps.get(row.trainingStep);
    if (same) same.push(row);
    else bySteps.set(row.trainingStep, [row]);
  }
  if (bySteps.size < 2) return [];
  const counted = rows.every(({ trainingStep, tokens }) => trainingStep === null || tokens !== null);
  const points = [...bySteps]
    .toSorted(([a], [b]) => a - b)
    .map(([step, own]): Omit<DynamicsPoint, 'stage'> => ({
      step,
      runs: own.map(({ id }) => id),
      calls: spreadOf(own.map(({ calls }) => calls)),
      length: mean(own.map((row) => (counted ? (row.tokens ?? 0) : row.characters))) ?? 0,
      iou: mean(own.flatMap(({ ious }) => ious ?? [])),
      share: shareOf(own),
      reward: mean(own.flatMap(({ rewards }) => rewards.told ?? rewards.code ?? [])),
    }));
  return points.map((point, index) => ({ ...point, stage: stageOf(points.slice(0, index + 1)) }));
}

/** Boxes this bad are exploration; boxes this good with few calls are efficient. */
const LOW_IOU = 0.2;
const HIGH_IOU = 0.35;

/** Of the last of `points`, which are all up to it. */
function stageOf(points: readonly Omit<DynamicsPoint, 'stage'>[]): Stage | null {
  const last = points.at(-1);
  if (!last || last.iou === null) return null;
  if (last.iou < LOW_IOU) return 'exploration';
  const usual = median(points.map(({ calls }) => calls.mean));
  if (last.calls.mean < usual) return last.iou >= HIGH_IOU ? 'efficient-use' : null;
  const before = points.at(-2)?.iou ?? null;
  return before === null || last.iou > before ? 'frequent-use' : null;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

function spreadOf(values: readonly number[]): Spread {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return { mean: mean(values) ?? 0, least, most };
}
