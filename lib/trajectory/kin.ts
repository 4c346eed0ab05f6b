/** Runs that were made of other runs: each names the one it was changed from, and so they make trees. Pure. */
export interface Kin {
  readonly id: string;
  /** Of the run that it was changed from; null for one of its own. */
  readonly parentId: string | null;
}

/** The first run of each run: its parent's parent's … as far as they are here. */
export function rootsOf(runs: readonly Kin[]): ReadonlyMap<string, string> {
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

export interface InBranch<T> {
  readonly run: T;
  /** 0 of the run that the branch begins with, 1 of those that were made of it, and so on. */
  readonly depth: number;
}

/** A run and all that came of it, each before its own branches, those in the order of `runs`; empty where it is not among them. */
export function branchOf<T extends Kin>(runs: readonly T[], id: string): readonly InBranch<T>[] {
  const first = runs.find((run) => run.id === id);
  if (!first) return [];
  const children = new Map<string, T[]>();
  for (const run of runs) {
    // In a circle that somebody wrote, the run itself is where it ends.
    if (run.parentId === null || run.id === id) continue;
    const of = children.get(run.parentId);
    if (of) of.push(run);
    else children.set(run.parentId, [run]);
  }
  const branch: InBranch<T>[] = [];
  const waiting: InBranch<T>[] = [{ run: first, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    branch.push(next);
    const { depth } = next;
    const made = children.get(next.run.id) ?? [];
    waiting.push(...made.toReversed().map((run) => ({ run, depth: depth + 1 })));
  }
  return branch;
}

/** All runs, each tree in the place of the first of its runs and in the order of `branchOf`; of runs of one id the later ones last. */
export function inTrees<T extends Kin>(runs: readonly T[]): readonly InBranch<T>[] {
  const roots = new Set(rootsOf(runs).values());
  const placed = [...roots].flatMap((root) => branchOf(runs, root));
  const here = new Set(placed.map(({ run }) => run));
  return [...placed, ...runs.flatMap((run) => (here.has(run) ? [] : [{ run, depth: 0 }]))];
}
