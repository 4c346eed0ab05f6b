/**
 * The kept runs: the latest in a sheet, all of them on a page of their own.
 */
export { LibraryView } from './library-view';
export { RunsSheet } from './runs-sheet';
