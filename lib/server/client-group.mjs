/**
 * Whom an address belongs to, for limits. Plain JavaScript, because the server that listens (scripts/listener.mjs) has it too,
 * and runs as it lies here.
 */

/**
 * An IPv6 customer has a whole /64, so that is one client; IPv4 in IPv6 is IPv4.
 *
 * @param {string} address
 * @returns {string}
 */
export function groupOf(address) {
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
  const groups = [...left, ...Array(missing).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
