/** The RPC over a real MessageChannel: order, ends, errors with codes, abort, leaving early, a crash, one who does not obey. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CodedError, type Problem } from './coded-error';
import { connectRpc, serveRpc, type RpcClient, type RpcEndpoint } from './rpc';

class Wrong extends CodedError {
  constructor(
    readonly code: string,
    message: string,
    readonly problem: Problem | null = null,
  ) {
    super(message);
  }
}

const toError = (code: string, message: string, problem: Problem | null) => new Wrong(code, message, problem);
const onCrash = (detail: string) => new Wrong('worker-crashed', detail);
const onDeaf = () => new Wrong('deaf', '');

type Methods = {
  count: { request: { to: number }; item: number };
  forever: { request: null; item: number };
  fail: { request: { code: 'bad-weights' | null }; item: never };
};

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

function pair(onAborted?: () => void): { client: RpcClient<Methods>; near: MessagePort } {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serveRpc<Methods>(port2, {
    async *count({ to }) {
      for (let i = 1; i <= to; i++) yield i;
    },
    async *forever(_request, signal) {
      for (let i = 0; !signal.aborted; i++) {
        yield i;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      onAborted?.();
      yield -1;
    },
    async *fail({ code }) {
      throw code
        ? new Wrong(code, 'wrong bytes', { code: 'differs', params: { file: 'a.onnx' } })
        : new TypeError('a bug');
    },
  });
  return { client: connectRpc<Methods>(port1, { toError, onCrash, onDeaf }), near: port1 };
}

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

describe('a stream', () => {
  it('yields every item in order and ends', async () => {
    const { client } = pair();
    expect(await all(client.stream('count', { to: 500 }))).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
  });

  it('is not mixed with another one', async () => {
    const { client } = pair();
    const [a, b] = await Promise.all([all(client.stream('count', { to: 3 })), all(client.stream('count', { to: 5 }))]);
    expect([a, b]).toEqual([
      [1, 2, 3],
      [1, 2, 3, 4, 5],
    ]);
  });

  it('carries the code of an error, and what exactly went wrong', async () => {
    const { client } = pair();
    const failing = all(client.stream('fail', { code: 'bad-weights' }));
    await expect(failing).rejects.toBeInstanceOf(Wrong);
    await expect(all(client.stream('fail', { code: 'bad-weights' }))).rejects.toMatchObject({
      code: 'bad-weights',
      message: 'wrong bytes',
      problem: { code: 'differs', params: { file: 'a.onnx' } },
    });
    await expect(all(client.stream('fail', { code: null }))).rejects.toMatchObject({
      code: 'internal',
      message: 'a bug',
      problem: null,
    });
  });

  it('ends as the handler ends it when aborted', async () => {
    const { client } = pair();
    const controller = new AbortController();
    const items: number[] = [];
    for await (const item of client.stream('forever', null, controller.signal)) {
      items.push(item);
      if (item === 3) controller.abort();
    }
    expect(items.at(-1)).toBe(-1);
  });

  it('is aborted on the other side when the loop is left', async () => {
    let told: () => void;
    const aborted = new Promise<void>((resolve) => {
      told = resolve;
    });
    const { client } = pair(() => told());
    for await (const item of client.stream('forever', null)) if (item === 2) break;
    await aborted;
  });

  it('that was aborted before it began ends too', async () => {
    const { client } = pair();
    expect(await all(client.stream('forever', null, AbortSignal.abort()))).toContain(-1);
  });
});

describe('a worker that crashes', () => {
  it('fails every open stream as worker-crashed, and every later one', async () => {
    const target = new EventTarget();
    const endpoint = Object.assign(target, { postMessage: () => undefined }) as unknown as RpcEndpoint;
    let crashed = 0;
    const client = connectRpc<Methods>(endpoint, {
      toError,
      onDeaf,
      onCrash(detail) {
        crashed++;
        return onCrash(detail);
      },
    });
    const open = all(client.stream('count', { to: 1 }));
    target.dispatchEvent(Object.assign(new Event('error'), { message: 'out of luck' }));
    await expect(open).rejects.toMatchObject({
      code: 'worker-crashed',
      message: expect.stringContaining('out of luck'),
    });
    await expect(all(client.stream('count', { to: 1 }))).rejects.toMatchObject({ code: 'worker-crashed' });
    target.dispatchEvent(new Event('messageerror'));
    expect(crashed).toBe(1);
  });
});

describe('one who does not obey', () => {
  /** Hears nothing at all. */
  const deaf = (told: () => void = () => undefined) => {
    const endpoint = Object.assign(new EventTarget(), { postMessage: () => undefined }) as unknown as RpcEndpoint;
    return connectRpc<Methods>(endpoint, {
      toError,
      onCrash,
      obeyMs: 1,
      onDeaf() {
        told();
        return onDeaf();
      },
    });
  };

  it('is given up: the aborted stream ends as aborted, every other fails, and later ones too', async () => {
    const told = vi.fn();
    const client = deaf(told);
    const abort = new AbortController();
    const aborted = all(client.stream('count', { to: 1 }, abort.signal));
    const other = all(client.stream('count', { to: 1 }));
    other.catch(() => undefined);
    abort.abort();
    expect(client.unsettled()).not.toBeNull();
    await expect(aborted).rejects.toBe(abort.signal.reason);
    await expect(other).rejects.toMatchObject({ code: 'deaf' });
    await expect(all(client.stream('count', { to: 1 }))).rejects.toMatchObject({ code: 'deaf' });
    expect([told.mock.calls.length, client.unsettled()]).toEqual([1, null]);
  });

  it('is given up when a loop is left as well, and whoever waits for quiet has it then', async () => {
    const client = deaf();
    const stream = client.stream('count', { to: 1 })[Symbol.asyncIterator]();
    const first = stream.next();
    void stream.return?.();
    const abort = new AbortController();
    const second = all(client.stream('count', { to: 1 }, abort.signal)).catch(() => 'ended');
    abort.abort();
    await client.unsettled();
    expect(await second).toBe('ended');
    await first.catch(() => undefined);
  });

  it('who ends in time stays', async () => {
    const { client } = pair();
    const abort = new AbortController();
    const stream = all(client.stream('forever', null, abort.signal));
    abort.abort();
    await client.unsettled();
    expect((await stream).at(-1)).toBe(-1);
    expect(await all(client.stream('count', { to: 2 }))).toEqual([1, 2]);
  });
});
