/** What is written when, without a page around it. */
import { expect, it, vi } from 'vitest';
import { createMemoryLibrary } from '@/lib/library';
import { goldenRun } from '@/lib/trajectory/fixtures/golden-run';
import { createRunKeeper } from './keeper';

function keeping() {
  const library = createMemoryLibrary();
  const refused = vi.fn();
  const thumbnail = vi.fn(() => Promise.resolve(null));
  const keeper = createRunKeeper(library, { files: new Map(), thumbnail }, { refused, kept: () => undefined });
  const run = { ...goldenRun('3-text-only'), status: 'running' as const, stop: null };
  const kept = async () => (await library.load(run.id))?.trajectory ?? null;
  return { library, keeper, run, kept, refused, thumbnail };
}

it('what waits to be written is written at once when the page may go', async () => {
  const { keeper, run, kept } = keeping();
  await keeper.keep(run, true);
  const grown = { ...run, title: 'grown', steps: run.steps.slice(0, 1) };
  void keeper.keep(grown, false);
  expect((await kept())?.steps).toHaveLength(run.steps.length);
  keeper.flush();
  await vi.waitFor(async () => expect((await kept())?.steps).toHaveLength(1));
});

it('the first writing waits for no small picture', async () => {
  const { keeper, run, kept, thumbnail } = keeping();
  thumbnail.mockReturnValue(new Promise(() => undefined));
  await keeper.keep(run, true);
  expect(await kept()).toEqual(run);
});

it('what is taken back leaves nothing, not even among what was deleted', async () => {
  const { library, keeper, run, refused } = keeping();
  void keeper.keep(run, true);
  await keeper.withdraw();
  expect([await library.list(), await library.listRemoved()]).toEqual([[], []]);
  expect(refused).not.toHaveBeenCalled();
});
