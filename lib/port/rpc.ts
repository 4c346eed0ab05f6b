/**
 * A small typed RPC over a `Worker` or a `MessagePort`. Every method is a stream: one request, then items, then an end or
 * an error. An abort travels to the other side and the handler decides what its last item is; a `CodedError` crosses with its code
 * and problem and is made anew by whoever called. No backpressure, no proxies, no serialised functions.
 *
 * No call outlasts the other side: whoever crashed, died without a word (lifeline.ts) or does not obey an abort in time is given up, and
 * every open stream settles.
 */
import { createChannel, type Channel } from './channel';
import { CodedError, messageOf, type Problem } from './coded-error';
import { holdLifeline, watchLifeline } from './lifeline';

/** A table of methods, each with its request and the items of its stream. */
export type RpcMethods = Record<string, { readonly request: unknown; readonly item: unknown }>;

/** What `Worker`, `MessagePort` and the global scope of a worker have in common. */
export interface RpcEndpoint {
  postMessage(message: unknown, options?: StructuredSerializeOptions): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'messageerror' | 'error', listener: (event: Event) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'messageerror' | 'error', listener: (event: Event) => void): void;
  /** Ports wait until started; workers have no such method. */
  start?(): void;
}

type Upward =
  | { readonly kind: 'live'; readonly name: string }
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly request: unknown }
  | { readonly kind: 'abort'; readonly id: number };

type Downward =
  | { readonly kind: 'alive' }
  | { readonly kind: 'item'; readonly id: number; readonly item: unknown }
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'aborted'; readonly id: number }
  | {
      readonly kind: 'error';
      readonly id: number;
      readonly code: string;
      readonly message: string;
      readonly problem: Problem | null;
    };

/** So long the other side has to end a call that was aborted or left. */
export const OBEY_MS = 3000;

const UNEXPECTED = { code: 'internal', problem: null } as const;

export type RpcHandlers<M extends RpcMethods> = {
  readonly [K in keyof M]: (request: M[K]['request'], signal: AbortSignal) => AsyncIterable<M[K]['item']>;
};

export interface RpcClient<M extends RpcMethods> {
  /**
   * Starts a call at once. Aborting tells the handler and lets the stream end as the handler ends it; if the handler
   * throws after the abort, the stream throws `signal.reason`. Leaving the loop early aborts too. A call that is not over in time after
   * either gives the other side up (`onDeaf`).
   */
  stream<K extends keyof M & string>(
    method: K,
    request: M[K]['request'],
    signal?: AbortSignal,
  ): AsyncIterable<M[K]['item']>;
  /** While calls that were aborted or left have not ended on the other side: resolves when all have, or it was given up. Else null. */
  unsettled(): Promise<void> | null;
  /**
   * Fails every open stream with `error`, those that were aborted with their signal's reason, and refuses new ones: the other side is
   * gone. Idempotent.
   */
  close(error: CodedError): void;
}

export interface RpcOptions {
  /** An error of the other side as one of the caller's own subsystem. Codes of the port itself: `bad-request`, `internal`. */
  readonly toError: (code: string, message: string, problem: Problem | null) => CodedError;
  /**
   * Told once when the endpoint reports `error` or `messageerror`, or has died; what it returns is what every open stream fails with.
   */
  readonly onCrash: (detail: string) => CodedError;
  /** Told once when a call was not ended in time: the other side hears nothing and is to be discarded. The rest as of `onCrash`. */
  readonly onDeaf: () => CodedError;
  /** Default: `OBEY_MS`. */
  readonly obeyMs?: number;
  /** An item that came when nobody listened any more: it may hold something to close. */
  readonly onLate?: (item: unknown) => void;
}

interface Call {
  /** Null once whoever called has left. */
  channel: Channel<unknown> | null;
  readonly signal: AbortSignal | undefined;
  /** Set once the other side was told to end it. */
  deadline: ReturnType<typeof setTimeout> | undefined;
}

/** The calling side. */
export function connectRpc<M extends RpcMethods>(
  endpoint: RpcEndpoint,
  { toError, onCrash, onDeaf, obeyMs = OBEY_MS, onLate }: RpcOptions,
): RpcClient<M> {
  const open = new Map<number, Call>();
  let nextId = 1;
  let gone: CodedError | null = null;
  let unwatch = () => {};
  let quiet: { readonly reached: Promise<void>; readonly reach: () => void } | null = null;

  const isEnding = ({ channel, deadline }: Call) => channel === null || deadline !== undefined;

  function settle(id: number, how: (channel: Channel<unknown>, signal: AbortSignal | undefined) => void): void {
    const call = open.get(id);
    if (!call) return;
    open.delete(id);
    clearTimeout(call.deadline);
    if (call.channel) how(call.channel, call.signal);
    if (quiet === null || [...open.values()].some(isEnding)) return;
    quiet.reach();
    quiet = null;
  }

  /** Tells the other side that a call is to end, and gives it up where it does not. */
  function endSoon(call: Call, id: number): void {
    if (gone || !open.has(id)) return;
    post({ kind: 'abort', id });
    call.deadline ??= setTimeout(() => {
      if (!gone) close(onDeaf());
    }, obeyMs);
  }

  function post(message: Upward): void {
    if (!gone) endpoint.postMessage(message);
  }

  function onMessage(event: MessageEvent): void {
    // Only `serveRpc` writes to this port.
    const message = event.data as Downward;
    switch (message.kind) {
      case 'alive':
        unwatch = watchLifeline(life, () => fail(''));
        break;
      case 'item': {
        const channel = open.get(message.id)?.channel;
        if (channel) channel.push(message.item);
        else onLate?.(message.item);
        break;
      }
      case 'end':
        settle(message.id, (channel) => channel.end());
        break;
      case 'aborted':
        settle(message.id, (channel, signal) => channel.fail(signal?.reason ?? abortError()));
        break;
      case 'error':
        settle(message.id, (channel) => channel.fail(toError(message.code, message.message, message.problem)));
        break;
      default:
        message satisfies never;
    }
  }

  function close(error: CodedError): void {
    if (gone) return;
    gone = error;
    endpoint.removeEventListener('message', onMessage);
    endpoint.removeEventListener('error', onFailure);
    endpoint.removeEventListener('messageerror', onFailure);
    unwatch();
    for (const id of [...open.keys()]) {
      settle(id, (channel, signal) => channel.fail(signal?.aborted ? signal.reason : error));
    }
  }

  function fail(detail: string): void {
    if (!gone) close(onCrash(detail));
  }

  function onFailure(event: Event): void {
    event.preventDefault();
    fail('message' in event && typeof event.message === 'string' ? event.message : '');
  }

  endpoint.addEventListener('message', onMessage);
  endpoint.addEventListener('error', onFailure);
  endpoint.addEventListener('messageerror', onFailure);
  endpoint.start?.();
  const life = `loupe-life-${crypto.getRandomValues(new Uint32Array(3)).join('-')}`;
  post({ kind: 'live', name: life });

  return {
    stream(method, request, signal) {
      const id = nextId++;
      const channel = createChannel<unknown>(() => {
        call.channel = null;
        endSoon(call, id);
      });
      const call: Call = { channel, signal, deadline: undefined };
      const onAbort = () => endSoon(call, id);
      if (gone) {
        channel.fail(gone);
      } else {
        open.set(id, call);
        post({ kind: 'call', id, method, request });
        if (signal?.aborted) onAbort();
        else signal?.addEventListener('abort', onAbort, { once: true });
      }
      // Items are what the handler of this very method yielded; the table M types both sides.
      return withoutListener(channel as AsyncIterable<M[typeof method]['item']>, signal, onAbort);
    },
    unsettled() {
      if (![...open.values()].some(isEnding)) return null;
      if (!quiet) {
        let reach = () => {};
        const reached = new Promise<void>((resolve) => (reach = resolve));
        quiet = { reached, reach };
      }
      return quiet.reached;
    },
    close,
  };
}

async function* withoutListener<T>(
  stream: AsyncIterable<T>,
  signal: AbortSignal | undefined,
  listener: () => void,
): AsyncGenerator<T, void, undefined> {
  try {
    yield* stream;
  } finally {
    signal?.removeEventListener('abort', listener);
  }
}

/**
 * The serving side: runs each call's handler and streams what it yields.
 * @param transferOf what of an item is handed over and not copied
 */
export function serveRpc<M extends RpcMethods>(
  endpoint: RpcEndpoint,
  handlers: RpcHandlers<M>,
  transferOf: (item: M[keyof M]['item']) => Transferable[] = () => [],
): void {
  const running = new Map<number, AbortController>();
  const post = (message: Downward, transfer: Transferable[] = []) => endpoint.postMessage(message, { transfer });

  async function run(id: number, method: string, request: unknown): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const handler = handlers[method];
      if (!handler) {
        return post({ kind: 'error', id, code: 'bad-request', message: `unknown method: ${method}`, problem: null });
      }
      for await (const item of handler(request, controller.signal)) post({ kind: 'item', id, item }, transferOf(item));
      post({ kind: 'end', id });
    } catch (error) {
      if (controller.signal.aborted && !(error instanceof CodedError)) return post({ kind: 'aborted', id });
      const { code, problem } = error instanceof CodedError ? error : UNEXPECTED;
      post({ kind: 'error', id, code, message: messageOf(error), problem });
    } finally {
      running.delete(id);
    }
  }

  endpoint.addEventListener('message', (event: MessageEvent) => {
    // Only `connectRpc` writes to this port.
    const message = event.data as Upward;
    if (message.kind === 'call') void run(message.id, message.method, message.request);
    else if (message.kind === 'live') holdLifeline(message.name, () => post({ kind: 'alive' }));
    else running.get(message.id)?.abort();
  });
  endpoint.start?.();
}

function abortError(): DOMException {
  return new DOMException('The operation was aborted.', 'AbortError');
}
