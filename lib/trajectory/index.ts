/**
 * Trajectory: the document of one run, the events it is made of, and the fold between them.
 *
 * - **run**: what a person gave (pictures and words), and everything a model made of it. **turn**: one uninterrupted piece of model
 *   output, counted from 1. **step**: one thing that happened (think, call, result, answer, other). **cursor**: how many are visible.
 * - **picture**: a file, a **view** of another picture, or what a tool made. **place**: a box in one of them. **root**: the picture with
 *   pixels of its own that a view leads back to.
 * - **open call**: a call that is still being written, or broke off there. **refused**: a call that was not carried out, and why.
 */
export { TRAJECTORY_FORMAT } from './format';
export type {
  Alternative,
  FileHash,
  FileRef,
  KeptLens,
  Mark,
  Part,
  Picture,
  PictureOf,
  Place,
  RunModel,
  RunSettings,
  Seen,
  Span,
  Step,
  StepOf,
  StepType,
  StopReason,
  Token,
  Trajectory,
  TurnUsage,
} from './schema';
export type { OwnDialect } from './own-dialect';
export { readJson } from './json';
export type { Json } from './json';
export { fitName, TRAJECTORY_LIMITS } from './limits';
export type { ProgressPhase, RunHeader, TrajectoryEvent } from './event';
export { foldAll, foldEvent, isOpenCall } from './fold';
export { eventsOf } from './events-of';
export { givenParts } from './given';
export { joinPieces, piecesOf } from './pieces';
export type { RunJoiner, RunPiece } from './pieces';
export {
  filesOf,
  givenPictures,
  givenHashes,
  hashesOf,
  mainPicture,
  nextPictureId,
  pictureOf,
  picturesOf,
  picturesNamedBy,
  questionOf,
  rootOf,
  rootPlace,
  seenOf,
  viewPicture,
} from './pictures';
export type { RootPicture } from './pictures';
export { codeOf, codeOutput, errorIn, isIdle } from './code';
export type { CodeOutput } from './code';
export { marksAt } from './marks';
export type { MarkAt } from './marks';
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
  pictureAt,
  resultOf,
  runTime,
  soughtIn,
  stepsUpTo,
  timeline,
  tokenCount,
  tokensPerSecond,
  tokensOf,
  wordsOf,
} from './select';
export type { BoxAt, TimelineEntry } from './select';
export type { TrajectoryProblem, TrajectoryProblemCode } from './check';
export { withLens } from './with-lens';
