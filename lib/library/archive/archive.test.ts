/** Runs out to files and in again: nothing is lost on the way, and nothing that is wrong does harm. */
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { hashesOf, questionOf, writeDeepEyesLine } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { LibraryError, type TrajectoryLibrary } from '../contract';
import { imageOf, makeRun, saveOne, withPictures } from '../fixtures/contract-suite';
import { createMemoryLibrary } from '../memory-library';
import { exportRuns } from './export-runs';
import { importRuns } from './import-runs';
import { ARCHIVE_LIMITS, FILE_LIMITS, fileName, hashOf } from './run-file';

const bytes = (seed: number): Blob =>
  new Blob([Uint8Array.from({ length: 40_000 }, (_, at) => (at * seed) % 251)], { type: 'image/png' });

const named = (blob: Blob, name: string): Blob & { name: string } => Object.assign(blob, { name });

async function runWith(id: string, image: Blob, title = `Run ${id}`) {
  const run = makeRun(id, { title });
  return withPictures(run, await hashOf(image));
}

/** Three runs, two of one picture; tags on two. */
async function filled(): Promise<TrajectoryLibrary> {
  const library = createMemoryLibrary();
  const [first, second] = [bytes(3), bytes(7)];
  await saveOne(library, await runWith('one', first), first, null, { tags: ['dogs'] });
  await saveOne(library, await runWith('two', first, 'Run one'), first, null);
  await saveOne(library, await runWith('three', second, 'Ünïcode / name?'), second, null, { tags: ['x', 'y'] });
  return library;
}

async function contents(library: TrajectoryLibrary) {
  const runs = await library.list();
  return Promise.all(
    runs.map(async ({ id, tags }) => {
      const loaded = await library.load(id);
      const pictures = await Promise.all([...(loaded?.files.values() ?? [])].map(hashOf));
      return { tags, trajectory: loaded?.trajectory, pictures };
    }),
  );
}

/** The one file of an export that needs no more. */
async function exportOneFile(...given: Parameters<typeof exportRuns>) {
  const { files } = await exportRuns(...given);
  expect(files).toHaveLength(1);
  return files[0]!;
}

describe('there and back', () => {
  test('several runs: an archive with each run as a document and each picture once', async () => {
    const library = await filled();
    const steps: number[] = [];
    const made = await exportRuns(library, await library.list(), (done) => steps.push(done));
    expect(made).toMatchObject({ runs: 3, left: [], files: [{}] });
    const file = made.files[0]!;
    expect(file.name).toMatch(/^loupe-runs-\d{4}-\d\d-\d\d\.zip$/);
    expect(steps).toEqual([0, 1, 2, 3]);
    const entries = unzipSync(new Uint8Array(await file.blob.arrayBuffer()));
    const names = Object.keys(entries).sort();
    expect(names.filter((name) => name.startsWith('pictures/'))).toHaveLength(2);
    expect(names.filter((name) => name.startsWith('runs/'))).toEqual([
      'runs/run-one-2026-11-21-2.json',
      'runs/run-one-2026-11-21.json',
      'runs/ünïcode-name-2026-11-21.json',
    ]);
    for (const name of names.filter((one) => one.startsWith('runs/'))) {
      expect(parseTrajectory(JSON.parse(new TextDecoder().decode(entries[name]))).ok).toBe(true);
    }

    const elsewhere = createMemoryLibrary();
    const report = await importRuns(elsewhere, [named(file.blob, file.name)]);
    expect(report).toMatchObject({ known: 0, withoutPicture: 0, problems: [] });
    expect(report.added).toHaveLength(3);
    expect(await contents(elsewhere)).toEqual(await contents(library));
    // Again: all known, nothing changes.
    const again = await importRuns(elsewhere, [named(file.blob, file.name)]);
    expect(again).toMatchObject({ added: [], known: 3, problems: [] });
    expect(await contents(elsewhere)).toEqual(await contents(library));
  });

  test('one run: a document that carries its picture', async () => {
    const library = await filled();
    const one = (await library.list()).find(({ id }) => id === 'one')!;
    const file = await exportOneFile(library, [one]);
    expect(file.name).toBe('run-one-2026-11-21.json');
    const parsed = parseTrajectory(JSON.parse(await file.blob.text()));
    expect(parsed.ok && parsed.trajectory).toEqual((await library.load('one'))?.trajectory);
    const elsewhere = createMemoryLibrary();
    expect((await importRuns(elsewhere, [named(file.blob, file.name)])).added).toEqual(['one']);
    expect(await contents(elsewhere)).toEqual((await contents(library)).filter((run) => run.trajectory?.id === 'one'));
  });

  test('a deleted run comes back from its file', async () => {
    const library = await filled();
    const file = await exportOneFile(library, await library.list());
    await library.remove(['one', 'two']);
    const report = await importRuns(library, [named(file.blob, 'runs.zip')]);
    expect(new Set(report.added)).toEqual(new Set(['one', 'two']));
    expect(report.known).toBe(1);
    expect(await library.listRemoved()).toEqual([]);
  });
});

describe('more than one archive may hold', () => {
  const withoutLimit = { json: Infinity, bytes: Infinity, entries: Infinity };

  test('an export keeps within what import takes, and far from zip64', () => {
    expect(ARCHIVE_LIMITS.bytes).toBeLessThan(FILE_LIMITS.archive);
    // Two an entry in the directory, each with a name of at most 70 letters.
    expect(ARCHIVE_LIMITS.bytes + ARCHIVE_LIMITS.entries * 2 * 512).toBeLessThan(FILE_LIMITS.archive);
    expect(ARCHIVE_LIMITS.entries).toBeLessThan(FILE_LIMITS.entries);
    expect(FILE_LIMITS.archive).toBeLessThan(2 ** 32 - 1);
    expect(FILE_LIMITS.entries).toBeLessThan(65_535);
    // The largest run alone is not beyond them, as JSON with its picture in base64 too.
    expect(FILE_LIMITS.picture * 2).toBeLessThan(ARCHIVE_LIMITS.bytes);
    expect((FILE_LIMITS.picture * 4) / 3).toBeLessThan(FILE_LIMITS.json);
  });

  test.each([
    ['bytes', { ...withoutLimit, bytes: 95_000 }],
    ['entries', { ...withoutLimit, entries: 4 }],
  ])(
    'goes on in another one at the limit of %s; all of them together, and each alone, come in again',
    async (_, limits) => {
      const library = createMemoryLibrary();
      for (let at = 0; at < 6; at += 1) {
        const picture = bytes(3 + at);
        await saveOne(library, await runWith(`run-${at}`, picture, 'The same name'), picture, null, {
          tags: [`tag ${at}`],
        });
      }
      const { files, runs, left } = await exportRuns(library, await library.list(), undefined, limits);
      expect({ runs, left }).toEqual({ runs: 6, left: [] });
      expect(files.map(({ name }) => name.replace(/^loupe-runs-\d{4}-\d\d-\d\d/, ''))).toEqual([
        '-1.zip',
        '-2.zip',
        '-3.zip',
      ]);
      const inside = await Promise.all(
        files.map(async ({ blob }) => Object.keys(unzipSync(new Uint8Array(await blob.arrayBuffer())))),
      );
      for (const [at, { blob }] of files.entries()) {
        expect(blob.size).toBeLessThan(limits.bytes);
        expect(inside[at]?.length).toBeLessThanOrEqual(limits.entries);
        // With its pictures: it does not need the others.
        const alone = await importRuns(createMemoryLibrary(), [named(blob, 'part.zip')]);
        expect(alone).toMatchObject({
          added: [expect.any(String), expect.any(String)],
          withoutPicture: 0,
          problems: [],
        });
      }
      // Unpacked into one folder, none lies over another.
      const runNames = inside.flat().filter((name) => name.startsWith('runs/'));
      expect(new Set(runNames).size).toBe(6);
      const elsewhere = createMemoryLibrary();
      const report = await importRuns(
        elsewhere,
        files.map(({ blob, name }) => named(blob, name)),
      );
      expect(report).toMatchObject({ known: 0, withoutPicture: 0, problems: [] });
      expect(await contents(elsewhere)).toEqual(await contents(library));
    },
  );

  test('a picture that runs of two archives show is in both', async () => {
    const library = createMemoryLibrary();
    const picture = bytes(3);
    for (const id of ['a', 'b', 'c', 'd']) await saveOne(library, await runWith(id, picture), picture, null);
    const { files } = await exportRuns(library, await library.list(), undefined, { ...withoutLimit, entries: 3 });
    expect(files).toHaveLength(2);
    for (const { blob } of files) {
      const report = await importRuns(createMemoryLibrary(), [named(blob, 'part.zip')]);
      expect(report).toMatchObject({ added: [expect.any(String), expect.any(String)], withoutPicture: 0 });
    }
  });

  test('where no run can be read there is no file, not an empty one', async () => {
    const library = await filled();
    const load = () => Promise.reject(new LibraryError('corrupt', 'broken'));
    expect(await exportRuns({ load }, await library.list())).toMatchObject({ files: [], runs: 0, left: { length: 3 } });
  });
});

describe('what is kept is never overwritten', () => {
  test('the same id with other steps comes in beside it', async () => {
    const library = await filled();
    const same = await runWith('one', bytes(3));
    const other = { ...same, given: [...same.given.slice(0, 1), { text: 'Another question?' }] };
    const report = await importRuns(library, [named(new Blob([JSON.stringify(other)]), 'one.json')]);
    expect(report.added).toHaveLength(1);
    expect(report.added[0]).not.toBe('one');
    const questionIn = async (id: string) => questionOf((await library.load(id))!.trajectory);
    expect(await questionIn('one')).toBe('What does the tag on the dog say?');
    expect(await questionIn(report.added[0]!)).toBe('Another question?');
  });

  test('a run that was renamed here is still the same run', async () => {
    const library = await filled();
    const file = await exportOneFile(library, await library.list());
    await library.rename('one', 'My name for it');
    expect(await importRuns(library, [named(file.blob, 'a.zip')])).toMatchObject({ added: [], known: 3 });
    expect((await library.load('one'))?.trajectory.title).toBe('My name for it');
  });
});

describe('what was deleted is not overwritten either', () => {
  test('with the same steps it is brought back with the name and tags it has, not with the file’s', async () => {
    const library = await filled();
    const file = await exportOneFile(library, await library.list());
    await library.rename('one', 'My name for it');
    await library.tag(['one'], { add: ['mine'] });
    await library.remove(['one']);
    const report = await importRuns(library, [named(file.blob, 'old.zip')]);
    expect(report).toMatchObject({ added: ['one'], known: 2, withoutPicture: 0, problems: [] });
    const back = (await library.list()).find(({ id }) => id === 'one');
    expect(back).toMatchObject({ title: 'My name for it', tags: ['dogs', 'mine'] });
  });

  test('with other steps it stays where it is, and the file’s run comes in beside it', async () => {
    const library = await filled();
    const older = { ...(await runWith('one', bytes(3))), steps: [] };
    await library.remove(['one']);
    const report = await importRuns(library, [named(new Blob([JSON.stringify(older)]), 'one.json')]);
    expect(report.added).toHaveLength(1);
    expect(report.added).not.toEqual(['one']);
    expect((await library.listRemoved()).map(({ id }) => id)).toEqual(['one']);
    await library.restore(['one']);
    expect((await library.load('one'))?.trajectory.steps).toHaveLength(1);
    expect((await library.load(report.added[0]!))?.trajectory.steps).toHaveLength(0);
  });
});

describe('files that are not as they should be', () => {
  const problemOf = async (content: BlobPart, name = 'file.json') => {
    const library = await filled();
    const before = await contents(library);
    const report = await importRuns(library, [named(new Blob([content]), name)]);
    expect(report.added).toEqual([]);
    expect(await contents(library)).toEqual(before);
    expect(report.problems).toHaveLength(1);
    expect(report.problems[0]?.file).toContain(name);
    return report.problems[0]?.reason.code;
  };

  test('each says what is wrong, and changes nothing', async () => {
    const run = await runWith('new', bytes(3));
    expect(await problemOf('')).toBe('not-json');
    expect(await problemOf('{"format": "loupe-tra')).toBe('not-json');
    expect(await problemOf('[1, 2]')).toBe('not-a-run');
    expect(await problemOf('{"any": "thing"}')).toBe('not-a-run');
    expect(await problemOf(JSON.stringify({ ...run, format: 'loupe-trajectory/99' }))).toBe('newer-version');
    expect(await problemOf(JSON.stringify({ ...run, steps: 7 }))).toBe('not-the-format');
    const [hash] = hashesOf(run);
    expect(await problemOf(JSON.stringify({ ...run, files: { [hash!]: 'https://example.org/a.png' } }))).toBe(
      'picture-not-base64',
    );
    expect(await problemOf(JSON.stringify({ ...run, files: { [hash!]: 'data:image/png;base64,*' } }))).toBe(
      'picture-damaged',
    );
    // As files of version 1 had it.
    expect(await problemOf(JSON.stringify({ ...run, picture: 'https://example.org/a.png' }))).toBe(
      'picture-not-base64',
    );
    expect(await problemOf(JSON.stringify({ ...run, picture: 'data:image/png;base64,*' }))).toBe('picture-damaged');
    expect(await problemOf(zipSync({ 'a.txt': strToU8('x') }) as BlobPart, 'a.zip')).toBe('no-runs-in-archive');
  });

  test('an archive cut off anywhere, or with bytes changed, does no harm', async () => {
    const library = await filled();
    const file = await exportOneFile(library, await library.list());
    const whole = new Uint8Array(await file.blob.arrayBuffer());
    const before = await contents(library);
    for (let at = 4; at < whole.length; at += Math.ceil(whole.length / 60)) {
      const cut = await importRuns(library, [named(new Blob([whole.slice(0, at)]), 'cut.zip')]);
      expect(cut.added).toEqual([]);
      expect(cut.problems.length).toBeGreaterThan(0);
      const changed = whole.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      const elsewhere = createMemoryLibrary();
      const report = await importRuns(elsewhere, [named(new Blob([changed]), 'changed.zip')]);
      // A picture that is not what its name says is never taken for it.
      for (const run of await contents(elsewhere)) {
        expect(run.trajectory ? hashesOf(run.trajectory) : []).toEqual(expect.arrayContaining(run.pictures));
      }
      expect(report.added.length + report.problems.length).toBeGreaterThan(0);
    }
    expect(await contents(library)).toEqual(before);
  });

  test('one bad run among good ones is named; the others are taken', async () => {
    const archive = zipSync({
      'runs/good.json': strToU8(JSON.stringify(await runWith('good', bytes(3)))),
      'runs/bad.json': strToU8('{'),
      'runs/better.json': strToU8(JSON.stringify(await runWith('better', bytes(3)))),
    });
    const library = createMemoryLibrary();
    const report = await importRuns(library, [named(new Blob([archive as BlobPart]), 'mixed.zip')]);
    expect(new Set(report.added)).toEqual(new Set(['good', 'better']));
    expect(report.withoutPicture).toBe(2);
    expect(report.problems).toEqual([{ file: 'mixed.zip › runs/bad.json', reason: { code: 'not-json' } }]);
  });

  test('another picture under the name of the right one is not taken for it', async () => {
    const run = await runWith('one', bytes(3));
    const archive = zipSync({
      'runs/one.json': strToU8(JSON.stringify(run)),
      [`pictures/${hashesOf(run)[0]}.png`]: new Uint8Array(await bytes(9).arrayBuffer()),
    });
    const library = createMemoryLibrary();
    const report = await importRuns(library, [named(new Blob([archive as BlobPart]), 'swapped.zip')]);
    expect(report).toMatchObject({ added: ['one'], withoutPicture: 1 });
    expect(imageOf(await library.load('one'))).toBeNull();
  });

  test('a full disk midway: what came in stays, the report says so', async () => {
    const from = await filled();
    const file = await exportOneFile(from, await from.list());
    const library = createMemoryLibrary();
    let room = 2;
    const save: TrajectoryLibrary['save'] = (...given) =>
      room-- > 0 ? library.save(...given) : Promise.reject(new LibraryError('quota', 'full'));
    const report = await importRuns({ ...library, save }, [named(file.blob, 'runs.zip')]);
    expect(report.added).toHaveLength(2);
    expect(report.problems).toEqual([{ file: 'runs.zip', reason: { code: 'quota' } }]);
    expect(await library.list()).toHaveLength(2);
  });
});

test('file names are letters, digits and dashes, whatever the run is called', () => {
  expect(fileName('What does the tag on the dog say?', '2026-11-21T10:00:00Z')).toBe(
    'what-does-the-tag-on-the-dog-say-2026-11-21',
  );
  expect(fileName('../../etc/passwd', '')).toBe('etc-passwd');
  expect(fileName('???', 'odd')).toBe('run');
  expect(fileName('字'.repeat(200), '')).toBe('字'.repeat(60));
});

describe('one run a line', () => {
  const line = (run: Awaited<ReturnType<typeof runWith>>) => writeDeepEyesLine(run, { answer: 'K7', right: true });

  test('lines of DeepEyes with the run in them come back whole, with the pictures that are given along', async () => {
    const [first, second] = [bytes(3), bytes(7)];
    const runs = [await runWith('one', first), await runWith('two', first), await runWith('three', second)];
    const text = `${runs.map(line).join('\n')}\n`;
    const library = createMemoryLibrary();
    const report = await importRuns(library, [
      named(new Blob([text]), 'results.jsonl'),
      named(first, 'scene.png'),
      named(bytes(9), 'another.png'),
    ]);
    expect(report).toMatchObject({ added: ['one', 'two', 'three'], known: 0, withoutPicture: 1, problems: [] });
    for (const run of runs) expect((await library.load(run.id))?.trajectory).toEqual(run);
    expect(imageOf(await library.load('two'))?.size).toBe(40_000);
    expect(imageOf(await library.load('three'))).toBeNull();
    // Plain documents, one a line, do as well; and in an archive they find their picture by its hash.
    const archive = zipSync({
      'results.jsonl': strToU8(runs.map((run) => JSON.stringify(run)).join('\n')),
      [`pictures/${hashesOf(runs[2]!)[0]}.png`]: new Uint8Array(await second.arrayBuffer()),
    });
    const again = await importRuns(library, [named(new Blob([archive as BlobPart]), 'all.zip')]);
    expect(again).toMatchObject({ added: [], known: 3, problems: [] });
    expect(imageOf(await library.load('three'))?.size).toBe(40_000);
  });

  test('a bad line is named, and the others are taken', async () => {
    const run = await runWith('one', bytes(3));
    const foreign = JSON.stringify({ image: 'a.jpg', question: 'Q', answer: 'A', pred_ans: 'A', pred_output: [] });
    const text = [line(run).slice(0, 200), '', foreign, line(run)].join('\n');
    const library = createMemoryLibrary();
    const report = await importRuns(library, [named(new Blob([text]), 'cut.jsonl')]);
    expect(report.added).toEqual(['one']);
    expect(report.problems).toEqual([
      { file: 'cut.jsonl', line: 1, reason: { code: 'line-not-json' } },
      { file: 'cut.jsonl', line: 3, reason: { code: 'deepeyes-without-run' } },
    ]);
  });

  test('pictures alone are no runs', async () => {
    const report = await importRuns(createMemoryLibrary(), [named(bytes(3), 'scene.png')]);
    expect(report).toMatchObject({
      added: [],
      problems: [{ file: 'scene.png', reason: { code: 'not-json' } }],
    });
  });
});

test('an archive that would unpack to far more than it is, is not opened', async () => {
  const zeros = new Uint8Array(20 * 1024 * 1024);
  const archive = zipSync({ 'runs/a.json': [zeros, { level: 9 }] });
  expect(archive.length).toBeLessThan(40_000);
  const report = await importRuns(createMemoryLibrary(), [new File([archive as BlobPart], 'bomb.zip')]);
  expect(report).toMatchObject({ added: [], problems: [{ reason: { code: 'unpacks-too-far' } }] });
});
