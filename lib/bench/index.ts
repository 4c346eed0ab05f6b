/**
 * Bench: questions with known answers, put to the model one after another by the app's own engine and agent, and what came
 * of them in numbers. docs/evaluation.md defines every number.
 *
 * - **data set**: scenes with pictures, from the app, a folder or a zip. **question**: one of a scene's.
 * - **way**: with tools or without them. **run**: one question asked one way. **result**: a run, scored.
 * - **outcome**: why a result is right or wrong. **summary**: all results in numbers.
 */
export { createBench } from './bench';
export type { Bench, BenchOptions, BenchPhase, BenchState } from './bench';
export { countQuestions, pickQuestions, reasonOf } from './data-set';
export type { BenchQuestion, BenchScene, DataProblem, DataFile, DataReason, DataSet } from './data-set';
export { openCollection } from './open-collection';
export { fetchShippedRealX } from './shipped-realx';
export { columnsOf, PAPER, REALX_COLUMNS } from './realx';
export type { RealXColumn, RealXRowOfWay } from './realx';
export { SEARCH_WAYS } from './search-ways';
export type { SearchWay } from './search-ways';
export { fetchShippedScenes } from './shipped-scenes';
export { readDataSet } from './read-data-set';
export { zipFiles } from './zip-files';
export { OUTCOMES } from './result';
export type { BenchResult, Outcome } from './result';
export { summarize } from './summary';
export type { Column, Existence, Looks, Share, Summary } from './summary';
export { compareWays } from './compare-ways';
export type { Pair } from './compare-ways';
export { IOU_BINS, iouHistogram } from './histogram';
export { csvOf } from './csv';
export { jsonLineOf } from './json-line';
