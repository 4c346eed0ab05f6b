/**
 * Sets: many runs of one file or folder as one thing. Pure functions; nothing here reads a page, a store or a file.
 *
 * - **facts**: what a row of a table says of one run. **verdict**: whether it was right, and who says so (the file, or our rule for letters
 *   and words). **overlap**: IoU of a call's box with what was sought.
 * - **statistics**: a set in numbers. **dynamics**: those numbers by step of training. **pair**: the same question in two sets.
 */
export { factsOf } from './facts';
export type { Outcome, RunFacts } from './facts';
export { verdictOf } from './verdict';
export type { Verdict } from './verdict';
export { overlapsOf, WASTED } from './overlaps';
export type { Overlaps } from './overlaps';
export { shareOf, statisticsOf } from './statistics';
export type { Histogram, SetStatistics, Share, ToolStatistics } from './statistics';
export { dynamicsOf } from './dynamics';
export type { DynamicsPoint, Spread, Stage } from './dynamics';
export { pairSets, questionKey } from './pairs';
export type { Pair, PairOutcome } from './pairs';
export { TOOL_CLASSES } from '@/lib/review';
export type { ToolClass, ToolMix } from '@/lib/review';
