/** Forks and questions asked many times, through the session: what is kept, what names what as its parent, what stops. */
import { afterEach, expect, it } from 'vitest';
import '@/lib/agent';
import { createMemoryLibrary } from '@/lib/library';
import type { Session } from './contract';
import { createSession } from './create-session';
import { fakeImages } from './fixtures/fake-images';
import { CARD, scriptedEngine, zoomCall, type ScriptedTurn } from './fixtures/scripted-engine';

const LOOKS = `<think>The dog is small.</think>${zoomCall([100, 100, 200, 200], 'dog')}`;
const ANSWERS = '<think>I see.</think><answer>K7</answer>';

const made: Session[] = [];
afterEach(() => {
  for (const session of made.splice(0)) session.actions.dispose();
});

async function asked(script: readonly ScriptedTurn[], dialect?: string) {
  const library = createMemoryLibrary();
  const engine = scriptedEngine(script, { ...CARD, ...(dialect !== undefined && { dialect }) });
  const session = createSession({ engine, images: fakeImages(), library, now: () => performance.now() });
  made.push(session);
  await session.actions.openImage(new Blob(['scene']), 'scene.png');
  session.actions.setQuestion('What does the tag say?');
  await session.actions.ask();
  return { session, library, engine, run: session.player.getState().run! };
}

it('a moved box makes a run of its own beside the other, which it names', async () => {
  const { session, library, run, engine } = await asked([LOOKS, ANSWERS, '<answer>B3</answer>']);
  await session.actions.fork({ kind: 'box', step: 1, box: { x1: 0, y1: 0, x2: 100, y2: 100 } });
  const { run: forked } = session.player.getState();
  expect(forked).toMatchObject({ status: 'done', parent: { runId: run.id, steps: 1, change: { kind: 'box' } } });
  expect(forked?.steps.map(({ type }) => type)).toEqual(['think', 'call', 'result', 'answer']);
  expect(engine.turns).toBe(3);
  expect((await library.list()).map(({ id, parentId }) => [id, parentId])).toEqual(
    expect.arrayContaining([
      [run.id, null],
      [forked?.id, run.id],
    ]),
  );
});

it('what cannot be changed is said, and the run stays on screen', async () => {
  const { session, library, run } = await asked([ANSWERS]);
  await session.actions.fork({ kind: 'words', step: 0, text: 'Hm' });
  expect(session.getState().notice?.code).toBe('session/fork-cannot-go-on');
  expect(session.player.getState().run?.id).toBe(run.id);
  expect(await library.list()).toHaveLength(1);
});

it('asked three times more, there are three, each with a seed of its own', async () => {
  const { session, library, run } = await asked([ANSWERS]);
  const counts: (number | undefined)[] = [];
  session.subscribe(({ times }, before) => times !== before.times && counts.push(times?.done));
  await session.actions.askTimes([run], 3, { temperature: 1 });
  const runs = await library.list();
  expect(runs.filter(({ parentId }) => parentId === run.id)).toHaveLength(3);
  const kept = await Promise.all(runs.map(async ({ id }) => (await library.load(id))?.trajectory));
  expect(new Set(kept.map((one) => one?.settings?.seed)).size).toBe(4);
  expect(counts).toEqual([1, 2, 3, undefined]);
});

it('stopping ends all of them', async () => {
  const { session, library, run } = await asked([ANSWERS, ANSWERS, { forever: 'more ' }]);
  const times = session.actions.askTimes([run], 9, {});
  await expect.poll(() => session.getState().times?.done).toBe(2);
  await expect.poll(() => session.player.getState().run?.steps.length).toBeGreaterThan(0);
  session.actions.stop();
  await times;
  expect(session.getState().times).toBeNull();
  expect((await library.list()).length).toBe(3);
});

it('a question with several pictures is not asked of a model that looks at one, and nothing is lost', async () => {
  const { session, library, engine, run } = await asked([ANSWERS]);
  const { changePictures, setQuestion, ask } = session.actions;
  const hashes = () => {
    const { source, beside } = session.player.getState();
    return [source, ...beside].map((one) => one?.ref.name);
  };
  await changePictures({ kind: 'add', files: [new File(['another'], 'b.png'), new File(['bad'], 'c.png')] });
  expect(session.getState()).toMatchObject({ phase: 'idle', notice: { code: 'image/not-an-image' } });
  // The same one again is no other.
  await changePictures({ kind: 'add', files: [new File(['another'], 'again.png')] });
  expect(hashes()).toEqual(['scene.png', 'b.png']);
  const [, second] = [session.player.getState().source, ...session.player.getState().beside];
  await changePictures({ kind: 'move', hash: second!.ref.hash, by: -5 });
  expect(hashes()).toEqual(['b.png', 'scene.png']);
  setQuestion('Which?');
  await ask();
  expect(session.getState()).toMatchObject({ notice: { code: 'session/one-picture' }, question: 'Which?' });
  expect(session.player.getState().run?.id).toBe(run.id);
  expect(engine.turns).toBe(1);
  expect(await library.list()).toHaveLength(1);
  await changePictures({ kind: 'remove', hash: second!.ref.hash });
  await changePictures({ kind: 'remove', hash: session.player.getState().source!.ref.hash });
  expect(hashes()).toEqual(['scene.png']);
  await ask();
  expect(session.player.getState().run).toMatchObject({ status: 'done' });
});

it('several pictures go into one run, which opens with all of them', async () => {
  const { session } = await asked([ANSWERS], 'native');
  await session.actions.changePictures({ kind: 'add', files: [new File(['another'], 'b.png')] });
  session.actions.setQuestion('Which?');
  await session.actions.ask();
  const { run } = session.player.getState();
  expect(run?.given.map((part) => ('picture' in part ? part.picture : part.text))).toEqual(['p1', 'p2', 'Which?']);
  await session.actions.openImage(new Blob(['something else']), 'c.png');
  expect(session.player.getState().beside).toEqual([]);
  await session.actions.openRun(run!.id);
  expect(session.player.getState().beside.map(({ ref }) => ref.name)).toEqual(['b.png']);
  await session.actions.askAgain(run!, {});
  const { run: again } = session.player.getState();
  expect(again).toMatchObject({ status: 'done', parent: { runId: run!.id } });
  expect(again?.given.filter((part) => 'picture' in part)).toHaveLength(2);
});
