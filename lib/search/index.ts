/**
 * Search: what a model's searches are asked of. Whoever adds another kind of source writes a file beside these that gives a `SearchSource`.
 *
 * - **source**: what is asked. **found**: text or a picture that it brought. **collection**: one's own documents and pictures, kept in this
 *   browser. **faults**: dead links and distractors, on request.
 */
export { createCollectionClient } from './collection';
export { NO_FAULTS } from './collection-contract';
export type { Collection, Faults, FileProblem, FilesAdded, GivenFile, KeptFile } from './collection-contract';
export { collectionSource } from './collection-source';
export { SearchError } from './contract';
export type { Found, FoundPicture, Opened, SearchErrorCode, SearchSource } from './contract';
export { keepFaults, readFaults } from './faults-kept';
export { IN_COLLECTION, IN_SITE, ownCollection, sourceOf } from './source-of';
export { isSearchAddress, siteSearchHost } from './web-source';
