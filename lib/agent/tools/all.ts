/** The tools this app can carry out: a line each. */
export { python } from './python';
export { rotate } from './rotate';
export { imageSearch, open, search } from './search';
export { zoom } from './zoom';
