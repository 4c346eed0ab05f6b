/**
 * Changing a run and going on from there, and what came of it.
 *
 * - **change**: what a person does to a prefix of a run. **draft**: a box that is being drawn for it. **branch**: a run that another was
 *   changed into. **family**: a run with all its branches.
 */
export { BranchKeys } from './branch-keys';
export { DraftBar } from './draft-bar';
export { FollowUp } from './follow-up';
export { StepTools } from './step-tools';
export { UnderRun } from './under-run';
export { useDialect } from './use-dialect';
