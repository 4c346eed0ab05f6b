/** The session against a scripted engine, the real agent and the in-memory library. */
import { afterEach, describe, expect, it, vi } from 'vitest';
// Here already when the first run asks for it: no test is to wait for code.
import '@/lib/agent';
import { EngineError } from '@/lib/engine';
import { createMemoryLibrary } from '@/lib/library';
import { callCount, hashesOf, questionOf, type Trajectory } from '@/lib/trajectory';
import type { Session } from './contract';
import { createSession } from './create-session';
import { fakeImages } from './fixtures/fake-images';
import { scriptedEngine, zoomCall, type ScriptedTurn } from './fixtures/scripted-engine';
import { SETTINGS_KEY } from './settings';

const LOOKS_TWICE: readonly ScriptedTurn[] = [
  `<think>The dog is small.</think>${zoomCall([100, 100, 200, 200], 'dog')}`,
  `<think>Now the cat.</think>${zoomCall([600, 600, 700, 700], 'cat')}`,
  '<think>Both read.</think><answer>K7</answer>',
];

/** The run as one of another picture file. */
function ofFile(run: Trajectory, hash: string): Trajectory {
  const pictures = run.pictures.map((one) => (one.from === 'view' ? one : { ...one, file: { ...one.file, hash } }));
  return { ...run, pictures };
}

const picture = (text = 'scene') => new Blob([text]);

function memoryStorage(entries: Record<string, string> = {}) {
  const kept = new Map(Object.entries(entries));
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

const made: Session[] = [];
afterEach(() => {
  for (const session of made.splice(0)) session.actions.dispose();
  vi.useRealTimers();
});

function setUp(script: readonly ScriptedTurn[] = LOOKS_TWICE, entries: Record<string, string> = {}) {
  const engine = scriptedEngine(script);
  const library = createMemoryLibrary();
  const images = fakeImages();
  const storage = memoryStorage(entries);
  const session = createSession({ engine, images, library, now: () => performance.now(), storage });
  made.push(session);
  const { actions, player } = session;
  return {
    engine,
    library,
    images,
    storage,
    session,
    actions,
    player,
    state: () => ({ ...session.player.getState(), ...session.getState() }),
  };
}

async function asked(script: readonly ScriptedTurn[] = LOOKS_TWICE) {
  const all = setUp(script);
  await all.actions.openImage(picture(), 'scene.png');
  all.actions.setQuestion(' What does the tag say? ');
  await all.actions.ask();
  return all;
}

describe('asking', () => {
  it('loads, runs to the answer, follows to the end and is ready again', async () => {
    const { state } = await asked();
    const { run: trajectory, phase, cursor, following, progress, load, notice, engine } = state();
    expect(trajectory?.steps.map(({ type }) => type)).toEqual([
      'think',
      'call',
      'result',
      'think',
      'call',
      'result',
      'think',
      'answer',
    ]);
    expect(trajectory?.status).toBe('done');
    expect(trajectory && questionOf(trajectory)).toBe('What does the tag say?');
    expect(trajectory && callCount(trajectory)).toBe(2);
    expect({ phase, cursor, following, progress, load, notice }).toEqual({
      phase: 'idle',
      cursor: 8,
      following: true,
      progress: null,
      load: null,
      notice: null,
    });
    expect(engine?.device).toBe('wasm');
  });

  it('does nothing without a picture or without words', async () => {
    const { actions, engine, state } = setUp();
    actions.setQuestion('What?');
    await actions.ask();
    await actions.openImage(picture(), 'scene.png');
    actions.setQuestion('   ');
    await actions.ask();
    expect(engine.loads).toBe(0);
    expect(state().phase).toBe('idle');
  });

  it('ignores a second question while one is being answered', async () => {
    const { actions, engine } = setUp();
    await actions.openImage(picture(), 'scene.png');
    actions.setQuestion('What?');
    await Promise.all([actions.ask(), actions.ask()]);
    expect(engine.loads).toBe(1);
    expect(engine.turns).toBe(3);
  });

  it('asks what was asked, whatever is typed and set while the model loads', async () => {
    const { actions, engine, state } = setUp();
    const { load } = engine;
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    engine.load = async function* (...request) {
      await arrived;
      yield* load(...request);
    };
    await actions.openImage(picture(), 'scene.png');
    actions.setQuestion(' What? ');
    const going = actions.ask();
    actions.setQuestion('And wh');
    actions.setSettings({ temperature: 0.7 });
    await vi.waitFor(() => expect(state()).toMatchObject({ phase: 'loading', asked: 'What?' }));
    arrive();
    await going;
    const { run: trajectory } = state();
    expect(trajectory && questionOf(trajectory)).toBe('What?');
    expect(trajectory?.settings).toMatchObject({ temperature: 0 });
    expect(state()).toMatchObject({ question: 'And wh', asked: null });
  });

  it('keeps the question from the moment it is asked, under the id that its run will have', async () => {
    const { actions, engine, library, state } = setUp();
    const { load } = engine;
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    engine.load = async function* (...request) {
      await arrived;
      yield* load(...request);
    };
    await actions.openImage(picture(), 'scene.png');
    actions.setQuestion('What?');
    const going = actions.ask();
    // Nothing has come of the model yet: a page that is closed now is found again like this.
    await vi.waitFor(async () => expect(await library.list()).toHaveLength(1));
    const [line] = await library.list();
    expect(line).toMatchObject({ question: 'What?', status: 'running', steps: 0 });
    const kept = await library.load(line?.id ?? '');
    expect([...(kept?.files.keys() ?? [])]).toEqual([state().source?.ref.hash]);
    arrive();
    await going;
    expect(await library.list()).toMatchObject([{ id: line?.id, status: 'done', createdAt: line?.createdAt }]);
    expect(state().run?.id).toBe(line?.id);
  });

  it.each(['stopped', 'failed'])('takes a question back whose model %s on its way', async (how) => {
    const { actions, engine, library, state } = setUp();
    if (how === 'failed') engine.failLoad = new EngineError('network', '');
    await actions.openImage(picture(), 'scene.png');
    actions.setQuestion('What?');
    const going = actions.ask();
    if (how === 'stopped') actions.stop();
    await going;
    expect([await library.list(), await library.listRemoved()]).toEqual([[], []]);
    expect(state()).toMatchObject({ phase: 'idle', question: 'What?' });
  });

  it('is ready again where the storage never answers', async () => {
    const { actions, library, state } = setUp();
    await actions.openImage(picture(), 'scene.png');
    vi.spyOn(library, 'save').mockReturnValue(new Promise(() => undefined));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    actions.setQuestion('What?');
    const going = actions.ask();
    await vi.waitFor(() => expect(state().run?.status).toBe('done'));
    await vi.runAllTimersAsync();
    await going;
    expect(state().phase).toBe('idle');
  });

  it('stops midway, keeps the steps so far, and answers when asked again', async () => {
    const { actions, state, library } = setUp([{ forever: 'hmm ' }, '<think>Yes.</think><answer>K7</answer>']);
    await actions.openImage(picture(), 'scene.png');
    actions.setQuestion('What?');
    const going = actions.ask();
    await vi.waitFor(() => expect(state().run?.steps[0]?.tokens.length).toBeGreaterThan(2));
    actions.stop();
    await going;
    const stopped = state().run;
    expect(stopped?.status).toBe('stopped');
    expect(stopped?.steps[0]?.type).toBe('think');
    expect(state()).toMatchObject({ phase: 'idle', notice: null });
    expect((await library.load(stopped?.id ?? ''))?.trajectory.status).toBe('stopped');

    actions.setQuestion('What?');
    await actions.ask();
    expect(state().run?.status).toBe('done');
    expect(state().run?.id).not.toBe(stopped?.id);
  });

  it('tells of a lost device in words, keeps finished steps, and the next question works', async () => {
    const lost = new EngineError('device-lost', 'reset');
    const { actions, state } = await asked([
      LOOKS_TWICE[0] ?? '',
      { fails: lost, after: '<think>Now' },
      '<think>Yes.</think><answer>K7</answer>',
    ]);
    expect(state().notice).toMatchObject({ code: 'engine/device-lost' });
    expect(state().phase).toBe('idle');
    expect(state().run?.status).toBe('failed');
    expect(
      state()
        .run?.steps.slice(0, 3)
        .map(({ type }) => type),
    ).toEqual(['think', 'call', 'result']);
    actions.setQuestion('What?');
    await actions.ask();
    expect(state()).toMatchObject({ phase: 'idle', notice: null });
    expect(state().run?.status).toBe('done');
  });

  it('tells why the model did not load and leaves the picture and the last run alone', async () => {
    const { actions, engine, state } = await asked();
    const before = state().run;
    engine.failLoad = new EngineError('bad-weights', 'decoder.onnx');
    actions.setQuestion('And here?');
    await actions.ask();
    expect(state().question).toBe('And here?');
    expect(state().notice).toMatchObject({ code: 'engine/bad-weights' });
    expect(state().notice?.told?.text).toContain('decoder.onnx');
    expect(state()).toMatchObject({ phase: 'idle', run: before, load: null });
  });
});

describe('pictures', () => {
  it('says what is wrong with a file and keeps the picture that was there', async () => {
    const { actions, state } = setUp();
    await actions.openImage(picture(), 'scene.png');
    const { source } = state();
    await actions.openImage(picture('bad bytes'), 'x.txt');
    expect(state().notice).toMatchObject({ code: 'image/not-an-image' });
    expect(state()).toMatchObject({ phase: 'idle', source });
  });

  it('keeps the run, the step and the words that were there when a file is refused', async () => {
    const { actions, player, state } = await asked();
    player.actions.move(3);
    actions.setQuestion('And now?');
    const { run, source, pictures } = state();
    await actions.openImage(picture('bad bytes'), 'x.png');
    expect(state()).toMatchObject({ phase: 'idle', cursor: 3, question: 'And now?' });
    expect([state().run, state().source, state().pictures]).toEqual([run, source, pictures]);
  });

  it('shows the picture asked for last when two are opened at once', async () => {
    const { actions, state } = setUp();
    const first = actions.openImage(picture('slow one'), 'one.png');
    const second = actions.openImage(picture('two'), 'two.png');
    await Promise.all([first, second]);
    expect(state().source?.ref.name).toBe('two.png');
    expect(state()).toMatchObject({ phase: 'idle', notice: null });
  });

  it('opens nothing when stopped before the run on screen has come to its end', async () => {
    const { actions, state } = setUp([{ forever: 'hmm ' }]);
    await actions.openImage(picture(), 'scene.png');
    actions.setQuestion('What?');
    const going = actions.ask();
    await vi.waitFor(() => expect(state().run?.steps[0]?.tokens.length).toBeGreaterThan(2));
    const opening = actions.openImage(picture('another'), 'another.png');
    actions.stop();
    await Promise.all([going, opening]);
    expect(state()).toMatchObject({ phase: 'idle', source: { ref: { name: 'scene.png' } } });
    expect(state().run?.status).toBe('stopped');
  });

  it('can be cancelled while its address does not answer', async () => {
    const { actions, state } = setUp();
    const hanging = vi.spyOn(globalThis, 'fetch').mockImplementation(
      (_url, options) =>
        new Promise((_resolve, reject) => {
          options?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    );
    const opening = actions.openImageUrl('https://example.org/a.png');
    await vi.waitFor(() => expect(hanging).toHaveBeenCalled());
    expect(state().phase).toBe('opening');
    actions.stop();
    expect(state().phase).toBe('idle');
    await opening;
    expect(state()).toMatchObject({ phase: 'idle', source: null, notice: null });
    hanging.mockRestore();
  });

  it('keep what was typed and not asked, whichever way they come; a question that was asked goes with its run', async () => {
    const { actions, state } = setUp();
    actions.setQuestion('What is this?');
    await actions.openImage(picture(), 'scene.png');
    expect(state().question).toBe('What is this?');
    await actions.openImage(picture('bad bytes'), 'x.txt');
    expect(state().question).toBe('What is this?');
    await actions.openImageUrl(`data:image/png;base64,${btoa('\x89PNG\r\n\x1a\n' + 'x'.repeat(20))}`);
    expect(state()).toMatchObject({ source: { ref: { name: 'picture' } }, question: 'What is this?' });
    const opening = actions.openImage(picture('slow one'), 'one.png');
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(state().phase).toBe('opening');
    actions.setQuestion('And here?');
    await opening;
    expect(state()).toMatchObject({ source: { ref: { name: 'one.png' } }, question: 'And here?' });
    await actions.ask();
    expect(state().question).toBe('');
    await actions.openImage(picture('two'), 'two.png');
    expect(state()).toMatchObject({ run: null, question: '' });
  });

  it('are taken one of several, the first that is one, and the rest are said to be left', async () => {
    const { actions, state } = setUp();
    const file = (bytes: string, name: string) => new File([bytes], name);
    await actions.openFiles([file('words', 'a.txt'), file('GIF89a', 'b.png'), file('c', 'c')], 1);
    expect(state().notice).toMatchObject({ remark: true, code: 'session/others-left' });
    expect(state().source?.ref.name).toBe('b.png');
    const { source } = state();
    await actions.openFiles([], 2);
    expect(state()).toMatchObject({ source, notice: { code: 'image/not-an-image' } });
    expect(state().notice?.problem?.written).toBe('folder');
    actions.refuseImage({ code: 'words' });
    expect(state().notice?.problem?.written).toBe('words');
  });

  it('refuses what is no web address', async () => {
    const { actions, state } = setUp();
    await actions.openImageUrl('file:///etc/passwd');
    expect(state().notice).toMatchObject({ code: 'image/bad-url' });
  });

  it('takes down the run and closes the bitmap when another picture comes', async () => {
    vi.useFakeTimers();
    const { actions, state, images } = await asked();
    await actions.openImage(picture('other scene'), 'other.png');
    expect(state()).toMatchObject({ run: null, cursor: 0 });
    await vi.advanceTimersByTimeAsync(2000);
    expect(images.closed).toEqual(['scene']);
  });
});

describe('the player', () => {
  it('stays where the person went while a run goes on, and follows again at the end', async () => {
    const { actions, player, state } = setUp([LOOKS_TWICE[0] ?? '', { forever: 'hmm ' }]);
    await actions.openImage(picture(), 'scene.png');
    actions.setQuestion('What?');
    const going = actions.ask();
    await vi.waitFor(() => expect(state().run?.steps.length).toBe(4));
    player.actions.move(1);
    const length = state().run?.steps[3]?.tokens.length ?? 0;
    await vi.waitFor(() => expect(state().run?.steps[3]?.tokens.length).toBeGreaterThan(length + 2));
    expect(state()).toMatchObject({ cursor: 1, following: false });
    player.actions.move(4);
    expect(state().following).toBe(true);
    actions.stop();
    await going;
  });
});

describe('kept runs', () => {
  it('keeps a run and opens it again with its picture at its last step', async () => {
    const { actions, state } = await asked();
    const id = state().run?.id ?? '';
    await vi.waitFor(() => expect(state().runs).toHaveLength(1));
    expect(state().runs[0]).toMatchObject({ id, answer: 'K7', calls: 2, status: 'done' });
    actions.clear();
    await vi.waitFor(() => expect(state().run).toBeNull());
    await actions.openRun(id);
    expect(state()).toMatchObject({ phase: 'idle', cursor: 8, following: false, question: '' });
    expect(state().run?.steps).toHaveLength(8);
    expect(state().source?.ref.name).toBe('scene.png');
    actions.setQuestion('Half a quest');
    await actions.openRun(state().runs[0]?.id ?? '');
    expect(state().question).toBe('Half a quest');
  });

  it('renames and removes, on screen and in the list', async () => {
    const { actions, state } = await asked();
    const id = state().run?.id ?? '';
    await actions.renameRun(id, 'The dog');
    await vi.waitFor(() => expect(state().runs[0]?.title).toBe('The dog'));
    expect(state().run?.title).toBe('The dog');
    await actions.removeRuns([id]);
    await vi.waitFor(() => expect(state().runs).toEqual([]));
    expect(state().run).toBeNull();
  });

  it('gives way to a picture that is asked for while it is read, and the other way round', async () => {
    const { actions, state, library } = await asked();
    const kept = state().run;
    if (!kept) throw new Error('no run');
    const load = library.load.bind(library);
    const slow = vi.spyOn(library, 'load').mockImplementation(async (id) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return load(id);
    });
    const reading = actions.openRun(kept.id);
    await actions.openImage(picture('another'), 'another.png');
    await reading;
    expect(state()).toMatchObject({ phase: 'idle', run: null, source: { ref: { name: 'another.png' } } });
    slow.mockRestore();

    await library.save({ ...ofFile(kept, 'f'.repeat(64)), id: 'bare' }, new Map(), null);
    const opening = actions.openImage(picture('slow one'), 'one.png');
    await actions.openRun('bare');
    await opening;
    expect(state()).toMatchObject({ phase: 'idle', source: null, run: { id: 'bare' } });
    expect(state().notice).toMatchObject({ code: 'session/picture-missing' });
  });

  it('has its picture back when the same one is opened, and goes when another is', async () => {
    const { actions, player, state, library } = await asked();
    const kept = state().run;
    if (!kept) throw new Error('no run');
    const scene = 'the very same';
    const bare = { ...ofFile(kept, scene.length.toString(16).padStart(64, '0')), id: 'bare' };
    await library.save(bare, new Map(), null);
    await actions.openRun('bare');
    player.actions.move(2);
    const before = await library.load('bare');
    await actions.openImage(picture(scene), 'found.png');
    expect(state()).toMatchObject({ run: { id: 'bare' }, cursor: 2, notice: null, question: '' });
    expect(state().source?.ref.name).toBe('found.png');
    expect(await library.load('bare')).toEqual(before);

    await actions.openRun('bare');
    await actions.openImage(picture('not the same one'), 'other.png');
    expect(state()).toMatchObject({ run: null, source: { ref: { name: 'other.png' } } });
  });

  it('says so when a run is not there', async () => {
    const { actions, state } = setUp();
    await actions.openRun('nowhere');
    expect(state().notice).toMatchObject({ code: 'library/not-found' });
  });

  it('shows a run whose page was closed midway as stopped', async () => {
    const { actions, state, library } = await asked();
    const { run: trajectory } = state();
    if (!trajectory) throw new Error('no run');
    const [hash] = hashesOf(trajectory);
    await library.save(
      { ...trajectory, id: 'cut', status: 'running', stop: null },
      new Map([[hash!, picture()]]),
      null,
    );
    await actions.openRun('cut');
    expect(state().run).toMatchObject({ status: 'stopped', stop: { reason: 'abort' } });
  });

  it('tells once of a library that refuses and finishes the run', async () => {
    const all = setUp();
    const full = vi.spyOn(all.library, 'save').mockRejectedValue(new Error('disk full'));
    await all.actions.openImage(picture(), 'scene.png');
    all.actions.setQuestion('What?');
    await all.actions.ask();
    expect(full).toHaveBeenCalled();
    expect(all.state().run?.status).toBe('done');
    expect(all.state().notice?.code).toBe('session/unexpected');
  });
});

describe('settings', () => {
  it('are kept, and read again', () => {
    const { actions, state, storage } = setUp();
    actions.setSettings({ temperature: 0.7, maxTurns: 2 });
    expect(state().settings).toMatchObject({ temperature: 0.7, maxTurns: 2, topP: 1 });
    const again = setUp(LOOKS_TWICE, Object.fromEntries(storage.kept));
    expect(again.state().settings).toMatchObject({ temperature: 0.7, maxTurns: 2 });
  });

  it('fall back value by value when what is kept does not fit', () => {
    const kept = JSON.stringify({ temperature: 'hot', topP: 0.5, maxTurns: 9000, device: 'toaster' });
    const { state } = setUp(LOOKS_TWICE, { [SETTINGS_KEY]: kept });
    expect(state().settings).toMatchObject({ temperature: 0, topP: 0.5, maxTurns: 16, device: 'auto' });
    expect(setUp(LOOKS_TWICE, { [SETTINGS_KEY]: '{' }).state().settings.topP).toBe(1);
  });
});

describe('G1: the grammar', () => {
  it('G1: as the dialect has it until a person says; off for the shipped model, and then nothing is recorded', async () => {
    const { actions, state } = setUp();
    await actions.openImage(new Blob(['x']), 'a.png');
    actions.setQuestion('What?');
    await actions.ask();
    expect(state().settings.grammar).toBeNull();
    expect(state().run?.settings).not.toHaveProperty('grammar');
    const first = state().run!;
    actions.setSettings({ grammar: true });
    actions.setQuestion('What?');
    await actions.ask();
    expect(state().run?.settings?.grammar).toBe(true);
    // Asked again, a run is as it was.
    await actions.askAgain(first, { tools: [] });
    expect(state().run?.settings).toEqual({ ...first.settings, tools: [] });
  });
});

describe('asking a finished run again', () => {
  it('is a run of its own: same question, settings but for the change, the other as its parent, both kept', async () => {
    const { actions, state, library } = await asked([...LOOKS_TWICE, '<answer>K1</answer>']);
    const first = state().run!;
    actions.setQuestion('Something else, half typed');
    actions.setSettings({ temperature: 0.9, seed: 41 });
    await actions.askAgain(first, { tools: [] });
    const second = state().run!;
    expect(second).toMatchObject({
      status: 'done',
      given: first.given,
      settings: { ...first.settings, tools: [] },
      parent: { runId: first.id, steps: 0 },
      systemPrompt: 'Look at the picture and answer.',
    });
    expect(second.id).not.toBe(first.id);
    expect(state()).toMatchObject({
      question: 'Something else, half typed',
      settings: { temperature: 0.9, tools: ['zoom'] },
    });
    expect((await library.load(first.id))?.trajectory).toEqual(first);
    expect((await library.load(second.id))?.trajectory).toEqual(second);
    const lines = await library.list();
    expect(lines.find(({ id }) => id === second.id)?.parentId).toBe(first.id);
    expect(lines.find(({ id }) => id === first.id)?.parentId).toBeNull();
    expect(await actions.readRun(first.id)).toEqual(first);
  });

  it('streams, and can be stopped like any run', async () => {
    const { actions, state } = await asked([...LOOKS_TWICE, { forever: 'on and ' }]);
    const first = state().run!;
    const going = actions.askAgain(first, { tools: [] });
    await vi.waitFor(() => {
      expect(state()).toMatchObject({ phase: 'running', run: { parent: { runId: first.id } } });
      expect(state().run?.steps.length).toBeGreaterThan(0);
    });
    actions.stop();
    await going;
    expect(state()).toMatchObject({ phase: 'idle', notice: null, run: { status: 'stopped' } });
  });

  it('says what went wrong, and leaves the run on screen where the model does not load', async () => {
    const { actions, state, engine } = await asked();
    const first = state().run!;
    engine.failLoad = new EngineError('network', 'gone');
    await actions.askAgain(first, { tools: [] });
    expect(state()).toMatchObject({ phase: 'idle', notice: { code: 'engine/network' } });
    expect(state().run).toEqual(first);
  });

  it('is not done of another picture, nor while something else goes on', async () => {
    const { actions, state, engine } = await asked();
    const first = state().run!;
    await Promise.all([actions.askAgain(first, { tools: [] }), actions.askAgain(first, { tools: [] })]);
    expect(engine.loads).toBe(2);
    await actions.openImage(picture('another'), 'another.png');
    await actions.askAgain(first, { tools: [] });
    expect(engine.loads).toBe(2);
    expect(state().run).toBeNull();
  });

  it('fits settings that came from elsewhere to what the page allows', async () => {
    const { actions, state } = await asked();
    const first = state().run!;
    await actions.askAgain({ ...first, settings: { ...first.settings!, maxTurns: 1e9 } }, { tools: ['zoom'] });
    expect(state().run?.settings?.maxTurns).toBe(16);
  });

  it('reads no run that is not kept', async () => {
    const { actions } = setUp();
    expect(await actions.readRun('none')).toBeNull();
  });
});
