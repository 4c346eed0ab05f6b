/** The tools this app can carry out: a line each. */
export { rotate } from './rotate';
export { zoom } from './zoom';
