/**
 * A small typed RPC over a `Worker` or a `MessagePort`. Every method is a stream: one request, then items, then an end or
 * an error. An abort travels to the other side and the handler decides what its last item is; an `EngineError` crosses
 * with its code. No backpressure, no proxies, no serialised functions.
 */
import { createChannel, type Channel } from './channel';
import { EngineError, type EngineErrorCode } from './contract';

/** A table of methods, each with its request and the items of its stream. */
export type RpcMethods = Record<string, { readonly request: unknown; readonly item: unknown }>;

/** What `Worker`, `MessagePort` and the global scope of a worker have in common. */
export interface RpcEndpoint {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'messageerror' | 'error', listener: (event: Event) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'messageerror' | 'error', listener: (event: Event) => void): void;
  /** Ports wait until started; workers have no such method. */
  start?(): void;
}

type Upward =
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly request: unknown }
  | { readonly kind: 'abort'; readonly id: number };

type Downward =
  | { readonly kind: 'item'; readonly id: number; readonly item: unknown }
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'aborted'; readonly id: number }
  | { readonly kind: 'error'; readonly id: number; readonly code: EngineErrorCode; readonly message: string };

export type RpcHandlers<M extends RpcMethods> = {
  readonly [K in keyof M]: (request: M[K]['request'], signal: AbortSignal) => AsyncIterable<M[K]['item']>;
};

export interface RpcClient<M extends RpcMethods> {
  /**
   * Starts a call at once. Aborting tells the handler and lets the stream end as the handler ends it; if the handler
   * throws after the abort, the stream throws `signal.reason`. Leaving the loop early aborts too.
   */
  stream<K extends keyof M & string>(
    method: K,
    request: M[K]['request'],
    signal?: AbortSignal,
  ): AsyncIterable<M[K]['item']>;
  /** Fails every open stream with `error` and refuses new ones: the other side is gone. Idempotent. */
  close(error: EngineError): void;
}

/** The calling side. `onCrash` is told once when the endpoint reports `error` or `messageerror`. */
export function connectRpc<M extends RpcMethods>(
  endpoint: RpcEndpoint,
  onCrash?: (error: EngineError) => void,
): RpcClient<M> {
  const open = new Map<number, { readonly channel: Channel<unknown>; readonly signal: AbortSignal | undefined }>();
  let nextId = 1;
  let gone: EngineError | null = null;

  function settle(id: number, how: (channel: Channel<unknown>, signal: AbortSignal | undefined) => void): void {
    const call = open.get(id);
    if (!call) return;
    open.delete(id);
    how(call.channel, call.signal);
  }

  function onMessage(event: MessageEvent): void {
    // Only `serveRpc` writes to this port.
    const message = event.data as Downward;
    switch (message.kind) {
      case 'item':
        open.get(message.id)?.channel.push(message.item);
        break;
      case 'end':
        settle(message.id, (channel) => channel.end());
        break;
      case 'aborted':
        settle(message.id, (channel, signal) => channel.fail(signal?.reason ?? abortError()));
        break;
      case 'error':
        settle(message.id, (channel) => channel.fail(new EngineError(message.code, message.message)));
        break;
      default:
        message satisfies never;
    }
  }

  function close(error: EngineError): void {
    if (gone) return;
    gone = error;
    endpoint.removeEventListener('message', onMessage);
    endpoint.removeEventListener('error', onFailure);
    endpoint.removeEventListener('messageerror', onFailure);
    for (const id of [...open.keys()]) settle(id, (channel) => channel.fail(error));
  }

  function onFailure(event: Event): void {
    if (gone) return;
    event.preventDefault();
    const detail = 'message' in event && typeof event.message === 'string' ? `: ${event.message}` : '';
    const error = new EngineError('worker-crashed', `The engine's worker stopped${detail}`);
    close(error);
    onCrash?.(error);
  }

  endpoint.addEventListener('message', onMessage);
  endpoint.addEventListener('error', onFailure);
  endpoint.addEventListener('messageerror', onFailure);
  endpoint.start?.();

  return {
    stream(method, request, signal) {
      const id = nextId++;
      const onAbort = () => post({ kind: 'abort', id });
      const post = (message: Upward) => {
        if (!gone) endpoint.postMessage(message);
      };
      const channel = createChannel<unknown>(() => {
        if (open.delete(id)) post({ kind: 'abort', id });
      });
      if (gone) {
        channel.fail(gone);
      } else {
        open.set(id, { channel, signal });
        post({ kind: 'call', id, method, request });
        if (signal?.aborted) onAbort();
        else signal?.addEventListener('abort', onAbort, { once: true });
      }
      // Items are what the handler of this very method yielded; the table M types both sides.
      return withoutListener(channel as AsyncIterable<M[typeof method]['item']>, signal, onAbort);
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

/** The serving side: runs each call's handler and streams what it yields. */
export function serveRpc<M extends RpcMethods>(endpoint: RpcEndpoint, handlers: RpcHandlers<M>): void {
  const running = new Map<number, AbortController>();
  const post = (message: Downward) => endpoint.postMessage(message);

  async function run(id: number, method: string, request: unknown): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const handler = handlers[method];
      if (!handler) throw new EngineError('bad-request', `No method ${method}`);
      for await (const item of handler(request, controller.signal)) post({ kind: 'item', id, item });
      post({ kind: 'end', id });
    } catch (error) {
      if (controller.signal.aborted && !(error instanceof EngineError)) post({ kind: 'aborted', id });
      else if (error instanceof EngineError) post({ kind: 'error', id, code: error.code, message: error.message });
      else
        post({ kind: 'error', id, code: 'internal', message: error instanceof Error ? error.message : String(error) });
    } finally {
      running.delete(id);
    }
  }

  endpoint.addEventListener('message', (event: MessageEvent) => {
    // Only `connectRpc` writes to this port.
    const message = event.data as Upward;
    if (message.kind === 'call') void run(message.id, message.method, message.request);
    else running.get(message.id)?.abort();
  });
  endpoint.start?.();
}

function abortError(): DOMException {
  return new DOMException('The operation was aborted.', 'AbortError');
}
