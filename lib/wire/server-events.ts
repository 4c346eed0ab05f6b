/** `text/event-stream` as it arrives, in any chunks: an event a blank line, `data:` lines joined, comments passed over. */

export interface ServerEvent {
  /** Empty where the stream names none. */
  readonly event: string;
  readonly data: string;
}

/** Ends with the stream, or throws what reading it throws. An event that was not ended by a blank line is none. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let held = '';
  let event = '';
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      held += done ? decoder.decode() : decoder.decode(value, { stream: true });
      // A line feed may follow a carriage return that ends a chunk.
      const whole = done ? held : held.replace(/\r$/, '');
      const lines = whole.split(/\r\n|\n|\r/);
      held = (lines.pop() ?? '') + held.slice(whole.length);
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield { event, data: data.join('\n') };
          event = '';
          data = [];
        } else if (line.startsWith('data:')) {
          data.push(line.slice(5).replace(/^ /, ''));
        } else if (line.startsWith('event:')) {
          event = line.slice(6).trim();
        }
      }
      if (done) return;
    }
  } finally {
    // Whoever stops listening lets the server stop, too.
    await reader.cancel().catch(() => undefined);
  }
}
