/** A share is read by a worker, and what comes of it is what was sealed. */
import { expect, test, vi } from 'vitest';
import { countWorkers } from '@/lib/port/fixtures/named-workers';
import twoZooms from '@/lib/trajectory/fixtures/two-zooms.json';
import { parseTrajectory } from '@/lib/trajectory/document';
import { writePayload } from './payload';
import { readBeside } from './read-beside';

test('what was written is read, in a worker', async () => {
  const made = countWorkers();
  const parsed = parseTrajectory(twoZooms);
  if (!parsed.ok) throw new Error('the fixture is a run');
  const { trajectory } = parsed;
  const [of, kin] = ['of the set', 'kin'].map((id) => ({ ...trajectory, id }));
  const [more, beside] = [of ? [of] : [], kin ? [kin] : []];
  const { payload } = await writePayload({ trajectory, more, beside, images: [], cut: null });
  const read = await readBeside(payload);
  expect(read).toEqual({ trajectory, more, beside, images: new Map(), cut: null });
  expect(made).toEqual(['share']);
  vi.unstubAllGlobals();
});

test('what is none is refused with its code', async () => {
  await expect(readBeside(new Uint8Array(100))).rejects.toMatchObject({ name: 'ShareError', code: 'invalid' });
});
