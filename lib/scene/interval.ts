/** How well a share is known from how many there were. */

/** The normal distribution's two-sided 95 %. */
const Z = 1.959963984540054;

/** Wilson's interval of a share at 95 %, fractions 0 … 1: where the true one would lie, were these a sample of many. Null of none. */
export function intervalOfShare(hits: number, n: number): readonly [low: number, high: number] | null {
  if (n === 0) return null;
  const share = hits / n;
  const squared = (Z * Z) / n;
  const middle = (share + squared / 2) / (1 + squared);
  const half = (Z / (1 + squared)) * Math.sqrt((share * (1 - share)) / n + squared / (4 * n));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
