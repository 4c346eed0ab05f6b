/**
 * Review: what a finished run was worth, under its last step. Its reward where the answer is known, the patterns it shows, and
 * the same question asked the other way round, side by side. Comes as a chunk of its own, with the first run.
 */
export { useKnownAnswer } from './use-known-answer';
export { useKnownScene } from './use-known-scene';
export { RunReview } from './run-review';
export type { RunReviewProps } from './run-review';
