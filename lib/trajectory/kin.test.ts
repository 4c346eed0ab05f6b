import { expect, it } from 'vitest';
import { branchOf, inTrees } from './kin';

const kin = (id: string, parentId: string | null = null) => ({ id, parentId });
const shape = (of: readonly { run: { id: string }; depth: number }[]) =>
  of.map(({ run, depth }) => `${depth}${run.id}`);

const runs = [kin('x', 'gone'), kin('a'), kin('b', 'a'), kin('c', 'a'), kin('b1', 'b'), kin('b2', 'b')];

it('a branch is a run with all that came of it, and none of what it came of', () => {
  expect(shape(branchOf(runs, 'b'))).toEqual(['0b', '1b1', '1b2']);
  expect(shape(branchOf(runs, 'c'))).toEqual(['0c']);
  expect(branchOf(runs, 'nobody')).toEqual([]);
});

it('all runs stand in their trees, and none is lost: not in a circle, and not where two have one id', () => {
  expect(shape(inTrees(runs))).toEqual(['0x', '0a', '1b', '2b1', '2b2', '1c']);
  const wild = [kin('p', 'r'), kin('q', 'p'), kin('r', 'q'), kin('self', 'self'), kin('a'), kin('a')];
  expect(
    inTrees(wild)
      .map(({ run }) => run.id)
      .toSorted(),
  ).toEqual(['a', 'a', 'p', 'q', 'r', 'self']);
});
