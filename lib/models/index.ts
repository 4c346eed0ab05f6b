/**
 * Models: what brings a model here. This door is light; the loader's own (hub/index.ts, for the page that chooses a model) and the files'
 * (files/index.ts, for the worker that loads one) are apart, so that who only runs the shipped model loads nothing of them.
 *
 * - **manifest**: what a model folder says of itself. **kept**: on this disk, found again by its hash. **shelf**: where one file is kept, in
 *   pieces. **desk** (components/models): all that the page asks about models.
 */
export { keptAs } from './kept-as';
export { nextSmaller, PICTURE_SIZES } from './picture-steps';
export { parseUrl } from './hub/parse-url';
export { USUAL_RUN } from './usual-run';
