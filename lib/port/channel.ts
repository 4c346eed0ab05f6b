/**
 * A push-driven async stream with one consumer: callbacks on one side, `for await` on the other. Nothing is dropped and
 * nothing waits (no backpressure): producers here are a few hundred small events a second at most.
 */
export interface Channel<T> extends AsyncIterable<T> {
  push(value: T): void;
  /** Ends the stream after what was pushed. */
  end(): void;
  /** Ends the stream with an error after what was pushed. The first `end` or `fail` wins. */
  fail(error: unknown): void;
}

/** `onReturn` is called once when the consumer leaves early (`break`, `return`, `throw` inside `for await`). */
export function createChannel<T>(onReturn?: () => void): Channel<T> {
  const queue: T[] = [];
  let closed: { readonly error?: unknown; readonly failed: boolean } | null = null;
  let wake: (() => void) | null = null;

  function close(state: NonNullable<typeof closed>): void {
    if (closed) return;
    closed = state;
    wake?.();
  }

  async function* read(): AsyncGenerator<T, void, undefined> {
    let finished = false;
    try {
      for (;;) {
        while (queue.length > 0) {
          // The length was checked on the line above, and there is one consumer.
          yield queue.shift() as T;
        }
        if (closed) {
          finished = true;
          if (closed.failed) throw closed.error;
          return;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = null;
      }
    } finally {
      if (!finished) {
        closed ??= { failed: false };
        queue.length = 0;
        onReturn?.();
      }
    }
  }

  return {
    push(value) {
      if (closed) return;
      queue.push(value);
      wake?.();
    },
    end: () => close({ failed: false }),
    fail: (error) => close({ failed: true, error }),
    [Symbol.asyncIterator]: read,
  };
}
