/**
 * Models: choosing which one answers, bringing it here, and letting go of it again. Loaded when it is first opened: with it comes
 * all that knows of hubs.
 */
export { PageModelsSheet } from './page-models-sheet';
export { SuggestedModel } from './suggested-model';
export { useModelChoices } from './use-model-choices';
