/** What the command line takes of this room: numbers and files from results, nothing that needs a page. */
export { csvOf } from './csv';
export { jsonLineOf } from './json-line';
export { summarize } from './summary';
