/**
 * Sets: what other systems wrote, opened as a table of runs. The page of a set, and the way of files into it from any page.
 */
export { SetsView } from './sets-view';
export { readRowAt } from './row-address';
