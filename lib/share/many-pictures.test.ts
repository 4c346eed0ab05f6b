/** A run of two pictures shared: with both, with one of them missing, and cut before the second is spoken of. */
import { describe, expect, it } from 'vitest';
import { filesOf, hashesOf, type Picture, type Step, type Trajectory } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { aRun, readFixture } from './fixtures/shared-run';
import { decodeShare } from './open';
import { packShare } from './pack';
import { sha256 } from './payload';
import { makeSecret, seal } from './seal';
import type { ShareSource } from './contract';

const ID = '0'.repeat(32);
const KEY = new Uint8Array(32);
const FILES = [readFixture('image/fixtures/orientation-6.jpg'), readFixture('image/fixtures/plain.png')] as const;
const [HASH_1, HASH_2] = await Promise.all([sha256(FILES[0]), sha256(FILES[1])]);

const file = (id: string, hash: string, name: string): Picture => ({
  ...{ id, from: 'file', width: 48, height: 32 },
  file: { hash, mimeType: 'image/png', name, address: 'https://pictures.example/private' },
});
const view = (id: string, of: string): Picture => ({
  ...{ id, from: 'view', of, width: 8, height: 8, turn: 0 },
  region: { x1: 0, y1: 0, x2: 8, y2: 8 },
});
const result = (callId: string, picture: string): Step[] => [
  {
    ...{ type: 'call', callId, tool: 'zoom', written: '{}', input: {}, label: '', state: 'read', asked: null },
    ...{ place: null, turn: 1, span: null, tokens: [] },
  },
  { type: 'result', callId, parts: [{ picture, seen: null }], refused: null, turn: 1, span: null, tokens: [] },
];

/** Given one picture, or both; then a look at a part of each, the second a view of a view. */
function pair(given: 'both' | 'first' = 'both'): Trajectory {
  const run = aRun();
  return {
    ...run,
    pictures: [
      file('a', HASH_1, 'mine-1.jpg'),
      file('b', HASH_2, 'mine-2.png'),
      view('a1', 'a'),
      view('b1', 'b'),
      view('b2', 'b1'),
    ],
    given: [
      { picture: 'a', seen: null },
      ...run.given.filter((part) => 'text' in part),
      ...(given === 'both' ? [{ picture: 'b', seen: null }] : []),
    ],
    steps: [...result('call-1', 'a1'), ...result('call-2', 'b2')],
    usage: [],
    stop: { reason: 'no-call', message: '', code: null },
  };
}

function sourceOf(trajectory: Trajectory, missing?: string): ShareSource {
  const files = new Map([HASH_1, HASH_2].map((hash, at) => [hash, new Blob([FILES[at]!])]));
  return { trajectory, picture: (hash) => Promise.resolve(hash === missing ? null : (files.get(hash) ?? null)) };
}

async function shared(source: ShareSource, upTo: number | null = null) {
  const packed = await packShare(source, { includeImage: true, upTo });
  const sealed = await seal(packed.payload, await makeSecret(KEY, null), ID);
  return { packed, ...(await decodeShare(sealed, ID, KEY)) };
}

describe('a run of two pictures', () => {
  it('is a valid run', () => {
    for (const run of [pair(), pair('first')]) {
      const parsed = parseTrajectory(run);
      expect(parsed.ok ? [] : parsed.problems).toEqual([]);
    }
  });

  it('opens with both, each named by its own bytes and kind alone', async () => {
    const { packed, trajectory, images } = await shared(sourceOf(pair()));
    expect(packed).toMatchObject({ includesImage: true, imageMissing: false });
    expect([...images.keys()]).toEqual(hashesOf(trajectory));
    expect([...images.values()].map(({ type }) => type)).toEqual(['image/jpeg', 'image/png']);
    for (const [hash, image] of images) expect(await sha256(new Uint8Array(await image.arrayBuffer()))).toBe(hash);
    expect(filesOf(trajectory).map(({ name }) => name)).toEqual(['picture.jpg', 'picture.png']);
    expect(JSON.stringify(trajectory)).not.toMatch(/mine|private/);
    expect(packed.parts.image).toBe([...images.values()].reduce((sum, { size }) => sum + size, 0));
  });

  it('opens with the one that is here; of the other it keeps the hash, and says that it is missing', async () => {
    const { packed, trajectory, images } = await shared(sourceOf(pair(), HASH_1));
    expect(packed).toMatchObject({ includesImage: true, imageMissing: true });
    const [first, second] = filesOf(trajectory);
    expect(first).toMatchObject({ hash: HASH_1, name: '' });
    expect([...images.keys()]).toEqual([second?.hash]);
    expect(JSON.stringify(trajectory)).not.toMatch(/mine|private/);
  });

  it('one file for both is sent once', async () => {
    const run = pair();
    const pictures = run.pictures.map((one) => (one.id === 'b' ? file('b', HASH_1, 'the same') : one));
    const { trajectory, images } = await shared(sourceOf({ ...run, pictures }));
    expect(images.size).toBe(1);
    expect(filesOf(trajectory)).toHaveLength(2);
  });
});

describe('a cut share', () => {
  it('drops pictures, and their files, that only later steps speak of', async () => {
    const { trajectory, images, cut } = await shared(sourceOf(pair('first')), 2);
    expect(cut).toEqual({ steps: 2, of: 4 });
    expect(trajectory.pictures.map(({ id }) => id)).toEqual(['a', 'a1']);
    expect([...images.keys()]).toEqual(hashesOf(trajectory));
    expect([...images.values()].map(({ type }) => type)).toEqual(['image/jpeg']);
  });

  it('keeps those that what is left speaks of, and what they are views of', async () => {
    const given = await shared(sourceOf(pair()), 2);
    expect(given.trajectory.pictures.map(({ id }) => id)).toEqual(['a', 'b', 'a1']);
    expect(given.images.size).toBe(2);
    const all = await shared(sourceOf(pair('first')), 4);
    expect(all.trajectory.pictures.map(({ id }) => id)).toEqual(['a', 'b', 'a1', 'b1', 'b2']);
    expect(all.images.size).toBe(2);
  });

  it('asks for no file that it does not send', async () => {
    const asked: string[] = [];
    const source = sourceOf(pair('first'));
    const picture: ShareSource['picture'] = (hash) => (asked.push(hash), source.picture(hash));
    await shared({ ...source, picture }, 2);
    expect(asked).toEqual([HASH_1]);
  });
});
