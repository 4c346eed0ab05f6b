import { expect, test } from 'vitest';
import type { RunSummary } from './contract';
import { countTags, findRuns } from './find-runs';
import { makeRun } from './fixtures/contract-suite';
import { parseSummary, summarise } from './summary';

function line(id: string, changes: Partial<RunSummary> = {}): RunSummary {
  const parsed = parseSummary({ ...summarise(makeRun(id), 10, []), ...changes });
  if (!parsed) throw new Error('not a summary');
  return parsed;
}

const RUNS = [
  line('a', {
    title: 'The café',
    tags: ['Places', 'to check'],
    steps: 3,
    bytes: 900,
    createdAt: '2026-11-03T00:00:00Z',
  }),
  line('b', {
    title: 'Run 10',
    answer: 'a Key',
    tags: ['places'],
    steps: 9,
    bytes: 1_000,
    createdAt: '2026-11-01T00:00:00Z',
  }),
  line('c', {
    title: 'run 9',
    question: 'Which key?',
    imageName: 'attic.jpg',
    bytes: 9_000,
    createdAt: '2026-11-02T00:00:00Z',
  }),
];

const ids = (query: Partial<Parameters<typeof findRuns>[1]>) =>
  findRuns(RUNS, { words: '', tags: [], order: 'newest', ...query })
    .map(({ id }) => id)
    .join('');

test('words are sought in name, question, answer, tags and file name, all of them, without case and accents', () => {
  expect(ids({ words: 'KEY' })).toBe('cb');
  expect(ids({ words: 'cafe' })).toBe('a');
  expect(ids({ words: 'key  run' })).toBe('cb');
  expect(ids({ words: 'key attic' })).toBe('c');
  expect(ids({ words: 'check' })).toBe('a');
  expect(ids({ words: 'nowhere' })).toBe('');
  expect(ids({ words: '  ' })).toBe('acb');
});

test('tags narrow, all of them', () => {
  expect(ids({ tags: ['PLACES'] })).toBe('ab');
  expect(ids({ tags: ['places', 'To Check'] })).toBe('a');
  expect(ids({ tags: ['none'] })).toBe('');
});

test('every order', () => {
  expect(ids({ order: 'newest' })).toBe('acb');
  expect(ids({ order: 'oldest' })).toBe('bca');
  expect(ids({ order: 'title' })).toBe('cba'); // 9 before 10
  expect(ids({ order: 'steps' })).toBe('bac');
  expect(ids({ order: 'size' })).toBe('cba');
});

test('tags are counted over their writings', () => {
  expect(countTags(RUNS)).toEqual([
    { tag: 'Places', count: 2 },
    { tag: 'to check', count: 1 },
  ]);
});
