/** The collection's worker: reading, indexing and finding, behind the RPC. */
import { serveRpc } from '@/lib/port';
import type { Collection } from '../collection-contract';
import { createCollection } from '../create-collection';
import { openShelf } from '../shelf';
import type { CollectionMethods } from '../worker-protocol';

let opened: { readonly name: string | undefined; readonly collection: Promise<Collection> } | null = null;

function collectionOf(name: string | undefined): Promise<Collection> {
  if (opened?.name !== name) opened = null;
  opened ??= { name, collection: openShelf(name).then((shelf) => createCollection({ shelf })) };
  // Whatever hindered it may be over the next time.
  opened.collection.catch(() => (opened = null));
  return opened.collection;
}

serveRpc<CollectionMethods>(self, {
  async *files({ name }) {
    yield await (await collectionOf(name)).files();
  },
  async *add({ name, files }, signal) {
    yield* (await collectionOf(name)).add(files, signal);
  },
  async *remove({ name, ids }) {
    await (await collectionOf(name)).remove(ids);
  },
  async *search({ name, query, faults }, signal) {
    yield await (await collectionOf(name)).search(query, faults, signal);
  },
  async *open({ name, address, faults }, signal) {
    yield await (await collectionOf(name)).open(address, faults, signal);
  },
  async *imageSearch({ name, picture, faults }, signal) {
    yield await (await collectionOf(name)).imageSearch(picture, faults, signal);
  },
});
