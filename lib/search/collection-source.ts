/** A collection as something to search, with the faults that were asked for. */
import { COLLECTION_ADDRESS, type Collection, type Faults } from './collection-contract';
import type { SearchSource } from './contract';

export function collectionSource(
  collection: Pick<Collection, 'search' | 'open' | 'imageSearch'>,
  faults: Faults,
  address = COLLECTION_ADDRESS,
): SearchSource {
  return {
    address,
    search: (query, signal) => collection.search(query, faults, signal),
    open: (asked, signal) => collection.open(asked, faults, signal),
    imageSearch: (picture, signal) => collection.imageSearch(picture, faults, signal),
  };
}
