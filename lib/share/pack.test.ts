import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { readOrientation } from '@/lib/image';
import { filesOf, hashesOf } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { anyTrajectory } from '@/lib/trajectory/fixtures/arbitrary';
import { firstSteps } from './first-steps';
import { aRun, aSource } from './fixtures/shared-run';
import { packShare } from './pack';
import { MAX_RUNS, readPayload, sha256 } from './payload';
import { makeSecret, seal } from './seal';

const ALL = { includeImage: true, upTo: null };

describe('packing', () => {
  it('says exactly what will be uploaded, before it is', async () => {
    const packed = await packShare(aSource(), ALL);
    const sealed = await seal(packed.payload, await makeSecret(new Uint8Array(32), null), '0'.repeat(32));
    expect(sealed.length).toBe(packed.bytes);
    expect(packed.parts.text + packed.parts.image + packed.parts.overhead).toBe(packed.bytes);
    expect(packed).toMatchObject({ includesImage: true, imageMissing: false });
  });

  it('takes the picture without metadata, turned as it was, and names it by its new hash', async () => {
    const packed = await packShare(aSource(), ALL);
    const { trajectory, images } = await readPayload(packed.payload);
    const file = filesOf(trajectory)[0]!;
    const bytes = new Uint8Array(await images.get(file.hash!)!.arrayBuffer());
    expect(await sha256(bytes)).toBe(file.hash);
    expect(readOrientation(bytes, 'jpeg')).toBe(6);
    expect(file).toMatchObject({ name: 'picture.jpg', mimeType: 'image/jpeg' });
    expect(packed.strippedBytes).toBeGreaterThan(0);
  });

  it('leaves the picture out, and its file name', async () => {
    const packed = await packShare(aSource(), { includeImage: false, upTo: null });
    const { trajectory, images } = await readPayload(packed.payload);
    expect(images.size).toBe(0);
    expect(filesOf(trajectory)).toMatchObject([{ name: '', hash: hashesOf(aRun())[0] }]);
    expect(packed).toMatchObject({ includesImage: false, imageMissing: false, parts: { image: 0 } });
  });

  it('says so where the picture is gone', async () => {
    expect(await packShare(aSource(null), ALL)).toMatchObject({ includesImage: false, imageMissing: true });
  });

  it('ends after the step asked for, and holds nothing of what came later', async () => {
    const packed = await packShare(aSource(), { includeImage: false, upTo: 2 });
    const { trajectory, cut } = await readPayload(packed.payload);
    expect(trajectory.steps).toEqual(aRun().steps.slice(0, 2));
    expect(trajectory.status).toBe('stopped');
    expect(cut).toEqual({ steps: 2, of: aRun().steps.length });
    expect(packed).toMatchObject({ steps: 2, stepsOf: aRun().steps.length });
  });

  it('does not tell which run it was forked from', async () => {
    const source = aSource(null, aRun({ parent: { runId: 'mine', steps: 1, change: null } }));
    expect((await readPayload((await packShare(source, ALL)).payload)).trajectory.parent).toBeNull();
  });

  it('takes a set as one: each run whole, and a picture that several show once', async () => {
    const set = { ...aSource(), more: [aRun({ id: 'b' }), aRun({ id: 'c' })], title: 'results' };
    const packed = await packShare(set, ALL);
    const { trajectory, more, images } = await readPayload(packed.payload);
    expect([trajectory, ...more].map(({ steps }) => steps.length)).toEqual(Array(3).fill(aRun().steps.length));
    expect(images.size).toBe(1);
    expect([...hashesOf(more[1]!)]).toEqual([...images.keys()]);
    expect(packed).toMatchObject({ title: 'results', runs: 3, steps: 3 * aRun().steps.length });
    const many = { ...aSource(null), more: Array.from({ length: MAX_RUNS }, () => aRun()) };
    await expect(packShare(many, ALL)).rejects.toMatchObject({ code: 'too-large', detail: MAX_RUNS });
  });

  it('does not tell in which folders a run was found', async () => {
    const run = aRun({
      source: { system: 'deepeyes', file: 'home/me/secret/r.jsonl', record: '3', rule: 'evaluation' },
    });
    const { trajectory } = await readPayload((await packShare(aSource(null, run), ALL)).payload);
    expect(trajectory.source).toMatchObject({ file: 'r.jsonl', record: '3' });
  });

  it('refuses a file that is no picture, and stops when asked', async () => {
    const source = { ...aSource(), picture: () => Promise.resolve(new Blob(['hello'])) };
    await expect(packShare(source, ALL)).rejects.toMatchObject({ code: 'picture' });
    await expect(packShare(aSource(), ALL, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
  });

  it('any run cut anywhere is a valid, settled run', () => {
    fc.assert(
      fc.property(anyTrajectory, fc.nat(30), (run, upTo) => {
        const cut = firstSteps(run, upTo);
        const parsed = parseTrajectory(JSON.parse(JSON.stringify(cut)));
        expect(parsed.ok ? [] : parsed.problems).toEqual([]);
        expect(cut.status).not.toBe('running');
        expect(cut.steps.length).toBeLessThanOrEqual(Math.min(upTo, run.steps.length));
      }),
      { numRuns: 200 },
    );
  });
});
