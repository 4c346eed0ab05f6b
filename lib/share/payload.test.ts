import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { hashesOf } from '@/lib/trajectory';
import { anyTrajectory } from '@/lib/trajectory/fixtures/arbitrary';
import { ShareError } from './contract';
import { unpack } from './compress';
import { aRun, readFixture, withHashes } from './fixtures/shared-run';
import { MAX_RUNS, paddedLength, readPayload, sha256, writePayload } from './payload';

const png = readFixture('image/fixtures/plain.png');
const pngHash = await sha256(png);
const runWith = (hash: string) => withHashes(aRun(), hash);

/** A payload by hand, the way a hostile program would make one. */
function payloadOf(value: unknown, tail: Uint8Array = new Uint8Array(0), claimed?: number): Uint8Array<ArrayBuffer> {
  const raw = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  const text = gzipSync(raw);
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(text.length, 0);
  lengths.writeUInt32BE(claimed ?? raw.length, 4);
  return new Uint8Array(Buffer.concat([lengths, text, tail]));
}

async function codeOf(payload: Uint8Array<ArrayBuffer>): Promise<string | null> {
  try {
    await readPayload(payload);
    return null;
  } catch (error) {
    if (error instanceof ShareError) return error.code;
    throw error;
  }
}

const whole = { trajectory: runWith(pngHash), images: [], cut: null };

describe('a payload', () => {
  it('gives back any settled run, with and without its picture', async () => {
    await fc.assert(
      fc.asyncProperty(anyTrajectory, fc.boolean(), async (any, withImage) => {
        fc.pre(any.status !== 'running');
        const [hash] = hashesOf(any);
        const trajectory = withHashes(any, pngHash);
        const images = withImage && hash !== undefined ? [{ hash: pngHash, bytes: png }] : [];
        const { payload } = await writePayload({ trajectory, images, cut: null });
        const read = await readPayload(payload);
        expect(read.trajectory).toEqual(JSON.parse(JSON.stringify(trajectory)));
        expect([...read.images.keys()]).toEqual(images.map(({ hash }) => hash));
      }),
      { numRuns: 60 },
    );
  });

  it('gives back a set: its runs in their order, and pictures that any of them names', async () => {
    const [first, second] = [
      { ...aRun(), pictures: [], given: [], steps: [] },
      { ...runWith(pngHash), id: 'second' },
    ];
    const { payload } = await writePayload({
      trajectory: first,
      more: [second],
      images: [{ hash: pngHash, bytes: png }],
      cut: null,
    });
    const read = await readPayload(payload);
    expect([read.trajectory.id, ...read.more.map(({ id }) => id)]).toEqual([first.id, 'second']);
    expect([...read.images.keys()]).toEqual([pngHash]);
    expect((await readPayload((await writePayload(whole)).payload)).more).toEqual([]);
  });

  it.each([
    ['a run that is none', [{}]],
    ['a run that has not ended', [{ ...runWith(pngHash), status: 'running', stop: null }]],
    ['more runs than a share may hold', Array.from({ length: MAX_RUNS }, () => whole.trajectory)],
  ])('is not opened with %s among further runs', async (_, more) => {
    expect(await codeOf(payloadOf({ ...whole, more }))).toBe('invalid');
  });

  it('gives the picture back as it was, named by its own bytes', async () => {
    const { payload } = await writePayload({ ...whole, images: [{ hash: pngHash, bytes: png }] });
    const image = (await readPayload(payload)).images.get(pngHash);
    expect(image?.type).toBe('image/png');
    expect(new Uint8Array(await image!.arrayBuffer())).toEqual(png);
  });

  it('holds as many pictures as a run may have', async () => {
    const files = Array.from({ length: 300 }, (_, at) => Uint8Array.of(...png, at >> 8, at & 255));
    const images = await Promise.all(files.map(async (bytes) => ({ hash: await sha256(bytes), bytes })));
    const run = aRun();
    const pictures = images.map(({ hash }, at) => ({
      ...{ id: `more-${at}`, from: 'file' as const, width: 48, height: 32 },
      file: { hash, mimeType: 'image/png', name: '' },
    }));
    const trajectory = { ...run, pictures: [...run.pictures, ...pictures] };
    const { payload } = await writePayload({ trajectory, images, cut: null });
    expect([...(await readPayload(payload)).images.keys()]).toEqual(images.map(({ hash }) => hash));
  });

  it('is padded to a size that says little', () => {
    for (const length of [100, 1000, 5000, 65_537, 2_000_000, 24_999_999]) {
      const padded = paddedLength(length);
      expect(padded).toBeGreaterThanOrEqual(length);
      expect(padded / length).toBeLessThan(1.12);
      expect(paddedLength(padded)).toBe(padded);
    }
    expect(paddedLength(2_000_000)).toBe(paddedLength(2_000_001));
    expect(paddedLength(9)).toBe(10);
  });
});

describe('a payload made by somebody who has the key and means ill', () => {
  it.each<[string, Uint8Array<ArrayBuffer>, string]>([
    ['is empty', new Uint8Array(0), 'invalid'],
    ['is not gzip', new Uint8Array(100).fill(1), 'invalid'],
    ['is not JSON', payloadOf('{'), 'invalid'],
    ['is another JSON', payloadOf([1, 2]), 'invalid'],
    ['has a text of another length', payloadOf(whole, undefined, 10), 'invalid'],
    ['claims a text beyond the limit', payloadOf(whole, undefined, 0xffffffff), 'too-large'],
    ['has no run', payloadOf({ ...whole, trajectory: null }), 'invalid'],
    ['has a run of a later version', payloadOf({ ...whole, trajectory: { format: 'loupe-trajectory/99' } }), 'too-new'],
    [
      'has a run that still runs',
      payloadOf({ ...whole, trajectory: aRun({ status: 'running', stop: null }) }),
      'invalid',
    ],
    ['names a picture that is not there', payloadOf({ ...whole, images: [{ hash: pngHash, bytes: 5 }] }), 'invalid'],
    ['names a negative length', payloadOf({ ...whole, images: [{ hash: pngHash, bytes: -5 }] }), 'invalid'],
    [
      'has a picture that the run does not name',
      payloadOf({ ...whole, trajectory: aRun(), images: [{ hash: pngHash, bytes: png.length }] }, png),
      'invalid',
    ],
    [
      'has one picture twice',
      payloadOf(
        {
          ...whole,
          images: [
            { hash: pngHash, bytes: png.length },
            { hash: pngHash, bytes: 0 },
          ],
        },
        png,
      ),
      'invalid',
    ],
    [
      'has a picture of another hash',
      payloadOf({ ...whole, images: [{ hash: pngHash, bytes: 3 }] }, Uint8Array.of(1, 2, 3)),
      'invalid',
    ],
    ['hides something behind', payloadOf(whole, Uint8Array.of(0, 0, 1)), 'invalid'],
    ['cuts more than there is', payloadOf({ ...whole, cut: { steps: 1, of: 9 } }), 'invalid'],
  ])('%s', async (_, payload, code) => {
    expect(await codeOf(payload)).toBe(code);
  });

  it('holds a script where a picture should be', async () => {
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const hash = await sha256(svg);
    const payload = payloadOf({ ...whole, trajectory: runWith(hash), images: [{ hash, bytes: svg.length }] }, svg);
    expect(await codeOf(payload)).toBe('invalid');
  });

  it('holds a picture that claims to be too large to open', async () => {
    const huge = png.slice();
    new DataView(huge.buffer).setUint32(16, 60_000);
    new DataView(huge.buffer).setUint32(20, 60_000);
    const hash = await sha256(huge);
    const payload = payloadOf({ ...whole, trajectory: runWith(hash), images: [{ hash, bytes: huge.length }] }, huge);
    expect(await codeOf(payload)).toBe('invalid');
  });

  it('is a bomb: 200 MB of zeros in 200 kB are not unpacked', async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(200_000_000)));
    const before = process.memoryUsage().rss;
    await expect(unpack(bomb, 1000)).rejects.toMatchObject({ code: 'invalid' });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });
});
