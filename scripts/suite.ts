/**
 * Which suite a test is run by: the short form (`npm test`) or the long suite (`npm run test:long`, LOUPE_LONG=1), which has
 * what takes long and proves the same law of more cases. The long suite does not repeat the short form: it runs the files
 * that ask here (vitest.config.ts finds them), and of those what the short form leaves out.
 */
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    suite: 'short' | 'long';
  }
}

export const LONG = inject('suite') === 'long';

/** How many cases. */
export const cases = ({ short, long }: { readonly short: number; readonly long: number }): number =>
  LONG ? long : short;

/** Of all, those that the short form has; in the long suite the others. */
export function ofThisSuite<T>(all: readonly T[], isShort: (one: T, index: number) => boolean): T[] {
  return all.filter((one, index) => isShort(one, index) !== LONG);
}
