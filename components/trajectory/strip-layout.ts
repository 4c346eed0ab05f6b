/** How a run of many steps fits into one strip: the least widths and the gaps together leave room for the times. */

/** Percent of the strip that a step has at least: a narrower one could not be hit. */
const LEAST = 3.5;
/** Percent of the strip that all least widths, and all gaps, may take together. */
const LEAST_ALL = 50;
const GAPS_ALL = 20;

/** CSS lengths for `count` segments. */
export function stripLayout(count: number): { readonly least: string; readonly gap: string } {
  const share = (percent: number) => Number((percent / Math.max(1, count)).toFixed(3));
  return { least: `${Math.min(LEAST, share(LEAST_ALL))}%`, gap: `min(2px, ${share(GAPS_ALL)}%)` };
}
