/**
 * The three stages of DeepEyes' training dynamics (arXiv 2505.14362, its section on training dynamics), told from a log by a rule.
 * The paper names the stages and shows the curves; the rule is ours: the first while looks miss (IoU below 0.2); then the second
 * while the model looks at least as often as the median so far; the third once it looks less often than that and lands (IoU 0.35).
 * All over running means; what lasts less than half a window is the noise round a border, and is counted to what was before.
 */
import type { TrainingStep } from './contract';

export const STAGES = [1, 2, 3] as const;
export type Stage = (typeof STAGES)[number];

const MISSES = 0.2;
const LANDS = 0.35;

export interface StageSpan {
  readonly stage: Stage;
  /** Steps, both included. */
  readonly from: number;
  readonly to: number;
}

/** Mean over the `window` values that end at each place; null values are left out. */
export function runningMean(values: readonly (number | null)[], window: number): (number | null)[] {
  return values.map((_, i) => {
    const some = values.slice(Math.max(0, i + 1 - window), i + 1).filter((value) => value !== null);
    return some.length > 0 ? some.reduce((sum, value) => sum + value, 0) / some.length : null;
  });
}

/** Steps over which a mean is taken. */
export const STAGE_WINDOW = 16;

/** Neighbouring steps of one stage as one span; of fewer than `least` steps is none but the first. */
export function stagesOf(log: readonly TrainingStep[], window = STAGE_WINDOW, least = window / 2): StageSpan[] {
  const ious = runningMean(log.map(({ iou }) => iou), window); // prettier-ignore
  const calls = runningMean(log.map((line) => line.calls), window); // prettier-ignore
  const spans: { stage: Stage; from: number; to: number }[] = [];
  log.forEach(({ step }, i) => {
    const iou = ious[i] ?? 0;
    const few = (calls[i] ?? 0) < median(calls.slice(0, i + 1));
    const stage: Stage = iou < MISSES ? 1 : few && iou >= LANDS ? 3 : 2;
    const last = spans.at(-1);
    if (last?.stage === stage) last.to = step;
    else spans.push({ stage, from: step, to: step });
  });
  return withoutFlicker(spans, least);
}

/** Spans of fewer than `least` steps join the one before; the first one stays. */
function withoutFlicker(spans: readonly StageSpan[], least: number): StageSpan[] {
  const kept: { stage: Stage; from: number; to: number }[] = [];
  for (const span of spans) {
    const before = kept.at(-1);
    if (before && (before.stage === span.stage || span.to - span.from + 1 < least)) before.to = span.to;
    else kept.push({ ...span });
  }
  return kept;
}

function median(values: readonly (number | null)[]): number {
  const sorted = values.map((value) => value ?? 0).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
