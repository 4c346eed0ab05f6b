/** A run of two pictures: kept, exported as a file and in an archive, and imported again, with both and with one of them missing. */
import 'fake-indexeddb/auto';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { Trajectory } from '@/lib/trajectory';
import { exportRuns, importRuns } from './archive';
import { ARCHIVE_LIMITS, hashOf } from './archive/run-file';
import type { TrajectoryLibrary } from './contract';
import { makeRun, saveOne, withPictures } from './fixtures/contract-suite';
import { createIndexedDbLibrary } from './indexed-db-library';
import { createMemoryLibrary } from './memory-library';

const file = (seed: number): Blob =>
  new Blob([Uint8Array.from({ length: 3000 }, (_, at) => (at * seed) % 251)], { type: 'image/png' });
const [FIRST, SECOND] = [file(3), file(7)];
const [HASH_1, HASH_2] = await Promise.all([hashOf(FIRST), hashOf(SECOND)]);
const BOTH = new Map([
  [HASH_1, FIRST],
  [HASH_2, SECOND],
]);
const RUN: Trajectory = withPictures(makeRun('pair'), HASH_1, HASH_2);

let databases = 0;
const LIBRARIES = [
  ['in memory', () => Promise.resolve(createMemoryLibrary())],
  ['in IndexedDB (imitated)', () => createIndexedDbLibrary({ name: `pairs-${++databases}` })],
] as const;

/** The files of a loaded run by the hash they go by, with the hash they have. */
async function filesIn(library: TrajectoryLibrary, id = 'pair') {
  const loaded = await library.load(id);
  const files = [...(loaded?.files ?? [])];
  return Promise.all(files.map(async ([hash, blob]) => [hash, await hashOf(blob)] as const));
}

const WHOLE = [
  [HASH_1, HASH_1],
  [HASH_2, HASH_2],
];

async function exported(library: TrajectoryLibrary) {
  const { files, left } = await exportRuns(library, await library.list());
  expect([files.length, left]).toEqual([1, []]);
  return Object.assign(files[0]!.blob, { name: files[0]!.name });
}

describe.each(LIBRARIES)('two pictures of one run, %s', (_, make) => {
  test('are kept and given back', async () => {
    const library = await make();
    await library.save(RUN, BOTH, null);
    expect((await library.load('pair'))?.trajectory).toEqual(RUN);
    expect((await filesIn(library)).toSorted()).toEqual(WHOLE.toSorted());
    const [line] = await library.list();
    // The first stands for the run; its size is that of all.
    expect(line).toMatchObject({ imageHash: HASH_1, imageName: 'scene-1.png' });
    expect(line?.bytes).toBe(6000 + JSON.stringify(RUN).length);
    library.close();
  });

  test('stay as long as a run uses them, each for itself', async () => {
    const library = await make();
    await library.save(RUN, BOTH, null);
    await saveOne(library, withPictures(makeRun('other'), HASH_2), file(9), null);
    await library.remove(['pair']);
    await library.erase(['pair']);
    expect(await filesIn(library, 'other')).toEqual([[HASH_2, HASH_2]]);
    // The first had gone with its run: kept anew without files, nothing is found.
    await library.save(RUN, new Map(), null);
    expect(await filesIn(library)).toEqual([[HASH_2, HASH_2]]);
    library.close();
  });

  test('may come one after the other, and nothing that the run does not name is kept', async () => {
    const library = await make();
    await library.save(RUN, new Map([[HASH_2, SECOND]]), null);
    expect(await filesIn(library)).toEqual([[HASH_2, HASH_2]]);
    await library.save(
      RUN,
      new Map([
        [HASH_1, FIRST],
        ['f'.repeat(64), file(9)],
      ]),
      null,
    );
    expect((await filesIn(library)).toSorted()).toEqual(WHOLE.toSorted());
    library.close();
  });
});

describe('out and in again', () => {
  test('as an archive where the pictures are more than a file may hold that import takes', async () => {
    const library = createMemoryLibrary();
    await library.save(RUN, BOTH, null, { tags: ['large'] });
    const limits = { ...ARCHIVE_LIMITS, json: 8000 };
    const { files, runs, left } = await exportRuns(library, await library.list(), undefined, limits);
    expect({ names: files.map(({ name }) => name.slice(-4)), runs, left }).toEqual({
      names: ['.zip'],
      runs: 1,
      left: [],
    });
    const elsewhere = createMemoryLibrary();
    const out = Object.assign(files[0]!.blob, { name: files[0]!.name });
    expect(await importRuns(elsewhere, [out])).toMatchObject({ added: ['pair'], withoutPicture: 0, problems: [] });
    expect((await filesIn(elsewhere)).toSorted()).toEqual(WHOLE.toSorted());
  });

  test.each([
    ['one file', 1],
    ['an archive', 2],
  ])('as %s, with both', async (_, runs) => {
    const library = createMemoryLibrary();
    await library.save(RUN, BOTH, null);
    if (runs > 1) await library.save({ ...RUN, id: 'again', createdAt: '2026-11-20T10:00:00.000Z' }, BOTH, null);
    const out = await exported(library);
    if (runs > 1) {
      const names = Object.keys(unzipSync(new Uint8Array(await out.arrayBuffer())));
      expect(names.filter((name) => name.startsWith('pictures/')).sort()).toEqual(
        [`pictures/${HASH_1}.png`, `pictures/${HASH_2}.png`].sort(),
      );
    }
    const elsewhere = createMemoryLibrary();
    expect(await importRuns(elsewhere, [out])).toMatchObject({
      added: { length: runs },
      withoutPicture: 0,
      problems: [],
    });
    expect((await elsewhere.load('pair'))?.trajectory).toEqual(RUN);
    expect((await filesIn(elsewhere)).toSorted()).toEqual(WHOLE.toSorted());
  });

  test.each([1, 2])(
    'with one of them missing: that is said, the other is there, and it may come later (%s)',
    async (runs) => {
      const library = createMemoryLibrary();
      await library.save(RUN, new Map([[HASH_2, SECOND]]), null);
      if (runs > 1) await saveOne(library, makeRun('other'), null, null);
      const elsewhere = createMemoryLibrary();
      const report = await importRuns(elsewhere, [await exported(library)]);
      expect(report).toMatchObject({ added: { length: runs }, withoutPicture: runs, problems: [] });
      expect(await filesIn(elsewhere)).toEqual([[HASH_2, HASH_2]]);
      await library.save(RUN, BOTH, null);
      expect(await importRuns(elsewhere, [await exported(library)])).toMatchObject({ added: [], known: runs });
      expect((await filesIn(elsewhere)).toSorted()).toEqual(WHOLE.toSorted());
    },
  );
});
