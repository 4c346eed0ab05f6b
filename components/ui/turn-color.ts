/**
 * The colours of a turn, by the names the page's style sheet gives them: `base` is drawn on pictures, `on` is text on it,
 * `ink` is text on the page. Six, cycled; never the only sign, every box and step also carries its number.
 */
import type { CSSProperties } from 'react';

export const TURN_COLORS = 6;

/** 1 … 6, again and again, for turns counted from 1. */
export function turnColorNumber(turn: number): number {
  return ((((Math.trunc(turn) - 1) % TURN_COLORS) + TURN_COLORS) % TURN_COLORS) + 1;
}

/** Custom properties `--turn`, `--turn-on` and `--turn-ink` for everything below one element. */
export function turnStyle(turn: number): CSSProperties {
  const number = turnColorNumber(turn);
  const style: Record<`--${string}`, string> = {
    '--turn': `var(--turn-${number})`,
    '--turn-on': `var(--turn-${number}-on)`,
    '--turn-ink': `var(--turn-${number}-ink)`,
  };
  return style;
}
