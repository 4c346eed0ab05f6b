/** A run of many pictures: shown with the first of them, the others come, all within one bound, and all are closed with it. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ImageService } from '@/lib/image';
import type { Picture, Trajectory } from '@/lib/trajectory';
import recorded from '@/lib/trajectory/fixtures/two-zooms.json';
import { openLookedAt } from './open-run';

const RUN = recorded as Trajectory; // a test of lib/trajectory passes this file through the schema
const hashOf = (at: number) => String(at).padStart(64, '0');

function manyPictures(count: number) {
  const [first] = RUN.pictures;
  if (first?.from !== 'file') throw new Error('it begins with a file');
  const pictures = Array.from({ length: count }, (_, at): Picture => ({
    ...first,
    id: `q${at}`,
    file: { ...first.file, hash: hashOf(at), name: String(at) },
  }));
  const files = new Map(pictures.map((_, at) => [hashOf(at), new Blob([String(at)])]));
  return { run: { ...RUN, pictures, given: [{ picture: 'q0', seen: null }], steps: [] } satisfies Trajectory, files };
}

/** What is opened has the hash that its name says; bitmaps remember how large they may be, and that they were closed. */
function fakeImages() {
  const made: { readonly maxPixels: number; closed: boolean; close(): void }[] = [];
  const images = {
    open: (bytes: Blob, name: string) => Promise.resolve({ bytes, ref: { hash: hashOf(Number(name)) } }),
    bitmap: (_: unknown, __: number, { maxPixels = Infinity } = {}) => {
      const bitmap = { maxPixels, closed: false, close: () => void (bitmap.closed = true) };
      made.push(bitmap);
      return Promise.resolve(bitmap);
    },
    dispose: () => undefined,
  };
  // As far as a player asks it.
  return { made, images: images as unknown as ImageService };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('is shown with its first pictures, and the others come to it', async () => {
  const { run, files } = manyPictures(40);
  const { made, images } = fakeImages();
  const { player, close } = await openLookedAt(run, files, images);
  expect(player.getState().pictures.size).toBe(9);
  await vi.waitFor(() => expect(player.getState().pictures.size).toBe(40));
  expect(made.reduce((sum, { maxPixels }) => sum + maxPixels, 0)).toBeLessThanOrEqual(4 * 4096 * 4096);
  close();
  vi.runAllTimers();
  expect(made.filter(({ closed }) => !closed)).toEqual([]);
});

it('that is closed while they come closes what has come', async () => {
  const { run, files } = manyPictures(40);
  const { made, images } = fakeImages();
  const { player, close } = await openLookedAt(run, files, images);
  close();
  await vi.advanceTimersByTimeAsync(5000);
  expect(player.getState().pictures.size).toBeLessThan(40);
  expect(made.filter(({ closed }) => !closed)).toEqual([]);
});

it('of few pictures has them all at once, as large as one alone', async () => {
  const { run, files } = manyPictures(3);
  const { made, images } = fakeImages();
  const { player } = await openLookedAt(run, files, images);
  expect(player.getState().pictures.size).toBe(3);
  expect(made.map(({ maxPixels }) => maxPixels)).toEqual(Array(3).fill(4096 * 4096));
});
