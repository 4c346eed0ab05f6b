/** What the page says and reads, without the page. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isOutsideTraining } from '@/lib/review';
import type { Trajectory } from '@/lib/trajectory';
import { workspace } from '@/lib/words/en/workspace';
import { readGallery } from './gallery-index';
import { stateWords } from './model-line';
import { readAddress, writeAddress } from './use-run-url';
import { loadingProgress, runningWork } from './work-progress';
import { wasOpened } from './use-run-leads-home';

const { model, work } = workspace;

describe('the address', () => {
  test('names run and step, and is read back as written', () => {
    const run = { id: 'a b&c' } as Trajectory;
    const search = writeAddress({ run, cursor: 3 });
    expect(readAddress(search)).toEqual({ run: 'a b&c', step: 3 });
    expect(writeAddress({ run: null, cursor: 0 })).toBe('');
  });

  test('takes no nonsense for a step', () => {
    expect(readAddress('?run=a&step=-1')).toEqual({ run: 'a', step: null });
    expect(readAddress('?run=a&step=soon')).toEqual({ run: 'a', step: null });
    expect(readAddress('')).toEqual({ run: null, step: null });
  });
});

describe('the gallery', () => {
  test('ships 24 pictures with questions', () => {
    const pictures = readGallery(JSON.parse(readFileSync('public/gallery/index.json', 'utf8')));
    expect(pictures).toHaveLength(24);
    for (const { questions } of pictures) expect(questions.length).toBeGreaterThan(0);
  });

  test('is empty, not broken, where the index is something else', () => {
    for (const value of [null, 'x', 3, {}, { pictures: 3 }, { pictures: [null, { id: 'a' }] }]) {
      expect(readGallery(value)).toEqual([]);
    }
  });
});

describe('progress', () => {
  test('counts bytes, then compiles, then checks, on one bar', () => {
    const file = { phase: 'download', file: 'a', loaded: 3_100_000, total: 8_200_000 } as const;
    expect(loadingProgress(file, work).detail).toBe(work.amount('3.1', '8.2'));
    const filled = (load: Parameters<typeof loadingProgress>[0]) =>
      loadingProgress(load, work).parts.map((part) => part.filled);
    expect(filled(null)).toEqual([0, 0, 0]);
    expect(filled(file)).toEqual([31 / 82, 0, 0]);
    expect(filled({ phase: 'compile', done: 1, total: 4 })).toEqual([1, 0.25, 0]);
    expect(filled({ phase: 'self-test' })).toEqual([1, 1, null]);
    expect(loadingProgress(file, work).parts.reduce((sum, part) => sum + part.share, 0)).toBeCloseTo(1);
  });

  test('says what a run is busy with', () => {
    expect(runningWork({ phase: 'vision', done: 0, total: 1 }, null, work)).toEqual({
      title: work.looking,
      detail: '',
    });
    expect(runningWork({ phase: 'prefill', done: 96, total: 115 }, null, work).detail).toBe(work.readTokens(96, 115));
    expect(runningWork({ phase: 'decode', done: 0, total: 64 }, null, work)).toEqual({
      title: work.writing,
      detail: work.tokens(0),
    });
  });

  test('counts no tokens while pictures are cut', () => {
    const after = (step: object) => ({ steps: [{ tokens: [{}], ...step }] }) as unknown as Trajectory;
    const written = { phase: 'decode', done: 1, total: 64 } as const;
    expect(runningWork(null, null, work)).toEqual({ title: work.preparing, detail: '' });
    const call = { type: 'call', state: 'read' };
    expect(runningWork(written, after(call), work).title).toBe(work.cropping);
    expect(runningWork(written, after({ type: 'think' }), work).detail).toBe(work.tokens(1));
  });
});

test('the model’s line says how far it is on its way, ahead of a question', () => {
  const load = { phase: 'download', file: 'a', loaded: 459, total: 1000 } as const;
  const going = { status: 'going', notice: null } as const;
  expect(stateWords({ ahead: null, load }, model)).toBe('');
  expect(stateWords({ ahead: going, load }, model)).toBe(model.downloadingAt('45%'));
  expect(stateWords({ ahead: going, load: null }, model)).toBe(model.downloading);
  expect(stateWords({ ahead: going, load: null }, model, true)).toBe(model.starting);
  expect(stateWords({ ahead: going, load: { phase: 'self-test' } }, model)).toBe(model.starting);
  expect(stateWords({ ahead: { status: 'paused', notice: null }, load }, model)).toBe(model.pausedAt('45%'));
  expect(stateWords({ ahead: { status: 'waiting', notice: null }, load: null }, model)).toBe(model.afterRun);
});

test('only a run that was opened leads to the first page, not one that begins or goes on', () => {
  const run = { id: 'a' } as Trajectory;
  const none = { live: false, run: null } as const;
  expect(wasOpened({ live: false, run }, none)).toBe(true);
  expect(wasOpened({ live: true, run }, { ...none, live: true })).toBe(false);
  expect(wasOpened({ live: false, run: { ...run, title: 'b' } }, { live: false, run })).toBe(false);
  expect(wasOpened(none, { live: false, run })).toBe(false);
});

test('a picture is unlike the training data only above the threshold', () => {
  const seen = { width: 1, height: 1, tokens: null };
  const at = (score: number) => ({ picture: 'p1', seen: { ...seen, distance: { score, threshold: 1 } } });
  const outside = (...given: Trajectory['given']) => isOutsideTraining({ given } as Trajectory);
  expect(outside({ text: 'What is this?' }, { picture: 'p1', seen: null }, { picture: 'p1', seen })).toBe(false);
  expect(outside(at(1))).toBe(false);
  expect(outside(at(1.1))).toBe(true);
  expect(outside(at(0.2), { text: 'Or this?' }, at(1.1))).toBe(true);
});
