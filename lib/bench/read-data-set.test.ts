import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { SceneQuestion } from '@/lib/scene';
import { countQuestions, pickQuestions, type BenchScene, type DataFile } from './data-set';
import { benchScene, SCENE } from './fixtures/scene';
import { readDataSet } from './read-data-set';
import { zipFiles } from './zip-files';

const text = (path: string, value: unknown): DataFile => ({
  path,
  read: () => Promise.resolve(new Blob([typeof value === 'string' ? value : JSON.stringify(value)])),
});
const picture = (path: string): DataFile => ({
  path,
  read: () => Promise.resolve(new Blob([readFileSync('lib/image/fixtures/plain.png')])),
});
const reasonsOf = async (...files: DataFile[]) =>
  (await readDataSet('folder', files)).problems.map(({ file, reason }) => [file, reason.code]);

describe('a data set from files', () => {
  it('scenes in folders of their own, and beside each other', async () => {
    const { scenes, problems } = await readDataSet('folder', [
      text('b/scene.json', SCENE),
      picture('b/scene.png'),
      text('a/dunes.json', { ...SCENE, image: 'dunes.webp' }),
      picture('a/dunes.webp'),
      text('__MACOSX/a/._dunes.json', 'litter'),
    ]);
    expect(problems).toEqual([]);
    expect(scenes.map(({ name }) => name)).toEqual(['a/dunes', 'b']);
    expect(countQuestions({ scenes })).toBe(6);
    expect((await scenes[1]!.readPicture()).size).toBeGreaterThan(0);
  });

  it.each([
    ['PIC.PNG', 'pic.png'],
    ['pic.png', './pic.png'],
    ['pic.png', '..\\s1\\pic.png'],
    ['café-köln.png'.normalize('NFD'), 'café-köln.png'.normalize('NFC')],
    ['CAFÉ.png'.normalize('NFC'), 'café.png'.normalize('NFD')],
  ])('the picture %j is found as %j', async (path, image) => {
    const { scenes, problems } = await readDataSet('zip', [
      text('s1/scene.json', { ...SCENE, image }),
      picture(`s1/${path}`),
    ]);
    expect(problems).toEqual([]);
    expect(scenes).toHaveLength(1);
  });

  it('of two that differ in their case, the one that is named, or none', async () => {
    const pair = [picture('pic.png'), picture('PIC.png')];
    expect(await reasonsOf(text('scene.json', { ...SCENE, image: 'pic.png' }), ...pair)).toEqual([]);
    expect(await reasonsOf(text('scene.json', { ...SCENE, image: 'Pic.png' }), ...pair)).toEqual([
      ['scene.json', 'no-picture'],
    ]);
  });

  it('V*: a file of the same name beside each picture, its size from the picture’s header', async () => {
    const vstar = {
      target_object: ['dot'],
      bbox: [[0, 0, 2, 2]],
      question: 'What color is the dot?',
      options: ['Red.', 'Blue.'],
    };
    const { scenes, problems } = await readDataSet('vstar', [
      text('direct_attributes/sa_1.json', vstar),
      picture('direct_attributes/sa_1.png'),
      text('direct_attributes/sa_2.json', vstar),
      text('direct_attributes/sa_3.json', vstar),
      { path: 'direct_attributes/sa_3.jpg', read: () => Promise.resolve(new Blob(['no picture'])) },
    ]);
    expect(scenes.map(({ name }) => name)).toEqual(['direct_attributes/sa_1']);
    const { readHeaderSize } = await import('@/lib/image');
    const size = readHeaderSize(readFileSync('lib/image/fixtures/plain.png'), 'png');
    expect(scenes[0]?.scene).toMatchObject({ ...size, questions: [{ kind: 'vstar', answer: 'Red.', targets: [0] }] });
    expect(problems.map(({ file }) => file)).toEqual(['direct_attributes/sa_2.json', 'direct_attributes/sa_3.json']);
    expect(problems[0]?.reason.code).toBe('no-picture-of-its-name');
    expect(problems[1]?.reason.code).toBe('bad-picture');
  });

  it('V*: a picture that is stored on its side has the size at which it is seen', async () => {
    const file = { target_object: ['dot'], bbox: [[0, 0, 2, 2]], question: 'What color is it?', options: ['Red.'] };
    const bytes = readFileSync('lib/image/fixtures/orientation-6.jpg');
    const { scenes } = await readDataSet('vstar', [
      text('a.json', file),
      { path: 'a.jpg', read: () => Promise.resolve(new Blob([bytes])) },
    ]);
    const { readHeaderSize } = await import('@/lib/image');
    const stored = readHeaderSize(bytes, 'jpeg');
    expect(scenes[0]?.scene).toMatchObject({ width: stored?.height, height: stored?.width });
    expect(stored?.width).not.toBe(stored?.height);
  });

  it('says of each file why it is not used, and uses the others', async () => {
    expect(await reasonsOf()).toEqual([[null, 'nothing-here']]);
    expect(await reasonsOf(picture('a.png'))).toEqual([[null, 'no-scene-files']]);
    expect(await reasonsOf(text('a.json', '{"questions"'))).toEqual([['a.json', 'not-json']]);
    expect(await reasonsOf(text('a.json', [1]))).toEqual([['a.json', 'not-a-scene']]);
    expect(await reasonsOf(text('a.json', SCENE))).toEqual([['a.json', 'no-picture']]);
    expect(await reasonsOf(text('a.json', { ...SCENE, questions: [] }), picture('scene.png'))).toEqual([
      ['a.json', 'no-questions'],
    ]);
    const wide = await readDataSet('folder', [text('a.json', { ...SCENE, width: 'wide' }), picture('scene.png')]);
    expect(wide.problems[0]?.reason).toEqual({
      code: 'not-the-format',
      params: { detail: expect.stringMatching(/^width/) },
    });
    expect(
      await reasonsOf(text('a.json', SCENE), picture('scene.png'), text('a/scene.json', SCENE), picture('a/scene.png')),
    ).toEqual([['a/scene.json', 'same-name']]);
    const twice = { ...SCENE, questions: [SCENE.questions[0], SCENE.questions[0]] };
    const named = await readDataSet('folder', [text('a.json', twice), picture('scene.png')]);
    expect(named.problems[0]?.reason.params).toEqual({ detail: expect.stringContaining('questions.1.id') });
    const mixed = await readDataSet('folder', [
      text('a/a.json', 'x'),
      text('b/scene.json', SCENE),
      picture('b/scene.png'),
    ]);
    expect(mixed.scenes).toHaveLength(1);
    expect(mixed.problems).toHaveLength(1);
  });

  it('of a zip, packed and read again; a broken one is refused', async () => {
    const png = new Uint8Array(readFileSync('lib/image/fixtures/plain.png'));
    const packed = zipSync({
      'a/scene.json': strToU8(JSON.stringify(SCENE)),
      'a/scene.png': png,
      'empty/': new Uint8Array(),
    });
    const { scenes } = await readDataSet('a.zip', await zipFiles(new Blob([packed])));
    expect(new Uint8Array(await (await scenes[0]!.readPicture()).arrayBuffer())).toEqual(png);
    await expect(zipFiles(new Blob([]))).rejects.toMatchObject({ reason: { code: 'zip-without-bytes' } });
    await expect(zipFiles(new Blob([zipSync({})]))).rejects.toMatchObject({ reason: { code: 'zip-without-files' } });
    const noZip = new Blob(['not a zip at all, but long enough to be looked at']);
    await expect(zipFiles(noZip)).rejects.toMatchObject({ reason: { code: 'zip-damaged' } });
    await expect(zipFiles(new Blob([packed.slice(0, 200)]))).rejects.toMatchObject({ reason: { code: 'zip-damaged' } });
  });
});

describe('a file of a zip', () => {
  const text = 'a scene '.repeat(500);
  const packed = zipSync({ 'a.json': strToU8(text), 'b.json': [strToU8(text), { level: 0 }] });
  const changed = (change: (view: DataView<ArrayBuffer>) => void) => {
    const copy = new Uint8Array(packed).slice();
    change(new DataView(copy.buffer));
    return new Blob([copy]);
  };
  /** Of the first entry of the directory. */
  const directory = (view: DataView) => view.getUint32(view.byteLength - 22 + 16, true);
  const first = async (archive: Blob) => (await zipFiles(archive))[0]!.read();

  it('is read packed and stored, also with a comment behind the archive', async () => {
    const commented = new Blob([packed, 'made by somebody']);
    for (const { read } of await zipFiles(commented)) expect(await (await read()).text()).toBe(text);
  });

  it.each<[string, (view: DataView<ArrayBuffer>) => void]>([
    ['whose bytes are others', (view) => view.setUint8(60, view.getUint8(60) ^ 0xff)],
    ['that says it is smaller than it is', (view) => view.setUint32(directory(view) + 24, 10, true)],
    ['that says it is larger than it is', (view) => view.setUint32(directory(view) + 24, 100_000, true)],
    ['that would fill the memory', (view) => view.setUint32(directory(view) + 24, 2 ** 31, true)],
    ['that lies elsewhere', (view) => view.setUint32(directory(view) + 42, 2 ** 31, true)],
    ['that is locked', (view) => view.setUint16(directory(view) + 8, 1, true)],
    ['packed in another way', (view) => view.setUint16(directory(view) + 10, 93, true)],
  ])('%s is refused by its name', async (_, change) => {
    await expect(first(changed(change))).rejects.toMatchObject({
      reason: { code: 'zip-file-damaged', params: { name: 'a.json' } },
    });
  });

  it('is looked for where the directory says, which may lie about itself', async () => {
    for (const [place, value] of [
      [12, 2 ** 31],
      [16, 2 ** 31],
      [16, 0],
    ] as const) {
      const archive = changed((view) => view.setUint32(view.byteLength - 22 + place, value, true));
      await expect(zipFiles(archive)).rejects.toMatchObject({ reason: { code: 'zip-damaged' } });
    }
  });
});

describe('picking questions', () => {
  const scenes = ['a', 'b', 'c'].map((name) => benchScene(name));
  it('takes all of them, in order, or so many over the whole set', () => {
    expect(pickQuestions({ scenes }).map(({ id }) => id)).toHaveLength(9);
    expect(pickQuestions({ scenes }, 3).map(({ id }) => id)).toEqual(['a/q0', 'b/q1', 'c/q2']);
    expect(pickQuestions({ scenes }, 4).map(({ id }) => id)).toEqual(['a/q0', 'b/q0', 'b/q1', 'c/q2']);
    expect(pickQuestions({ scenes }, 100)).toHaveLength(9);
  });

  it('are drawn by kind where not all are asked: each in proportion, and none left out that has room', () => {
    const kinds = ['read-tag', 'count-dots', 'larger-number', 'exists'] as const;
    const question = (kind: (typeof kinds)[number], at: number) => ({ id: `q${at}`, kind }) as unknown as SceneQuestion;
    // As the gallery has them: the same kinds in the same order in every scene.
    const scenes = Array.from({ length: 24 }, (_, at) => ({
      name: `s${at}`,
      scene: { questions: kinds.map(question) },
    })) as unknown as readonly BenchScene[];
    const count = (most: number) =>
      kinds.map((kind) => pickQuestions({ scenes }, most).filter((one) => one.question.kind === kind).length);
    expect(count(6).toSorted()).toEqual([1, 1, 2, 2]);
    expect(count(24)).toEqual([6, 6, 6, 6]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (most) => {
        const counts = count(most);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(Math.min(most, 96));
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        const ids = pickQuestions({ scenes }, most).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});
