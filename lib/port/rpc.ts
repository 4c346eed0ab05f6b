/**
 * A small typed RPC over a `Worker` or a `MessagePort`. Every method is a stream: one request, then items, then an end or
 * an error. An abort travels to the other side and the handler decides what its last item is; a `CodedError` crosses with its code
 * and problem and is made anew by whoever called. No backpressure, no proxies, no serialised functions.
 */
import { createChannel, type Channel } from './channel';
import { CodedError, messageOf, type Problem } from './coded-error';

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
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly request: unknown }
  | { readonly kind: 'abort'; readonly id: number };

type Downward =
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

const UNEXPECTED = { code: 'internal', problem: null } as const;

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
  close(error: CodedError): void;
}

export interface RpcOptions {
  /** An error of the other side as one of the caller's own subsystem. Codes of the port itself: `bad-request`, `internal`. */
  readonly toError: (code: string, message: string, problem: Problem | null) => CodedError;
  /** Told once when the endpoint reports `error` or `messageerror`; what it returns is what every open stream fails with. */
  readonly onCrash: (detail: string) => CodedError;
  /** An item that came when nobody listened any more: it may hold something to close. */
  readonly onLate?: (item: unknown) => void;
}

/** The calling side. */
export function connectRpc<M extends RpcMethods>(
  endpoint: RpcEndpoint,
  { toError, onCrash, onLate }: RpcOptions,
): RpcClient<M> {
  const open = new Map<number, { readonly channel: Channel<unknown>; readonly signal: AbortSignal | undefined }>();
  let nextId = 1;
  let gone: CodedError | null = null;

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
        if (open.has(message.id)) open.get(message.id)?.channel.push(message.item);
        else onLate?.(message.item);
        break;
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
    for (const id of [...open.keys()]) settle(id, (channel) => channel.fail(error));
  }

  function onFailure(event: Event): void {
    if (gone) return;
    event.preventDefault();
    close(onCrash('message' in event && typeof event.message === 'string' ? event.message : ''));
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
    else running.get(message.id)?.abort();
  });
  endpoint.start?.();
}

function abortError(): DOMException {
  return new DOMException('The operation was aborted.', 'AbortError');
}
