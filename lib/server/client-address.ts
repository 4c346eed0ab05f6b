/**
 * Who a request is from, for rate limits only. The server that listens (scripts/listener.mjs) writes the address of the
 * connection into a header of ours and drops whatever the client sent under that name; proxies in front are believed only as
 * many as the operator says there are (LOUPE_TRUSTED_PROXIES).
 */

import { groupOf } from './client-group.mjs';

/** Written by scripts/listener.mjs. */
export const PEER_HEADER = 'x-loupe-peer';

/**
 * `proxies` trusted proxies each appended the address they saw to X-Forwarded-For, so the client is that many from the right.
 * A list that is shorter was not made by them: then the connection's own address counts.
 */
export function clientAddress(headers: Headers, proxies: number): string {
  const peer = headers.get(PEER_HEADER) ?? '';
  if (proxies > 0) {
    const forwarded = (headers.get('x-forwarded-for') ?? '').split(',').filter((part) => part.trim() !== '');
    const found = forwarded.at(-proxies);
    if (found !== undefined && forwarded.length >= proxies) return groupOf(found.slice(0, 100));
  }
  return groupOf(peer.slice(0, 100));
}
