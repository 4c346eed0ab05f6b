/** Measured numbers as they are shown. */

/** 0.8149 → "81.5"; nothing to take a share of is a dash. */
export const percent = (share: number | null | undefined): string =>
  share === null || share === undefined ? '–' : (100 * share).toFixed(1);

export const decimal = (value: number | null | undefined, digits = 2): string =>
  value === null || value === undefined ? '–' : value.toFixed(digits);

const UNITS = ['KB', 'MB', 'GB', 'TB'] as const;

/** Decimal units, as browsers and file managers count. Two figures at least. */
export function fileSize(bytes: number): string {
  let amount = bytes / 1000;
  let unit = 0;
  while (amount >= 999.5 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const figures = amount > 0 && amount < 9.95 ? amount.toFixed(1) : String(Math.round(amount));
  return `${figures} ${UNITS[unit] ?? ''}`;
}
