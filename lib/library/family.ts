/** A run with the runs that it was changed into, and those with theirs. Pure. */
import { branchOf, rootsOf, type InBranch } from '@/lib/trajectory/kin';
import type { RunSummary } from './contract';
import { newestFirst } from './summary';

export type Relative = InBranch<RunSummary>;

/** A run's whole family, each before its branches, branches in the order in which they were made; the run alone where it has no other. */
export function familyOf(runs: readonly RunSummary[], id: string): readonly Relative[] {
  const root = rootsOf(runs).get(id);
  return root === undefined
    ? []
    : branchOf(
        runs.toSorted((a, b) => newestFirst(b, a)),
        root,
      );
}

export interface FoldedRuns {
  /** The runs that are listed: of a family that is folded one, of one that is opened all. */
  readonly shown: readonly RunSummary[];
  /** Of the first of each family that has others: how many, and whether they are listed. */
  readonly branches: ReadonlyMap<string, { readonly count: number; readonly open: boolean }>;
}

/**
 * A list in which a run stands for all of its family: the first of them in the list's own order, so that what was looked for, or is newest,
 * is seen. Opened, the others stand behind it.
 * @param opened ids of first runs
 */
export function foldFamilies(runs: readonly RunSummary[], opened: ReadonlySet<string>): FoldedRuns {
  const roots = rootsOf(runs);
  const families = new Map<string, RunSummary[]>();
  for (const run of runs) {
    const root = roots.get(run.id) ?? run.id;
    families.set(root, [...(families.get(root) ?? []), run]);
  }
  const shown: RunSummary[] = [];
  const branches = new Map<string, { readonly count: number; readonly open: boolean }>();
  for (const family of families.values()) {
    const [first, ...others] = family;
    if (!first) continue;
    const open = opened.has(first.id);
    shown.push(first, ...(open ? others : []));
    if (others.length > 0) branches.set(first.id, { count: others.length, open });
  }
  return { shown, branches };
}
