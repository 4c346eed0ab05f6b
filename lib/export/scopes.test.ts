import { expect, it } from 'vitest';
import { branchScopes, runsReadBy } from './scopes';
import type { RunToExport } from './contract';

const kin = (id: string, parentId: string | null = null) => ({ id, parentId });
const runs = [kin('a'), kin('b', 'a'), kin('c', 'a'), kin('b1', 'b'), kin('alone')];
// A run as far as a scope looks at it.
const read = ({ id }: { id: string }) =>
  Promise.resolve(id === 'c' ? null : ({ run: { id } } as unknown as RunToExport));

async function told(id: string) {
  const scopes = branchScopes(runs, id, read);
  return Promise.all(
    scopes.map(async (scope) => {
      const ids: string[] = [];
      for await (const { run } of scope.runs.each()) ids.push(run.id);
      return [scope.id, scope.runs.count, ...ids];
    }),
  );
}

it('a run in the middle has a branch and a tree, the first and the last only the tree, one alone neither', async () => {
  expect(await told('b')).toEqual([
    ['branch', 2, 'b', 'b1'],
    ['tree', 4, 'a', 'b', 'b1'],
  ]);
  expect((await told('a')).map(([id]) => id)).toEqual(['tree']);
  expect((await told('b1')).map(([id]) => id)).toEqual(['tree']);
  expect(await told('alone')).toEqual([]);
  expect(await told('not kept')).toEqual([]);
});

it('reads one run at a time, as they are asked for', async () => {
  const reads: number[] = [];
  const each = runsReadBy([1, 2, 3], (key) => {
    reads.push(key);
    return Promise.resolve({ run: { id: String(key) } } as unknown as RunToExport);
  }).each();
  const first = await each[Symbol.asyncIterator]().next();
  expect(first.done).toBe(false);
  expect(reads).toEqual([1]);
});
