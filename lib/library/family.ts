/** A run with the runs that it was changed into, and those with theirs. Pure. */
import type { RunSummary } from './contract';
import { newestFirst } from './summary';

export interface Relative {
  readonly run: RunSummary;
  /** 0 of the first run, 1 of its branches, and so on. */
  readonly depth: number;
}

/** The first run of each run: its parent's parent's … as far as they are kept. */
export function rootsOf(runs: readonly RunSummary[]): ReadonlyMap<string, string> {
  const parents = new Map(runs.map(({ id, parentId }) => [id, parentId]));
  const roots = new Map<string, string>();
  for (const { id } of runs) {
    const way = [id];
    let at = id;
    for (;;) {
      const known = roots.get(at);
      const parent = known ?? parents.get(at) ?? null;
      // A parent that is gone, or a circle that somebody wrote into a file.
      if (parent === null || !parents.has(parent) || way.includes(parent)) break;
      at = parent;
      way.push(at);
    }
    const root = roots.get(at) ?? at;
    for (const one of way) roots.set(one, root);
  }
  return roots;
}

/** A run's whole family, each before its branches, branches in the order in which they were made; the run alone where it has no other. */
export function familyOf(runs: readonly RunSummary[], id: string): readonly Relative[] {
  const roots = rootsOf(runs);
  const root = roots.get(id);
  const kin = runs.filter((run) => roots.get(run.id) === root).sort((a, b) => newestFirst(b, a));
  const first = kin.find((run) => run.id === root);
  if (!first) return [];
  const family: Relative[] = [];
  const waiting: Relative[] = [{ run: first, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { run, depth } = next;
    family.push(next);
    const branches = kin.filter((one) => one.parentId === run.id && one.id !== root);
    waiting.push(...branches.toReversed().map((one) => ({ run: one, depth: depth + 1 })));
  }
  return family;
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
