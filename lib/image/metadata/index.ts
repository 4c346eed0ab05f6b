/**
 * What a stranger should not get of a picture, taken out. A door of its own beside lib/image: it is opened only where a picture
 * is about to leave, so none of it comes with the first page.
 */
export { cleanPicture } from './clean-picture';
export type { CleanPicture } from './contract';
export { stripMetadata } from './strip-metadata';
