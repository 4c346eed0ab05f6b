/**
 * Questions and answers between the page and a worker, beside whatever else the two say to each other: a BroadcastChannel, so
 * that the engine's own port stays the engine's.
 */
export type Methods = Record<string, (argument: never) => unknown>;

interface Question {
  readonly id: number;
  readonly method: string;
  readonly argument: unknown;
}

interface Answer {
  /** 0 says that the worker is there. */
  readonly answerTo: number;
  readonly value?: unknown;
  readonly error?: string;
}

const CHANNEL = 'bench';

export function serveCalls(methods: Methods): void {
  const channel = new BroadcastChannel(CHANNEL);
  const answer = (message: Answer) => channel.postMessage(message);
  channel.onmessage = async ({ data }: MessageEvent<Question>) => {
    try {
      // The page calls what is there, with what it takes: both are files of this folder.
      const value = await methods[data.method]!(data.argument as never);
      answer({ answerTo: data.id, value });
    } catch (error) {
      answer({ answerTo: data.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };
  answer({ answerTo: 0 });
}

export type Call = <T>(method: string, argument?: unknown) => Promise<T>;

/** Starts a worker and waits until it answers calls. */
export async function startWorker(create: () => Worker): Promise<{ worker: Worker; call: Call }> {
  const channel = new BroadcastChannel(CHANNEL);
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let last = 0;
  const expect = (id: number) => {
    const settled = withResolvers();
    open.set(id, settled);
    return settled.promise;
  };
  channel.onmessage = ({ data }: MessageEvent<Answer>) => {
    const waiting = open.get(data.answerTo);
    open.delete(data.answerTo);
    if (data.error === undefined) waiting?.resolve(data.value);
    else waiting?.reject(new Error(data.error));
  };
  const there = expect(0);
  const worker = create();
  worker.addEventListener('error', ({ message }) => open.forEach(({ reject }) => reject(new Error(message))));
  await there;
  const call: Call = (method, argument) => {
    const id = ++last;
    const answered = expect(id);
    channel.postMessage({ id, method, argument } satisfies Question);
    // The worker's method says what it gives.
    return answered as Promise<never>;
  };
  return { worker, call };
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

function withResolvers(): PromiseWithResolvers<unknown> {
  let resolve: (value: unknown) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<unknown>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
