/** How the model learned to look: the record of a training run. Pure. */
export { parseTrainingRecord } from './contract';
export type { TestQuestion, TestRun, TestScene, TrainingRecord, TrainingStep } from './contract';
export { runningMean, STAGE_WINDOW, stagesOf, type StageSpan } from './stages';
