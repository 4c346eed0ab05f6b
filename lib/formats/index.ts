/**
 * Formats: what other systems wrote, opened as sets of runs. docs/formats.md.
 *
 * - **container**: where records lie (lines, an array, an archive, a folder). **record**: one value of JSON. **row**: one run of a set.
 * - **format**: knows its records by their content and makes runs of them. **rule**: how it cut. **reading**: what a person chose otherwise.
 * - **set**: what was opened at once. **facts**: what a table says of a row (lib/sets). **wanted**: a picture that is not here.
 */
export type { FormatProblem, Note, PictureName, Reading, RuleName } from './contract';
export type { GivenFile } from './containers/source';
export type { Unread } from './open-files';
export type { FoundFile, OpenedRow, ReadRow, SetEvent, SetRow } from './set-contract';
export { isPicturePath, wantedKey } from './picture-name';
export { createSetReader } from './set-reader';
export type { SetReader } from './set-reader';
export { createKeptSets } from './kept-sets';
export type { KeptSet, KeptSets } from './kept-sets';
