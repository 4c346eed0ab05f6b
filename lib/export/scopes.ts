/** What of what is here is taken out: the run alone, its branches, what is selected, all of it. */
import { branchOf, rootsOf, type Kin } from '@/lib/trajectory/kin';
import type { ExportScope, RunsToExport, RunToExport } from './contract';

/** Runs that are read one at a time, as they are written. One that cannot be read is left out. */
export function runsReadBy<K>(keys: readonly K[], read: (key: K) => Promise<RunToExport | null>): RunsToExport {
  return {
    count: keys.length,
    async *each() {
      for (const key of keys) {
        const run = await read(key);
        if (run) yield run;
      }
    },
  };
}

/**
 * A run with what was made of it, and its whole tree, each where that is more than what comes before it.
 * @param runs all that are here. @param read one of them
 */
export function branchScopes<K extends Kin>(
  runs: readonly K[],
  id: string,
  read: (run: K) => Promise<RunToExport | null>,
): readonly ExportScope[] {
  const of = (first: string) => branchOf(runs, first).map(({ run }) => run);
  const branch = of(id);
  const tree = of(rootsOf(runs).get(id) ?? id);
  const scopes: ExportScope[] = [];
  if (branch.length > 1 && branch.length < tree.length) scopes.push({ id: 'branch', runs: runsReadBy(branch, read) });
  if (tree.length > 1) scopes.push({ id: 'tree', runs: runsReadBy(tree, read) });
  return scopes;
}
