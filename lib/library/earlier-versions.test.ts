/** What earlier versions of the app kept and exported opens in today's, with nothing lost. */
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hashesOf, TRAJECTORY_FORMAT, TRAJECTORY_LIMITS, type Trajectory } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { importRuns } from './archive';
import { hashOf } from './archive/run-file';
import { imageOf } from './fixtures/contract-suite';
import { makeVersion2, VERSION_2, version1Document } from './fixtures/version-2';
import { createMemoryLibrary } from './memory-library';
import { openLibrary } from './open-library';

const PLAIN = '6d26389a7708f461b0465228899df4f61d29456f0f0bcad83093e15bfd6dced8';
const REMOVED = 'stopped';
const rows = VERSION_2.stores.summaries;

// The deleted run of the fixture is kept for a day from then on.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-30T13:00:00.000Z') }));
afterEach(() => void vi.useRealTimers());

/** As today's schema reads a document of then. */
function migrated(name: string, title?: string): Trajectory {
  const document = version1Document(name);
  const parsed = parseTrajectory(title === undefined ? document : { ...document, title });
  if (!parsed.ok) throw new Error(`${name}: ${JSON.stringify(parsed.problems)}`);
  return parsed.trajectory;
}

let databases = 0;

async function opened() {
  const name = `earlier-${++databases}`;
  await makeVersion2(name);
  const { library, persistent, problem } = await openLibrary({ name });
  expect({ persistent, problem }).toEqual({ persistent: true, problem: null });
  return library;
}

test('a database of version 2: every run is listed, the deleted one in the bin', async () => {
  const library = await opened();
  const listed = await library.list();
  const kept = rows.filter(({ id }) => id !== REMOVED).map(({ id }) => id);
  expect(kept).toHaveLength(9);
  expect(listed.map(({ id }) => id).sort()).toEqual(kept.sort());
  for (const { imageHash, imageName } of listed) expect([imageHash, imageName]).toEqual([PLAIN, 'plain.png']);
  expect(listed.find(({ id }) => id === 'looked-twice')).toMatchObject({ title: 'Renamed', calls: 2 });
  expect(listed.filter(({ tags }) => tags.length > 0).map(({ id, tags }) => [id, tags])).toEqual([
    ['refused', ['odd']],
  ]);
  expect((await library.listRemoved()).map(({ id, title }) => [id, title])).toEqual([[REMOVED, 'Stop me']]);
  library.close();
});

test.each(rows.map(({ id, title }) => [id, title] as const))(
  'its run %s opens, with its picture',
  async (id, title) => {
    const library = await opened();
    const loaded = await library.load(id, { evenRemoved: id === REMOVED });
    expect(loaded?.trajectory).toEqual(migrated(id, title));
    expect(loaded?.trajectory.format).toBe(TRAJECTORY_FORMAT);
    expect(await hashOf(imageOf(loaded)!)).toBe(PLAIN);
    expect((await library.thumbnail(PLAIN))?.size).toBeGreaterThan(0);
    library.close();
  },
);

test('its run of a question that was too long to be read again is back, its name shortened', async () => {
  expect(String(version1Document('long-question')['title']).length).toBeGreaterThan(TRAJECTORY_LIMITS.name);
  const library = await opened();
  const loaded = await library.load('long-question');
  expect(loaded?.trajectory.title.length).toBeLessThanOrEqual(TRAJECTORY_LIMITS.name);
  expect(loaded?.trajectory.steps.length).toBeGreaterThan(0);
  library.close();
});

test('what it holds lives on: renamed, brought back, and its picture goes with the last run of it', async () => {
  const library = await opened();
  await library.rename('failed', 'New name');
  expect((await library.load('failed'))?.trajectory).toEqual(migrated('failed', 'New name'));
  expect(await library.restore([REMOVED])).toEqual([]);
  const ids = (await library.list()).map(({ id }) => id);
  expect(ids).toHaveLength(10);
  await library.remove(ids);
  await library.erase(ids.slice(1));
  expect(await library.thumbnail(PLAIN)).not.toBeNull();
  await library.erase(ids.slice(0, 1));
  expect(await library.thumbnail(PLAIN)).toBeNull();
  library.close();
});

const fixture = (name: string) =>
  Object.assign(new Blob([readFileSync(join(process.cwd(), 'lib/library/fixtures', name))]), { name });

test('an exported file of version 1 comes in with its name, tags and picture', async () => {
  const library = createMemoryLibrary();
  const report = await importRuns(library, [fixture('version-1-export.json')]);
  expect(report).toEqual({ added: ['looked-twice'], known: 0, withoutPicture: 0, problems: [] });
  const loaded = await library.load('looked-twice');
  expect(loaded?.trajectory).toEqual(migrated('looked-twice', 'What does the tag on the dog say?'));
  expect(await hashOf(imageOf(loaded)!)).toBe(PLAIN);
  expect((await library.list())[0]?.tags).toEqual(['first']);
});

test('lines with runs of version 1 come in, with the picture given along', async () => {
  const library = createMemoryLibrary();
  const picture = new Blob([readFileSync(join(process.cwd(), 'lib/image/fixtures/plain.png'))]);
  const report = await importRuns(library, [
    fixture('version-1-lines.jsonl'),
    Object.assign(picture, { name: 'plain.png' }),
  ]);
  expect(report).toMatchObject({ known: 0, withoutPicture: 0, problems: [] });
  expect(report.added).toHaveLength(2);
  for (const id of report.added) {
    const loaded = await library.load(id);
    expect(loaded?.trajectory).toEqual(migrated(id));
    expect(hashesOf(loaded!.trajectory)).toEqual([PLAIN]);
    expect(await hashOf(imageOf(loaded)!)).toBe(PLAIN);
  }
});
