/**
 * Bench: the page on which the model is measured. Load it lazily.
 *
 * - **data set**, **way**, **result**, **outcome**: as in lib/bench. **plan**: what to ask, chosen before a run.
 */
export { BenchView } from './bench-view';
