/** Which model answers: the setting, the hub behind it, making it ready ahead of a question, and what of it a run keeps. */
import { afterEach, describe, expect, it, vi } from 'vitest';
// Here already when the first run asks for it: no test is to wait for code.
import '@/lib/agent';
import { EngineError, type LoadRequest } from '@/lib/engine';
import { createMemoryLibrary } from '@/lib/library';
import { parseTrajectory } from '@/lib/trajectory/document';
import type { Session, SettingsStorage } from './contract';
import { createSession } from './create-session';
import { fakeImages } from './fixtures/fake-images';
import { scriptedEngine, type ScriptedTurn } from './fixtures/scripted-engine';
import { sessionOver } from './fixtures/session-over';
import { DEFAULT_HUB, HUB_KEY, isEndpoint } from './hub-access';
import { modelName, recordedModelUrl, SHIPPED_MODEL } from './model-name';
import { DEFAULT_SETTINGS, fitSettings, runSettings, SETTINGS_KEY } from './settings';

const HUB_MODEL = 'hub:someone/tiny-vlm@main?dtype=q4';
const TOKEN = 'hf_SecretOfThisPerson';

const made: Session[] = [];
afterEach(() => {
  for (const session of made.splice(0)) session.actions.dispose();
});

function memory(entries: Record<string, string> = {}) {
  const kept = new Map(Object.entries(entries));
  const storage: SettingsStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
  return { kept, storage };
}

function setUp(
  entries: Record<string, string> = {},
  script: readonly ScriptedTurn[] = ['<answer>K7</answer>'],
  hubEndpoint: string | null = null,
) {
  const engine = scriptedEngine(script);
  const requests: LoadRequest[] = [];
  const { load } = engine;
  engine.load = (request, signal) => {
    requests.push(request);
    return load(request, signal);
  };
  const { kept, storage } = memory(entries);
  const library = createMemoryLibrary();
  const now = () => performance.now();
  const session = createSession({ engine, images: fakeImages(), library, now, storage, hubEndpoint });
  made.push(session);
  return {
    engine,
    requests,
    kept,
    library,
    session,
    actions: session.actions,
    state: () => ({ ...session.player.getState(), ...session.getState() }),
  };
}

async function ask({ actions }: Pick<Session, 'actions'>) {
  await actions.openImage(new Blob(['scene']), 'scene.png');
  actions.setQuestion('What?');
  await actions.ask();
}

/** A load that goes on until it is let go of or aborted. */
function heldLoad(all: ReturnType<typeof setUp>) {
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const { load } = all.engine;
  all.engine.load = async function* (request, signal) {
    yield { phase: 'download', file: 'a.onnx', loaded: 3, total: 9, fileLoaded: 3, fileTotal: 4 };
    yield { phase: 'download', file: 'b.onnx', loaded: 5, total: 9, fileLoaded: 2, fileTotal: 5 };
    await Promise.race([gate, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
    signal.throwIfAborted();
    yield* load(request, signal);
  };
  return () => letGo();
}

describe('the setting', () => {
  it('is the shipped model for who never chose, also with settings kept before there was a choice', () => {
    expect(setUp().state().settings.modelUrl).toBe(SHIPPED_MODEL);
    const old = JSON.stringify({ temperature: 0.5, device: 'wasm' });
    expect(setUp({ [SETTINGS_KEY]: old }).state().settings).toMatchObject({
      temperature: 0.5,
      device: 'wasm',
      modelUrl: SHIPPED_MODEL,
    });
  });

  it('is kept, and nonsense in its place is not believed', () => {
    const all = setUp();
    all.actions.setSettings({ modelUrl: HUB_MODEL });
    const kept = Object.fromEntries(all.kept);
    expect(setUp(kept).state().settings.modelUrl).toBe(HUB_MODEL);
    for (const modelUrl of ['', ' ', 'a b', 7, null, 'x'.repeat(2000)]) {
      expect(fitSettings({ modelUrl })).toEqual(DEFAULT_SETTINGS);
    }
  });

  it('is no part of what a run is made with', () => {
    expect(Object.keys(runSettings(DEFAULT_SETTINGS, true))).not.toContain('modelUrl');
  });
});

describe('the hub', () => {
  it('is kept apart from the settings, each value on its own', () => {
    const all = setUp();
    expect(all.state().hub).toEqual(DEFAULT_HUB);
    all.actions.setHub({ endpoint: 'https://mirror.example/' });
    all.actions.setHub({ token: TOKEN });
    expect(all.state().hub).toEqual({ endpoint: 'https://mirror.example', token: TOKEN });
    expect(all.kept.get(SETTINGS_KEY) ?? '').not.toContain(TOKEN);
    expect(setUp(Object.fromEntries(all.kept)).state().hub).toEqual(all.state().hub);
    all.actions.setHub({ endpoint: 'https://other.example' }); // who is not to hear of the first one's token
    expect(all.state().hub).toEqual({ endpoint: 'https://other.example', token: null });
    all.actions.setHub({ endpoint: 'https://mirror.example', token: TOKEN });
    all.actions.setHub({ token: '' });
    expect(all.state().hub.token).toBeNull();
    all.actions.setHub({ endpoint: 'javascript:alert(1)', token: 'no\nheader' });
    expect(all.state().hub).toEqual({ endpoint: 'https://mirror.example', token: null });
    for (const kept of ['{', '[]', '7', '{"endpoint":7}']) {
      expect(setUp({ [HUB_KEY]: kept }).state().hub).toEqual(DEFAULT_HUB);
    }
  });

  it('is the one that the server names for who has chosen none, and for nobody else', async () => {
    const mirror = 'https://mirror.example';
    const of = (entries: Record<string, string>, endpoint: string | null = mirror) => setUp(entries, [], endpoint);
    const fresh = of({});
    expect(fresh.state()).toMatchObject({ hub: { endpoint: mirror, token: null }, usualHub: mirror });
    expect([...fresh.kept]).toEqual([]);
    fresh.actions.setSettings({ modelUrl: HUB_MODEL });
    await fresh.actions.prepareModel();
    expect(fresh.requests.map(({ hub }) => hub?.endpoint)).toEqual([mirror]);

    fresh.actions.setHub({ endpoint: DEFAULT_HUB.endpoint });
    const chosen = Object.fromEntries(fresh.kept);
    expect(of(chosen).state()).toMatchObject({ hub: DEFAULT_HUB, usualHub: mirror });
    // A token goes to the hub that it was given for, whatever a server names later.
    const withToken = { [HUB_KEY]: JSON.stringify({ ...DEFAULT_HUB, token: TOKEN }) };
    expect(of(withToken).state().hub).toEqual({ ...DEFAULT_HUB, token: TOKEN });
    for (const kept of ['{', '7', '{"endpoint":7}', `{"token":"${TOKEN}"}`]) {
      expect(of({ [HUB_KEY]: kept }).state().hub).toEqual({ endpoint: mirror, token: null });
    }
    expect(of({}, null).state()).toMatchObject({ hub: DEFAULT_HUB, usualHub: DEFAULT_HUB.endpoint });
  });

  it('is an address and nothing else', () => {
    expect(isEndpoint('https://hf-mirror.com')).toBe(true);
    expect(isEndpoint('http://localhost:8080/hub')).toBe(true);
    expect(isEndpoint('http://192.168.1.2:8080')).toBe(false);
    for (const bad of ['hf-mirror.com', 'ftp://a.b', 'https://me:secret@a.b', 'https://a.b?x=1', '']) {
      expect(isEndpoint(bad)).toBe(false);
    }
  });

  it('is told to the engine for models of a hub only', async () => {
    const all = setUp({ [HUB_KEY]: JSON.stringify({ endpoint: 'https://a.b', token: TOKEN }) });
    await all.actions.prepareModel();
    all.actions.setSettings({ modelUrl: HUB_MODEL });
    await all.actions.prepareModel();
    expect(all.requests.map(({ hub }) => hub ?? null)).toEqual([null, { endpoint: 'https://a.b', token: TOKEN }]);
  });
});

describe('a run', () => {
  it('keeps where its model came from, and nothing of the token', async () => {
    const all = setUp({ [HUB_KEY]: JSON.stringify({ endpoint: 'https://a.b', token: TOKEN }) });
    all.actions.setSettings({ modelUrl: HUB_MODEL });
    await ask(all);
    expect(all.state().run?.models[0]).toMatchObject({ id: 'scripted', version: '1', url: HUB_MODEL });
    const file = await all.actions.exportShown();
    const text = (await file?.blob.text()) ?? '';
    expect(text).toContain(HUB_MODEL);
    expect(text).not.toContain(TOKEN);
    expect(JSON.stringify(all.state().run)).not.toContain(TOKEN);
    const { files: _files, ...document } = JSON.parse(text) as Record<string, unknown>;
    expect(parseTrajectory(document)).toMatchObject({ ok: true, trajectory: { models: [{ url: HUB_MODEL }] } });
  });

  it('goes on with the model it began with when another is chosen meanwhile; the next one has the other', async () => {
    const all = setUp({}, [{ forever: 'hmm ' }, '<answer>K7</answer>']);
    await all.actions.openImage(new Blob(['scene']), 'scene.png');
    all.actions.setQuestion('What?');
    const going = all.actions.ask();
    await vi.waitFor(() => expect(all.state().run?.steps[0]?.tokens.length).toBeGreaterThan(2));
    all.actions.setSettings({ modelUrl: HUB_MODEL });
    const preparing = all.actions.prepareModel();
    expect(all.state()).toMatchObject({ phase: 'running', ahead: { status: 'waiting' } });
    expect(all.requests).toHaveLength(1);
    all.actions.stop();
    await going;
    await preparing;
    expect(all.state()).toMatchObject({ ahead: null, engine: { modelUrl: HUB_MODEL } });
    expect(all.state().run?.models[0]?.url).toBe(SHIPPED_MODEL);
    all.actions.setQuestion('What?');
    await all.actions.ask();
    expect(all.state().run?.models[0]?.url).toBe(HUB_MODEL);
    expect(all.requests.map(({ modelUrl }) => modelUrl)).toEqual([SHIPPED_MODEL, HUB_MODEL, HUB_MODEL]);
  });
});

describe('made ready ahead of a question', () => {
  it('tells how far it is, in all and of each file, and then that it is there', async () => {
    const all = setUp();
    const letGo = heldLoad(all);
    const preparing = all.actions.prepareModel();
    await vi.waitFor(() => expect(all.state().files).toHaveLength(2));
    expect(all.state()).toMatchObject({
      phase: 'idle',
      ahead: { status: 'going' },
      load: { loaded: 5, total: 9 },
      files: [
        { name: 'a.onnx', loaded: 3, total: 4 },
        { name: 'b.onnx', loaded: 2, total: 5 },
      ],
    });
    letGo();
    await preparing;
    expect(all.state()).toMatchObject({ ahead: null, load: null, files: [], engine: { modelUrl: SHIPPED_MODEL } });
  });

  it('is paused, says how far it came, and goes on', async () => {
    const all = setUp();
    const letGo = heldLoad(all);
    const preparing = all.actions.prepareModel();
    await vi.waitFor(() => expect(all.state().files).toHaveLength(2));
    await all.actions.pauseModel();
    await preparing;
    expect(all.state()).toMatchObject({ ahead: { status: 'paused' }, load: { loaded: 5 }, engine: null, notice: null });
    const again = all.actions.prepareModel();
    expect(all.state().ahead?.status).toBe('going');
    letGo();
    await again;
    expect(all.state()).toMatchObject({ ahead: null, engine: { modelUrl: SHIPPED_MODEL } });
  });

  it('is let go of when another model is chosen', async () => {
    const all = setUp();
    heldLoad(all);
    const preparing = all.actions.prepareModel();
    await vi.waitFor(() => expect(all.state().files).toHaveLength(2));
    all.actions.setSettings({ modelUrl: HUB_MODEL });
    await preparing;
    expect(all.state()).toMatchObject({ ahead: null, load: null, files: [], engine: null, notice: null });
  });

  it('is waited for by a question asked meanwhile, and outlasts another picture', async () => {
    const all = setUp();
    const letGo = heldLoad(all);
    const preparing = all.actions.prepareModel();
    await vi.waitFor(() => expect(all.state().files).toHaveLength(2));
    await all.actions.openImage(new Blob(['scene']), 'scene.png');
    expect(all.state().ahead?.status).toBe('going');
    all.actions.setQuestion('What?');
    const going = all.actions.ask();
    await vi.waitFor(() => expect(all.state()).toMatchObject({ phase: 'loading', load: { loaded: 5 } }));
    letGo();
    await Promise.all([preparing, going]);
    expect(all.state()).toMatchObject({ phase: 'idle', run: { status: 'done' }, ahead: null, load: null, files: [] });
  });

  it('is left alone by the end of a question that waits for it', async () => {
    const all = setUp();
    const letGo = heldLoad(all);
    const preparing = all.actions.prepareModel();
    await all.actions.openImage(new Blob(['scene']), 'scene.png');
    all.actions.setQuestion('What?');
    const going = all.actions.ask();
    all.actions.stop();
    await going;
    expect(all.state()).toMatchObject({ phase: 'idle', run: null, ahead: { status: 'going' } });
    letGo();
    await preparing;
    expect(all.state().engine).toMatchObject({ modelUrl: SHIPPED_MODEL });
  });

  it('fails in words, once where it was chosen and once on the page, and can be tried again', async () => {
    const all = setUp();
    all.engine.failLoad = new EngineError('gated', {
      code: 'gated',
      params: { id: 'someone/tiny-vlm', page: 'p', token: false },
    });
    await all.actions.prepareModel();
    const { ahead, notice } = all.state();
    expect(ahead).toMatchObject({ status: 'failed', notice: { code: 'engine/gated' } });
    expect(notice).toEqual(ahead?.notice);
    expect(notice?.problem).toMatchObject({ of: 'engine', instead: true });
    await all.actions.prepareModel();
    expect(all.state()).toMatchObject({ ahead: null, notice: null, engine: { modelUrl: SHIPPED_MODEL } });
  });

  it('what is loaded is let go of when asked, but not while it is at work', async () => {
    const all = setUp({}, [{ forever: 'hmm ' }]);
    const dispose = vi.spyOn(all.engine, 'dispose');
    await all.actions.prepareModel();
    await all.actions.releaseModel();
    expect(all.state().engine).toBeNull();
    expect(dispose).toHaveBeenCalledOnce();
    const going = ask(all);
    await vi.waitFor(() => expect(all.state().phase).toBe('running'));
    await all.actions.releaseModel();
    expect(dispose).toHaveBeenCalledOnce();
    all.actions.stop();
    await going;
  });

  it('is loaded anew where other files have come under its address, and only then', async () => {
    const all = setUp({}, ['<answer>K7</answer>', '<answer>K7</answer>']);
    const dispose = vi.spyOn(all.engine, 'dispose');
    await all.actions.prepareModel();
    await all.actions.modelReplaced('local:another');
    await all.actions.prepareModel();
    expect(dispose).not.toHaveBeenCalled();
    await all.actions.modelReplaced(SHIPPED_MODEL);
    expect(dispose).not.toHaveBeenCalled();
    await ask(all);
    expect(dispose).toHaveBeenCalledOnce();
    expect(all.state()).toMatchObject({ phase: 'idle', engine: { modelUrl: SHIPPED_MODEL } });
    await all.actions.prepareModel();
    expect(dispose).toHaveBeenCalledOnce();
  });

  it('is loaded anew with new files however its address asks for it', async () => {
    const all = setUp();
    const dispose = vi.spyOn(all.engine, 'dispose');
    all.actions.setSettings({ modelUrl: 'local:mine?maxPixels=250000' });
    await all.actions.prepareModel();
    await all.actions.modelReplaced('local:mine?thinking=off');
    await all.actions.prepareModel();
    expect(dispose).toHaveBeenCalledOnce();
  });

  it('that is being made ready is begun anew where other files come under its address', async () => {
    const all = setUp();
    const letGo = heldLoad(all);
    const first = all.actions.prepareModel();
    await vi.waitFor(() => expect(all.state().files).toHaveLength(2));
    const dispose = vi.spyOn(all.engine, 'dispose');
    await all.actions.modelReplaced(SHIPPED_MODEL);
    await first;
    expect(all.state()).toMatchObject({ ahead: null, engine: null });
    letGo();
    await all.actions.prepareModel();
    expect(dispose).toHaveBeenCalledOnce();
    expect(all.state().engine).toMatchObject({ modelUrl: SHIPPED_MODEL });
  });

  it('is not said to be loaded any more once the engine gave its place to another tab', async () => {
    const engine = scriptedEngine(['<answer>K7</answer>']);
    let giveUp = () => {};
    engine.onUnload = (told) => (giveUp = told);
    const { getState, actions } = sessionOver(engine);
    await actions.prepareModel();
    expect(getState().engine).not.toBeNull();
    giveUp();
    expect(getState().engine).toBeNull();
    actions.dispose();
  });
});

describe('names', () => {
  it('are what people call it', () => {
    expect(modelName(SHIPPED_MODEL)).toBe('Loupe Nano');
    expect(modelName(HUB_MODEL)).toBe('tiny-vlm (q4)');
    expect(modelName(`${HUB_MODEL}&thinking=on`)).toBe('tiny-vlm (q4, thinking)');
    expect(modelName(`${HUB_MODEL}&thinking=off`)).toBe('tiny-vlm (q4)');
    expect(modelName('hub:someone/tiny-vlm')).toBe('tiny-vlm');
    expect(modelName('hub:someone/tiny@feature/x')).toBe('tiny');
    expect(modelName('local:My%20folder')).toBe('My folder');
    expect(modelName('local:My%20folder?maxPixels=250000&thinking=on')).toBe('My folder (thinking)');
    expect(modelName('local:%E0%A4%A')).toBe('%E0%A4%A');
    expect(modelName('https://a.b/models/other/')).toBe('other');
  });

  it('a recorded address has no sign-in and no query', () => {
    expect(recordedModelUrl('https://me:secret@a.b/m/?key=secret#x')).toBe('https://a.b/m/');
    expect(recordedModelUrl(SHIPPED_MODEL)).toBe(SHIPPED_MODEL);
    expect(recordedModelUrl(HUB_MODEL)).toBe(HUB_MODEL);
  });
});
