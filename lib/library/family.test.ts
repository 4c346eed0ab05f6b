import { expect, it } from 'vitest';
import type { RunSummary } from './contract';
import { rootsOf } from '@/lib/trajectory/kin';
import { familyOf, foldFamilies } from './family';

const run = (id: string, parentId: string | null, minute: number): RunSummary => ({
  ...{ id, parentId, title: id, question: '', answer: '', status: 'done', calls: 0, steps: 0, bytes: 0, tags: [] },
  ...{ boxes: [], imageHash: null, imageName: '', aspect: 1, removedAt: null, change: null },
  createdAt: `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`,
  updatedAt: '',
});

const runs = [
  run('b2', 'b', 5),
  run('c', 'a', 4),
  run('b1', 'b', 3),
  run('b', 'a', 2),
  run('a', null, 1),
  run('x', 'gone', 6),
];

it('is told from any of its runs, each before its branches, in the order in which they were made', () => {
  for (const id of ['a', 'b', 'b1', 'b2', 'c']) {
    expect(familyOf(runs, id).map(({ run: one, depth }) => [one.id, depth])).toEqual([
      ['a', 0],
      ['b', 1],
      ['b1', 2],
      ['b2', 2],
      ['c', 1],
    ]);
  }
});

it('begins where the rest is gone', () => {
  expect(familyOf(runs, 'x').map(({ run: one }) => one.id)).toEqual(['x']);
  expect(familyOf(runs, 'nobody')).toEqual([]);
});

it('a circle that somebody wrote ends', () => {
  const circle = [run('p', 'q', 1), run('q', 'p', 2), run('self', 'self', 3)];
  expect(rootsOf(circle).size).toBe(3);
  expect(familyOf(circle, 'p').length).toBeGreaterThan(0);
  expect(familyOf(circle, 'self').map(({ run: one }) => one.id)).toEqual(['self']);
});

it('a list shows one of each family, and opened all of it behind that', () => {
  const { shown, branches } = foldFamilies(runs, new Set());
  expect(shown.map(({ id }) => id)).toEqual(['b2', 'x']);
  expect(branches.get('b2')).toEqual({ count: 4, open: false });
  expect(branches.has('x')).toBe(false);
  const all = foldFamilies(runs, new Set(['b2']));
  expect(all.shown.map(({ id }) => id)).toEqual(['b2', 'c', 'b1', 'b', 'a', 'x']);
  expect(all.branches.get('b2')).toEqual({ count: 4, open: true });
});
