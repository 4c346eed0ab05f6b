/** Measured numbers as they are shown. */

/** 0.8149 → "81.5"; nothing to take a share of is a dash. */
export const percent = (share: number | null | undefined): string =>
  share === null || share === undefined ? '–' : (100 * share).toFixed(1);

export const decimal = (value: number | null | undefined, digits = 2): string =>
  value === null || value === undefined ? '–' : value.toFixed(digits);
