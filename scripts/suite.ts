/**
 * Which suite a test is run by. The short form (`npm test`) has every law; the long suite (`npm run test:long`, LOUPE_SUITE=long)
 * has more cases of some, and does not repeat the short form: it runs the files that ask here (vitest.config.ts finds them),
 * and of those what the short form leaves out. LOUPE_SUITE=all runs both at once.
 */
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    suite: 'short' | 'long' | 'all';
  }
}

const suite = inject('suite');
export const IN_SHORT = suite !== 'long';
export const IN_LONG = suite !== 'short';

/** How many cases. */
export const cases = ({ short, long }: { readonly short: number; readonly long: number }): number =>
  IN_LONG ? long : short;

/** Of all, those that the short form has; in the long suite the others. */
export function ofThisSuite<T>(all: readonly T[], isShort: (one: T) => boolean): T[] {
  return all.filter((one) => (isShort(one) ? IN_SHORT : IN_LONG));
}
