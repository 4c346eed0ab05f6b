/** A share over HTTP, step by step: for programs that look at the answers. */
import { createHash, randomBytes } from 'node:crypto';

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('base64');
const digestHeader = (bytes) => `sha-256=:${sha256(bytes)}:`;

/** No answer in this time is none. */
const WAIT_MS = 60_000;

export function shareClient(origin) {
  const base = `${origin}/api/shares`;
  const ask = (path, init = {}) => fetch(`${base}${path}`, { signal: AbortSignal.timeout(WAIT_MS), ...init });

  return {
    base,
    reserve: (bytes, expiry = '1-hour') =>
      ask('', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ bytes, expiry }),
      }),
    put: (id, token, body, headers = {}) =>
      ask(`/${id}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}`, 'content-digest': digestHeader(body), ...headers },
        body,
      }),
    read: (id, init) => ask(`/${id}`, init),
    remove: (id, token) => ask(`/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } }),
    health: (query = '') => fetch(`${origin}/api/health${query}`, { signal: AbortSignal.timeout(WAIT_MS) }),

    /**
     * A whole share; throws where it is refused.
     *
     * @returns {Promise<{ id: string, token: string, body: Buffer }>}
     */
    async make(bytes, expiry = '1-hour') {
      const body = randomBytes(bytes);
      const reserved = await this.reserve(bytes, expiry);
      if (reserved.status !== 201) throw new Error(`reserve: ${reserved.status} ${await reserved.text()}`);
      const { id, deleteToken: token } = await reserved.json();
      const stored = await this.put(id, token, body);
      if (stored.status !== 201) throw new Error(`upload: ${stored.status} ${await stored.text()}`);
      await stored.text();
      return { id, token, body };
    },
  };
}
