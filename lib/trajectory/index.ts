/**
 * Trajectory: the document of one run, the events it is made of, and the fold between them.
 *
 * - **run**: one question about one picture. **turn**: one uninterrupted piece of model output, counted from 1. **step**:
 *   one thing that happened (think, call, result, malformed, answer). **cursor**: how many steps are visible.
 * - **open call**: a call that is still being written; it has an empty box until it ends.
 */
export { TRAJECTORY_FORMAT, trajectorySchema } from './schema';
export type {
  Alternative,
  ImageHash,
  ImageRef,
  ParseProblem,
  RunSettings,
  Seen,
  Step,
  StepOf,
  StepType,
  StopReason,
  Token,
  Trajectory,
  TurnUsage,
} from './schema';
export type { ProgressPhase, RunHeader, TrajectoryEvent } from './event';
export { foldAll, foldEvent, isOpenCall } from './fold';
export { eventsOf } from './events-of';
export { runOfDeepEyesLine, writeDeepEyesLine } from './deepeyes-line';
export type { DeepEyesFacts } from './deepeyes-line';
export {
  activeCrop,
  answerOf,
  boxesAt,
  boxNumberOf,
  callCount,
  clampCursor,
  currentStep,
  cursorAtStep,
  cursorAtTime,
  lastCursor,
  moveCursor,
  runTime,
  stepsUpTo,
  timeline,
  tokenCount,
  tokensOf,
} from './select';
export type { BoxAt, TimelineEntry } from './select';
export { parseTrajectory, TRAJECTORY_LIMITS } from './parse';
export type { ParsedTrajectory, TrajectoryProblem, TrajectoryProblemCode } from './parse';
