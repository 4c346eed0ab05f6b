/**
 * Review: what a finished run was worth. Pure functions over a trajectory; nothing here reads a page, a store or a file.
 *
 * - **known answer**: what a question about a known picture accepts. **reward**: DeepEyes' score of a run whose answer is known,
 *   term by term, as the paper and as its code have it. **pattern**: a way of thinking that DeepEyes names, and what in the run
 *   shows it. **claim**: what a thought already takes the answer to be.
 * - **tool use**: what a call was for, in DeepEyesV2's classes. **placeholder**: code that does nothing, says nothing and shows nothing.
 * - **counterpart**: the same question about the same picture, asked with the tools switched the other way.
 */
export { alignRuns, divergenceOf, lookPairs, wordDifference } from './align';
export type { LookPair, Moment, WordPiece } from './align';
export { areaUnderCurve, intervalOf } from './agreement';
export type { Judged } from './agreement';
export { bothWays } from './both-ways';
export type { BothWays, BothWaysFinding, WayShare } from './both-ways';
export { measuredAgreement } from './measured-agreement';
export type { MeasuredAgreement } from './measured-agreement';
export { votesOf } from './votes';
export type { Vote, Votes } from './votes';
export { claimsOf } from './claims';
export type { Claim } from './claims';
export { compareRuns, counterpartSettings, hasTools, isCounterpart } from './counterpart';
export type { Comparison, Finding } from './counterpart';
export { answerFor } from './known-answer';
export { isGuess, isOutsideTraining } from './guess';
export type { KnownAnswer } from './known-answer';
export { PATTERN_LIMITS, patternsOf } from './patterns';
export type { Pattern, PatternId } from './patterns';
export { CODE_WEIGHTS, LONGEST_ANSWER, PAPER_WEIGHTS, rewardFor, rewardOf } from './reward';
export type { FormatProblem, Reward, RewardTerms } from './reward';
export { LONGEST_ANSWER_V2, rewardOfV2 } from './reward-v2';
export { TOOL_CLASSES, toolFaultOf, toolMixOf, toolUsesOf } from './tool-use';
export type { ToolClass, ToolFault, ToolMix, ToolUse } from './tool-use';
export type { RewardV2 } from './reward-v2';
