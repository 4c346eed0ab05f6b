/** How times, sizes and tokens are written for people, the same everywhere beside the canvas. Pure. */

/** 85 → "85 ms", 1340 → "1.3 s", 75000 → "1 min 15 s". */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms >= LONGEST_MS) return `${short(ms)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds >= 100 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Ten years: what is longer is no time that anybody measured, and is written as the number it is. */
const LONGEST_MS = 3.2e11;

/** 1e+308 → "1e308". */
const short = (value: number): string =>
  Number.isFinite(value) ? value.toExponential(value < 1e21 ? 1 : 0).replace('e+', 'e') : '∞';

/** "2048×1365". */
export function formatSize(size: { readonly width: number; readonly height: number }): string {
  return `${Math.round(size.width)}×${Math.round(size.height)}`;
}

/** A token's text with its white space made visible; never empty. */
export function visibleToken(text: string): string {
  if (text === '') return '∅';
  return text.replaceAll('\n', '⏎').replaceAll('\t', '⇥').replace(/^ | $/g, '␣');
}
