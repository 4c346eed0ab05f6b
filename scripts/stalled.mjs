/**
 * Connections on which the client keeps us waiting: a body that trickles in, an answer that is hardly read. Whoever moves less
 * than `leastBytes` in `windowMs` is cut off; a wait that is ours (the store is slow) counts for nobody.
 */

/** What a socket has really handed on: what still lies in its buffers is not counted. */
const sentBy = (socket) => socket.bytesWritten - socket.writableLength;

/** @returns what to call with each request, and what ends the watch */
export function watchStalled({ windowMs, leastBytes, checkMs }) {
  /** By response, because requests may follow each other on one connection: since when too little has moved. */
  const watched = new Map();

  function look() {
    const now = performance.now();
    for (const [response, seen] of watched) {
      const { request, socket } = seen;
      if (socket.destroyed) {
        watched.delete(response);
        continue;
      }
      // Full buffers mean that it is the store that does not take more.
      const receiving = !request.complete && request.readableLength < request.readableHighWaterMark;
      const waitsForClient = receiving || socket.writableLength > 0;
      const [received, sent] = [socket.bytesRead, sentBy(socket)];
      if (!waitsForClient || received - seen.received + (sent - seen.sent) >= leastBytes) {
        Object.assign(seen, { received, sent, since: now });
      } else if (now - seen.since > windowMs) {
        socket.destroy();
      }
    }
  }

  const timer = setInterval(look, checkMs);
  timer.unref();
  return {
    add(request, response) {
      const { socket } = request;
      const since = performance.now();
      watched.set(response, { request, socket, received: socket.bytesRead, sent: sentBy(socket), since });
      response.once('close', () => watched.delete(response));
    },
    stop: () => clearInterval(timer),
  };
}
