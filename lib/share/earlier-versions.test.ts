/** Links of version 1, made by the app of then, still open. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashesOf, questionOf } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { fromBase64Url } from './base64url';
import { decodeShare } from './open';
import { sha256 } from './payload';

const readJson = (path: string): unknown => JSON.parse(readFileSync(join(process.cwd(), path), 'utf8'));

interface OldShare {
  readonly run: string;
  readonly id: string;
  readonly key: string;
  /** Base64. */
  readonly share: string;
}

const SHARES = readJson('lib/share/fixtures/version-1-shares.json') as readonly OldShare[];

const open = ({ share, id, key }: OldShare) =>
  decodeShare(new Uint8Array(Buffer.from(share, 'base64')), id, fromBase64Url(key)!);

describe('shares of version 1', () => {
  it('are three', () => expect(SHARES.map(({ run }) => run)).toEqual(['looked-twice', 'refused', 'interrupted']));

  it.each(SHARES)('$run opens', async (old) => {
    const { trajectory, images, cut } = await open(old);
    const parsed = parseTrajectory(readJson(`lib/trajectory/fixtures/version-1/${old.run}.json`));
    const then = parsed.ok ? parsed.trajectory : null;
    expect(trajectory.steps).toEqual(then?.steps.slice(0, trajectory.steps.length));
    expect(trajectory.steps).toHaveLength(cut?.steps ?? then?.steps.length ?? Number.NaN);
    expect(questionOf(trajectory)).toBe(questionOf(then!));
    expect(trajectory.id).toBe(then?.id);
    for (const [hash, image] of images) {
      expect(hashesOf(trajectory)).toEqual([hash]);
      expect(await sha256(new Uint8Array(await image.arrayBuffer()))).toBe(hash);
    }
  });

  it('have their pictures where they were sent', async () => {
    const pictures = await Promise.all(SHARES.map(async (old) => (await open(old)).images.size));
    expect(pictures.some((count) => count === 1)).toBe(true);
  });

  it('do not open with another key', async () => {
    const [first, second] = SHARES;
    await expect(open({ ...first!, key: second!.key })).rejects.toMatchObject({ code: 'wrong-key' });
  });
});
