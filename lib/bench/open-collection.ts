/** The collection that a data set brings, as something to search: in a database of its own, apart from the person's. */
import { collectionSource, createCollectionClient, NO_FAULTS, type SearchSource } from '@/lib/search';
import type { DataFile } from './data-set';

const DATABASE = 'loupe-collection-bench';
const ADDRESS = 'loupe://bench/';

let client: ReturnType<typeof createCollectionClient> | null = null;

/** What an earlier set left there goes first. @throws SearchError, the abort's reason */
export async function openCollection(files: readonly DataFile[], signal: AbortSignal): Promise<SearchSource> {
  client ??= createCollectionClient(DATABASE);
  await client.remove((await client.files()).map(({ id }) => id));
  const given = await Promise.all(files.map(async ({ path, read }) => ({ path, file: await read() })));
  for await (const _ of client.add(given, signal));
  return collectionSource(client, NO_FAULTS, ADDRESS);
}
