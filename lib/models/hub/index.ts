/**
 * The loader's door, apart from the engine's own so that who only runs the shipped model loads nothing of it: choosing a model
 * of a hub or of a folder, and what this browser keeps.
 *
 * - **repository**: a model's files on a hub. **format** (dtype): how its numbers are kept. **piece**: what is written to the
 *   disk at once. **kept**: on this disk, found again by its hash.
 */
export { CURATED_MODELS, HUB_ENDPOINTS } from './curated';
export type { CuratedModel } from './curated';
export { DTYPES, preferredDtypes } from './dtypes';
export type { Dtype, DtypeOption } from './dtypes';
export { estimateMemory, judgeFit, type FitReason } from './fit';
export type { Fit, Machine, MemoryEstimate } from './fit';
export { HUB } from './hub-origin';
export { keepForGood } from './keep-for-good';
export { folderOfFiles, folderOfHandle, importLocalModel, inspectLocalModel, nameOfLooseFiles } from './local-model';
export type { ImportRequest, LocalFolder } from './local-model';
export { DEFAULT_REVISION, formatModelUrl, isRepositoryId, parseModelUrl } from './model-url';
export type { AddressWishes, ModelAddress } from './model-url';
export { inspectHubModel } from './resolve';
export type { InspectedModel } from './resolve';
export type { RepoRequest } from './repo';
export { suggestModel } from './suggest';
export { isDescribed } from './traits';
export { inspectGiven, keptImage } from '../files/given-model';
export type { GivenChoices } from '../files/given-model';
export { deleteKeptModel, keptBytesOf, keptBytesOfAll, listKeptModels } from '../files/kept-models';
export type { KeptModel } from '../files/kept-models';
