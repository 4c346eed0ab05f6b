/** The same question asked both ways: which answers looking closer saved, and which it lost. */
import type { BenchResult } from './result';

export interface Pair {
  readonly withTools: BenchResult;
  readonly without: BenchResult;
}

const keyOf = ({ id, search }: BenchResult): string => `${search} ${id}`;

/** Questions that were asked only one way yet are in neither list. In the order of the results. */
export function compareWays(results: readonly BenchResult[]): {
  readonly saved: readonly Pair[];
  readonly lost: readonly Pair[];
} {
  const without = new Map(results.filter(({ tools }) => !tools).map((result) => [keyOf(result), result]));
  const pairs = results.flatMap((result) => {
    const other = result.tools ? without.get(keyOf(result)) : undefined;
    return other ? [{ withTools: result, without: other }] : [];
  });
  return {
    saved: pairs.filter((pair) => pair.withTools.right && !pair.without.right),
    lost: pairs.filter((pair) => !pair.withTools.right && pair.without.right),
  };
}
