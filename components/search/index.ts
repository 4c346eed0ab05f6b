/** Searching as people see it: the page of their collection, and what a model may search, beside the question. */
export { CollectionView } from './collection-view';
export { SearchLine } from './search-line';
