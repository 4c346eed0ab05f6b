/**
 * The files' door, for the engine's worker: a model's files, fetched, held to their hashes, kept on this disk, and handed out by what they
 * are for.
 *
 * - **piece**: what is written to the disk at once. **kept**: on this disk, found again by its hash. **folder**: a model's files by role.
 */
export { filesToRead, openFolder } from './folder';
export type { ExternalData, Folder } from './folder';
export { forgetOthers, holdCache } from './kept-models';
export { cardOf } from '../card';
export { fileOf } from '../manifest';
export { openModel } from './open-model';
export { fetchFiles } from './weights';
export type { Fetched, FetchRequest, PackedFile } from './weights';
