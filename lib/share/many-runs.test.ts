/** A run with its branches in one share: one upload, one picture, and the tree as it was. */
import { describe, expect, it } from 'vitest';
import { ShareError } from './contract';
import { aRun, aSource } from './fixtures/shared-run';
import { packShare } from './pack';
import { readPayload, writePayload } from './payload';

const first = aRun({ id: 'first' });
const change = { kind: 'box', json: { step: 1 } };
const branch = aRun({ id: 'branch', parent: { runId: 'first', steps: 1, change } });
const stranger = aRun({ id: 'stranger', parent: { runId: 'elsewhere', steps: 1, change } });
const source = { ...aSource('image/fixtures/orientation-6.jpg', branch), beside: [first, stranger] };

describe('a run and those beside it', () => {
  it('leave together with one picture, and the tree is still told', async () => {
    const options = { includeImage: true, upTo: null, includeBeside: true };
    const packed = await packShare(source, options);
    expect(packed.beside).toBe(2);
    const read = await readPayload(packed.payload);
    expect(read.trajectory.id).toBe('branch');
    expect(read.beside.map(({ id }) => id)).toEqual(['first', 'stranger']);
    expect(read.images.size).toBe(1);
    expect(read.trajectory.parent).toEqual(branch.parent);
    // What it was changed from is not there: its name means nothing.
    expect(read.beside[1]?.parent).toBeNull();
    const alone = await packShare(source, { ...options, includeBeside: false });
    expect(packed.parts.image).toBe(alone.parts.image);
  });

  it('stay where they are not wanted, and what a run was changed from with them', async () => {
    const packed = await packShare(source, { includeImage: false, upTo: 2 });
    const read = await readPayload(packed.payload);
    expect(read.beside).toEqual([]);
    expect(read.trajectory.parent).toBeNull();
    expect(packed.beside).toBe(0);
  });

  it('are read with the same distrust', async () => {
    const code = async (beside: readonly unknown[]): Promise<string> => {
      const { payload } = await writePayload({ trajectory: first, beside: beside as never, images: [], cut: null });
      return readPayload(payload).then(
        () => 'read',
        (error: unknown) => (error instanceof ShareError ? error.code : 'thrown'),
      );
    };
    expect(await code([branch])).toBe('read');
    expect(await code([first])).toBe('invalid');
    expect(await code([{ ...branch, steps: 7 }])).toBe('invalid');
    expect(await code([{ ...branch, status: 'running', stop: null }])).toBe('invalid');
    expect(await code([{ ...branch, format: 'loupe-trajectory/99' }])).toBe('too-new');
    expect(await code(Array.from({ length: 101 }, (_, at) => ({ ...branch, id: `b${at}` })))).toBe('invalid');
  });
});
