/** Lenses on a run: what a look, a thought, a word was worth, measured with its own model and drawn as figures. */
export { BeliefStrip } from './belief-strip';
export { MeanBelief } from './mean-belief';
export { KeptLenses, LensPanel } from './lens-panel';
