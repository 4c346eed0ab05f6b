/**
 * Who a request is from, for rate limits only. The server that listens (scripts/serve.mjs) writes the address of the
 * connection into a header of ours and drops whatever the client sent under that name; proxies in front are believed only as
 * many as the operator says there are (LOUPE_TRUSTED_PROXIES).
 */

/** Written by scripts/serve.mjs. */
export const PEER_HEADER = 'x-loupe-peer';

/** An IPv6 customer has a whole /64, so that is one client. */
function groupOf(address: string): string {
  const plain = address
    .trim()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '')
    .toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

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
