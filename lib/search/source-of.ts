/** From what a person chose (`Settings.searchIn`) to the source that is asked. */
import { createCollectionClient } from './collection';
import type { Collection } from './collection-contract';
import { collectionSource } from './collection-source';
import type { SearchSource } from './contract';
import { readFaults } from './faults-kept';
import { createSiteSource, createWebSource, siteSearchHost } from './web-source';

export const IN_COLLECTION = 'collection';
export const IN_SITE = 'site';

let own: Collection | null = null;

/** The person's collection: one worker a page. */
export const ownCollection = (): Collection => (own ??= createCollectionClient());

/** @param storage where the collection's faults are kept; null: there are none */
export async function sourceOf(
  searchIn: string,
  storage: Pick<Storage, 'getItem'> | null,
): Promise<SearchSource | null> {
  if (searchIn === '') return null;
  if (searchIn === IN_COLLECTION) return collectionSource(ownCollection(), readFaults(storage));
  if (searchIn !== IN_SITE) return createWebSource(searchIn);
  const host = await siteSearchHost();
  return host === null ? null : createSiteSource(host);
}
