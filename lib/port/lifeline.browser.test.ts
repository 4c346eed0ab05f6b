/** Real workers that fall silent: one that died is known to be dead, one that is stuck is given up when it does not obey. */
import { expect, test, vi } from 'vitest';
import { CodedError } from './coded-error';
import type { MortalMethods } from './fixtures/mortal-worker';
import { connectRpc, type RpcClient } from './rpc';

class Over extends CodedError {
  readonly problem = null;
  constructor(readonly code: string) {
    super(code);
  }
}

function start(): { client: RpcClient<MortalMethods>; worker: Worker } {
  const worker = new Worker(new URL('./fixtures/mortal-worker.ts', import.meta.url), { type: 'module' });
  const client = connectRpc<MortalMethods>(worker, {
    toError: (code) => new Over(code),
    onCrash: () => new Over('crashed'),
    onDeaf: () => new Over('deaf'),
    obeyMs: 1,
  });
  return { client, worker };
}

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

/** Its lock is held: from then on its death is known. */
async function alive(): Promise<void> {
  await vi.waitFor(async () => {
    const { held = [] } = await navigator.locks.query();
    expect(held.some(({ name }) => name?.startsWith('loupe-life-'))).toBe(true);
  });
}

test('a worker that ends without a word fails whoever waits for it', async () => {
  const { client } = start();
  expect(await all(client.stream('say', 'here'))).toEqual(['here']);
  await alive();
  await expect(all(client.stream('die', null))).rejects.toMatchObject({ code: 'crashed' });
  await expect(all(client.stream('say', 'still here?'))).rejects.toMatchObject({ code: 'crashed' });
});

test('a worker that is stuck settles the aborted call, and every other', async () => {
  const { client, worker } = start();
  expect(await all(client.stream('say', 'here'))).toEqual(['here']);
  const abort = new AbortController();
  const frozen = all(client.stream('freeze', null, abort.signal));
  const other = all(client.stream('say', 'after that'));
  other.catch(() => undefined);
  abort.abort();
  await expect(frozen).rejects.toBe(abort.signal.reason);
  await expect(other).rejects.toMatchObject({ code: 'deaf' });
  worker.terminate();
});
