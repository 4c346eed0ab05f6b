/** How the IoUs of looks are spread: ten bins of a tenth each. */
export const IOU_BINS = 10;

/** @returns how many values lie in each bin; 1 counts to the last */
export function iouHistogram(values: readonly number[]): readonly number[] {
  const bins = new Array<number>(IOU_BINS).fill(0);
  for (const value of values) {
    const at = Math.min(IOU_BINS - 1, Math.max(0, Math.floor(value * IOU_BINS)));
    bins[at] = (bins[at] ?? 0) + 1;
  }
  return bins;
}
