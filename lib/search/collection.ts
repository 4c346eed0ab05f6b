/** The page's side of the collection: its worker, started when it is first needed and let go of when it is idle. */
import { connectRpc, type RpcClient } from '@/lib/port';
import type { Collection } from './collection-contract';
import { SearchError, searchErrorOf } from './contract';
import type { CollectionMethods } from './worker-protocol';

const IDLE_MS = 120_000;

/** @param name of the database; left out: the usual one */
export function createCollectionClient(name?: string): Collection & { readonly dispose: () => void } {
  let connection: { readonly worker: Worker; readonly rpc: RpcClient<CollectionMethods> } | null = null;
  let atWork = 0;
  let idle: ReturnType<typeof setTimeout> | undefined;

  const end = (which: typeof connection, error: SearchError): SearchError => {
    clearTimeout(idle);
    which?.rpc.close(error);
    which?.worker.terminate();
    if (connection === which) connection = null;
    return error;
  };

  const connect = (): RpcClient<CollectionMethods> => {
    if (connection) return connection.rpc;
    const worker = new Worker(new URL('./worker/collection-worker.ts', import.meta.url), {
      type: 'module',
      name: 'collection',
    });
    const gone = (detail: string): SearchError => end(opened, new SearchError('worker-failed', detail));
    const rpc = connectRpc<CollectionMethods>(worker, {
      toError: searchErrorOf,
      onCrash: gone,
      onDeaf: () => gone('deaf'),
      // A slice, or writing the index of a large collection, hears nothing meanwhile.
      obeyMs: 60_000,
    });
    const opened = { worker, rpc };
    connection = opened;
    return rpc;
  };

  async function* call<K extends keyof CollectionMethods>(
    method: K,
    request: CollectionMethods[K]['request'],
    signal?: AbortSignal,
  ): AsyncGenerator<CollectionMethods[K]['item'], void, undefined> {
    clearTimeout(idle);
    atWork += 1;
    try {
      yield* connect().stream(method, { ...request, name }, signal);
    } finally {
      atWork -= 1;
      if (atWork === 0) idle = setTimeout(() => end(connection, new SearchError('worker-failed', 'idle')), IDLE_MS);
    }
  }

  async function one<K extends keyof CollectionMethods>(
    method: K,
    request: CollectionMethods[K]['request'],
    signal?: AbortSignal,
  ): Promise<CollectionMethods[K]['item']> {
    for await (const item of call(method, request, signal)) return item;
    throw new SearchError('worker-failed', 'no answer');
  }

  return {
    files: () => one('files', {}),
    add: (files, signal) => call('add', { files }, signal),
    async remove(ids) {
      for await (const _ of call('remove', { ids }));
    },
    search: (query, faults, signal) => one('search', { query, faults }, signal),
    open: (address, faults, signal) => one('open', { address, faults }, signal),
    imageSearch: (picture, faults, signal) => one('imageSearch', { picture, faults }, signal),
    dispose: () => void end(connection, new SearchError('worker-failed', 'disposed')),
  };
}
