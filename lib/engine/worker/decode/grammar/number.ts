/**
 * Numbers digit by digit: whether what is written can still become a number within bounds. Bounds and values are whole units
 * (pixels, thousandths), so that nothing depends on rounding.
 */

/** One way of writing numbers. Bounds are inclusive. */
export interface NumberForm {
  /** Characters of the longest number to `high`. */
  longest(high: number): number;
  /** Whether some number from `low` to `high` begins with (or is) `text`. */
  canBegin(text: string, low: number, high: number): boolean;
  /** The units of a finished number; null where `text` is none. */
  unitsOf(text: string): number | null;
}

/** Without sign, without leading zeros. */
export const WHOLE_NUMBERS: NumberForm = {
  longest: (high) => String(high).length,
  canBegin(text, low, high) {
    if (!/^\d+$/.test(text)) return false;
    let from = Number(text);
    let to = from;
    if (text.startsWith('0')) return text === '0' && low <= 0;
    for (; from <= high; from *= 10, to = to * 10 + 9) {
      if (to >= low) return true;
    }
    return false;
  },
  unitsOf: (text) => (/^(?:0|[1-9]\d*)$/.test(text) ? Number(text) : null),
};

const DECIMALS = 3;
const ONE = 10 ** DECIMALS;

/** Units of the largest fraction, which is 1. */
export const FRACTION_UNITS = ONE;

/** 0 to 1 with up to three decimals; a unit is a thousandth. */
export const FRACTIONS: NumberForm = {
  longest: () => '0.'.length + DECIMALS,
  canBegin(text, low, high) {
    if (text === '1') return low <= ONE && high >= ONE;
    const digits = /^0(?:\.(\d*))?$/.exec(text)?.[1];
    if (digits === undefined) return text === '0' && low < ONE && high >= 0;
    if (digits.length > DECIMALS) return false;
    const step = 10 ** (DECIMALS - digits.length);
    const from = Number(`0${digits}`) * step;
    return from <= high && from + step - 1 >= low;
  },
  unitsOf(text) {
    if (text === '0') return 0;
    if (text === '1') return ONE;
    const digits = /^0\.(\d{1,3})$/.exec(text)?.[1];
    return digits === undefined ? null : Number(digits.padEnd(DECIMALS, '0'));
  },
};
