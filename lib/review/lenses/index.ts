/**
 * Lenses: what a token, a thought or a look was worth, by the formulas of papers (docs/lenses.md). Pure functions over numbers that
 * lib/lenses had from a model.
 */
export { ANTISD, antisdSchema, entropyOf, gatesOf, medianOf, phiOf, pmiOf, sumsByStep } from './antisd';
export type { AntiSd, Gate } from './antisd';
export { beliefAt, beliefSchema, gainsOf, meanBelief } from './belief';
export type { Belief, BeliefPoint, MeanBelief } from './belief';
export {
  contrastSchema,
  countFollowed,
  dropOf,
  FOLLOWED,
  followSchema,
  SOURCES,
  spreadOf,
  stepDrops,
} from './contrast';
export type { Contrast, ContrastToken, Followed, Follow, FollowTrial, Source } from './contrast';
export type { Credited, GenericMean } from './credit';
export { readLens, toKept } from './json';
export { divergence, heatOf, predictedDivergence, randomDirection, spectrumOf } from './ossa';
export type { Spectrum } from './ossa';
export { CELLS, EPSILONS, readHeat, readingSchema, triedAt, writeHeat } from './reading';
export type { Reading, Tried } from './reading';
