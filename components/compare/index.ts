/**
 * Two runs side by side, each in a player of its own.
 *
 * - **moment**: how many steps of each are visible at once (lib/review/align.ts). **linked**: what moves one moves the other.
 */
export { CompareView } from './compare-view';
export { Compared } from './compared';
export { GivenRuns } from './given-pair';
export type { Pair, ReadOther } from './use-pair';
