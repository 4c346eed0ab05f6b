/** Kept runs while other things happen: a full disk, a second tab, a browser that keeps nothing. */
import { afterEach, expect, it, vi } from 'vitest';
import { createMemoryLibrary, LibraryError, type Persistence, type StorageReport } from '@/lib/library';
import { runAgent } from '@/lib/agent';
import { hashesOf } from '@/lib/trajectory';
import type { Session, SessionDeps } from './contract';
import { createSession } from './create-session';
import { fakeImages } from './fixtures/fake-images';
import { scriptedEngine, zoomCall } from './fixtures/scripted-engine';

const SCRIPT = [
  `<think>The dog is small.</think>${zoomCall([100, 100, 200, 200], 'dog')}`,
  '<think>Read.</think><answer>K7</answer>',
];

const made: Session[] = [];
afterEach(() => {
  for (const session of made.splice(0)) session.actions.dispose();
  vi.restoreAllMocks();
});

function setUp(deps: Partial<SessionDeps> = {}, script: Parameters<typeof scriptedEngine>[0] = SCRIPT) {
  const library = createMemoryLibrary();
  const session = createSession({
    engine: scriptedEngine(script),
    images: fakeImages(),
    library,
    now: () => performance.now(),
    ...deps,
  });
  made.push(session);
  return {
    library,
    session,
    actions: session.actions,
    state: () => ({ ...session.player.getState(), ...session.getState() }),
  };
}

async function ask({ actions }: ReturnType<typeof setUp>): Promise<void> {
  await actions.openImage(new Blob(['scene']), 'scene.png');
  actions.setQuestion('What does the tag say?');
  await actions.ask();
}

const full = () => new LibraryError('quota', 'full');

it('on a full disk the run stays whole on screen, can be taken away as a file, and kept once there is room', async () => {
  const all = setUp();
  vi.spyOn(all.library, 'save').mockRejectedValue(full());
  await ask(all);
  const { run: trajectory, notice } = all.state();
  expect(trajectory?.status).toBe('done');
  expect(notice).toMatchObject({ code: 'library/quota' });
  expect(await all.library.list()).toEqual([]);

  const file = await all.actions.exportShown();
  expect(file?.name).toMatch(/^what-does-the-tag-say-.*\.json$/);
  const written = JSON.parse((await file?.blob.text()) ?? '') as Record<string, unknown>;
  expect(written).toMatchObject({ format: 'loupe-trajectory/2', id: trajectory?.id, steps: trajectory?.steps });
  expect(written.files).toEqual({ [hashesOf(trajectory!)[0]!]: `data:;base64,${btoa('scene')}` });

  await all.actions.keepShown();
  expect(all.state().notice).toMatchObject({ code: 'library/quota' });
  vi.restoreAllMocks();
  await all.actions.keepShown();
  expect(all.state().notice).toBeNull();
  expect((await all.library.load(trajectory?.id ?? ''))?.trajectory.steps).toEqual(trajectory?.steps);
});

it('a run deleted in another tab while it goes stays deleted, and the person hears of it once', async () => {
  const all = setUp({}, [SCRIPT[0] ?? '', { forever: 'hmm ' }]);
  const refused = vi.fn();
  all.session.subscribe((state, before) => {
    if (state.notice && state.notice !== before.notice) refused(state.notice.code);
  });
  await all.actions.openImage(new Blob(['scene']), 'scene.png');
  all.actions.setQuestion('What?');
  const going = all.actions.ask();
  await vi.waitFor(() => expect(all.state().runs).toHaveLength(1));
  const id = all.state().run?.id ?? '';
  await all.library.remove([id]); // as another tab does
  all.actions.stop();
  await going;
  expect(all.state().run?.status).toBe('stopped');
  expect(await all.library.list()).toEqual([]);
  expect(refused.mock.calls).toEqual([['library/removed']]);
  await all.actions.keepShown();
  expect((await all.library.list())[0]).toMatchObject({ id, status: 'stopped' });
});

/** Waited at until the test opens it. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), opened };
}

it('a run kept again while it goes is kept to its end', async () => {
  const [deleted, keptAgain] = [gate(), gate()];
  const all = setUp({
    async *startRun(order) {
      for await (const event of runAgent(order)) {
        if (event.type === 'run-end') await keptAgain.opened;
        yield event;
        if (event.type === 'run-start') await deleted.opened;
      }
    },
  });
  const told: string[] = [];
  all.session.subscribe((state, before) => {
    if (state.notice && state.notice !== before.notice) told.push(state.notice.code);
  });
  await all.actions.openImage(new Blob(['scene']), 'scene.png');
  all.actions.setQuestion('What?');
  const going = all.actions.ask();
  await vi.waitFor(() => expect(all.state().runs).toHaveLength(1));
  const id = all.state().run?.id ?? '';
  await all.library.remove([id]); // as another tab does
  deleted.open();
  // Its next save hears of it, before the end.
  await vi.waitFor(() => expect(all.state().notice?.code).toBe('library/removed'), 10_000);
  await all.actions.keepShown();
  expect(all.state()).toMatchObject({ notice: null, phase: 'running' });
  expect((await all.library.load(id))?.trajectory.status).toBe('running');
  keptAgain.open();
  await going;
  const kept = await all.library.load(id);
  expect(kept?.trajectory).toMatchObject({ status: 'done', steps: all.state().run?.steps });
  expect((await all.library.list())[0]?.answer).toBe('K7');
  expect(told).toEqual(['library/removed']);
});

it('a run renamed in another tab goes by its new name here too', async () => {
  const all = setUp();
  await ask(all);
  await all.library.rename(all.state().run?.id ?? '', 'From elsewhere');
  await vi.waitFor(() => expect(all.state().run?.title).toBe('From elsewhere'));
});

it('several are deleted at once, with the way back', async () => {
  const all = setUp();
  await ask(all);
  const [first] = all.state().runs;
  const kept = await all.library.load(first?.id ?? '');
  await all.library.save({ ...kept!.trajectory, id: 'second' }, kept!.files, null);
  await vi.waitFor(() => expect(all.state().runs).toHaveLength(2));
  const ids = all.state().runs.map(({ id }) => id);
  await all.actions.removeRuns(ids);
  await vi.waitFor(() => expect(all.state()).toMatchObject({ runs: [], undo: ids, run: null }));
  expect(all.state().removed).toHaveLength(2);
  await all.actions.restoreRuns(all.state().undo ?? []);
  await vi.waitFor(() => expect(all.state().runs).toHaveLength(2));
  expect(all.state()).toMatchObject({ removed: [], undo: null });
});

it('what can no longer be brought back is said in words', async () => {
  const all = setUp();
  await ask(all);
  const id = all.state().run?.id ?? '';
  await all.actions.removeRuns([id]);
  await all.library.erase([id]); // to make room, or in another tab
  await all.actions.restoreRuns(all.state().undo ?? []);
  expect(all.state()).toMatchObject({ undo: null, notice: { code: 'session/not-restored', count: 1 } });
});

it('where deleting could only erase, no undo is offered and it is said', async () => {
  const all = setUp();
  await ask(all);
  const id = all.state().run?.id ?? '';
  vi.spyOn(all.library, 'remove').mockResolvedValue([id]);
  await all.actions.removeRuns([id]);
  expect(all.state()).toMatchObject({ undo: null, notice: { code: 'session/erased-at-once' } });
});

function fakePersistence() {
  const report: StorageReport = { used: 1, allowed: 10, lasting: 'not-promised', asked: true };
  return { read: vi.fn<Persistence['read']>(async () => report), ask: vi.fn<Persistence['ask']>(async () => report) };
}

it('asks the browser to hold on to it when the first run is kept, not before', async () => {
  const persistence = fakePersistence();
  const all = setUp({ persistence });
  await all.actions.openImage(new Blob(['scene']), 'scene.png');
  expect(persistence.ask).not.toHaveBeenCalled();
  all.actions.setQuestion('What?');
  await all.actions.ask();
  expect(persistence.ask.mock.calls).toEqual([[true]]);
  await vi.waitFor(() => expect(all.state().storage?.lasting).toBe('not-promised'));
});

it('asks also when the first run kept came from a file, or was kept by hand', async () => {
  const maker = setUp();
  await ask(maker);
  const made = await maker.actions.exportShown();
  const file = new File([made?.blob ?? ''], 'run.json');

  const persistence = fakePersistence();
  const importer = setUp({ persistence });
  await importer.actions.importFiles([new File(['no run'], 'odd.json')]);
  expect(persistence.ask).not.toHaveBeenCalled();
  expect((await importer.actions.importFiles([file]))?.added).toHaveLength(1);
  expect(persistence.ask.mock.calls).toEqual([[true]]);

  const keeper = setUp({ persistence });
  persistence.ask.mockClear();
  vi.spyOn(keeper.library, 'save').mockRejectedValue(full());
  await ask(keeper);
  await keeper.actions.keepShown();
  expect(persistence.ask).not.toHaveBeenCalled();
  vi.restoreAllMocks();
  await keeper.actions.keepShown();
  expect(persistence.ask).toHaveBeenCalledExactlyOnceWith(true);
});

it('where nothing outlasts the tab, it says why from the beginning and asks for no promise', async () => {
  const persistence = fakePersistence();
  const all = setUp({ persistence, notKept: new LibraryError('unavailable', 'refused') });
  expect(all.state().notKept).toEqual({ code: 'unkept/refused' });
  await ask(all);
  expect(all.state().notice).toBeNull();
  expect(persistence.ask).not.toHaveBeenCalled();
  expect(setUp({ notKept: new LibraryError('blocked', '') }).state().notKept?.code).toBe('unkept/blocked');
  expect(setUp().state().notKept).toBeNull();
});
