/**
 * Lenses: what a model is asked about a finished run, in scoring passes and short generations. The formulas are lib/review/lenses'.
 *
 * - **draw**: another question of the run's kind, about another picture, whose overview, crop and words take the place of the run's own.
 */
export { measureAntiSd } from './antisd';
export type { KnownOfRun } from './antisd';
export { measureBelief } from './belief';
export { LENS_PROBLEMS, LensError } from './contract';
export type { Draw, LensMeans, LensProblem } from './contract';
export { measureContrast } from './contrast';
export { findOthers, lastView } from './draw';
export type { Found } from './draw';
export { measureFollow } from './follow';
export { measureReading } from './reading';
