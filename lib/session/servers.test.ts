/** A model behind a server: whose key goes where, what of it is written down, and a run that the server broke off. */
import { afterEach, describe, expect, it } from 'vitest';
// Here already when the first run asks for it: no test is to wait for code.
import '@/lib/agent';
import { EngineError, type LoadRequest, type VlmEngine } from '@/lib/engine';
import { chooseEngine } from '@/lib/engine/choose-engine';
import { createMemoryLibrary } from '@/lib/library';
import type { Session } from './contract';
import { createSession } from './create-session';
import { fakeImages } from './fixtures/fake-images';
import { CARD, scriptedEngine, zoomCall, type ScriptedTurn } from './fixtures/scripted-engine';
import { modelName, recordedModelUrl } from './model-name';
import { keepDialects, readDialects } from './own-dialects';
import { keyFor, KEYS_KEY, readKeys, serverPlace, withKey } from './server-keys';
import { SETTINGS_KEY } from './settings';

const PLACE = 'http://10.0.0.5:8000/v1';
const MODEL = `remote:chat?url=${encodeURIComponent(PLACE)}&model=ChenShawn%2FDeepEyes-7B&dialect=deepeyes`;
const KEY = 'sk-of-this-person-0001';

const made: Session[] = [];
afterEach(() => {
  for (const session of made.splice(0)) session.actions.dispose();
});

/** A page whose servers say what the script says. */
function setUp(script: readonly ScriptedTurn[], card = CARD) {
  const kept = new Map<string, string>();
  const scripted = scriptedEngine(script);
  const requests: LoadRequest[] = [];
  let disposed = 0;
  const remote: VlmEngine = {
    async *load(request) {
      requests.push(request);
      yield { phase: 'ready', device: 'remote', remarks: [], card, engine: 'vLLM 9.9' };
    },
    generate: scripted.generate,
    dispose: () => Promise.resolve(),
  };
  const here = scriptedEngine([]);
  const dispose = here.dispose.bind(here);
  here.dispose = () => {
    disposed += 1;
    return dispose();
  };
  const library = createMemoryLibrary();
  const session = createSession({
    engine: chooseEngine(here, () => Promise.resolve(remote)),
    images: fakeImages(),
    library,
    now: () => performance.now(),
    storage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
  });
  made.push(session);
  return {
    session,
    actions: session.actions,
    state: session.getState,
    run: () => session.player.getState().run,
    kept,
    requests,
    library,
    disposed: () => disposed,
  };
}

async function ask({ actions }: Pick<Session, 'actions'>): Promise<void> {
  await actions.openImage(new Blob(['scene']), 'scene.png');
  actions.setQuestion('What?');
  await actions.ask();
}

describe('a key', () => {
  it('is for one server, and what cannot stand in a header is none', () => {
    const keys = withKey(withKey({}, PLACE, KEY), 'via:lab', 'sk-lab');
    expect([keyFor(keys, MODEL), keyFor(keys, 'remote:chat?via=lab&model=x')]).toEqual([KEY, 'sk-lab']);
    expect([
      keyFor(keys, 'remote:chat?url=http://10.0.0.6:8000/v1&model=x'),
      keyFor(keys, '/models/loupe-nano/'),
    ]).toEqual([null, null]);
    expect(withKey(keys, PLACE, null)).toEqual({ 'via:lab': 'sk-lab' });
    expect(withKey({}, PLACE, 'two words')).toEqual({});
    expect(keyFor(keys, 'remote:chat?url=toString&model=x')).toBeNull();
  });

  it('is read from what was stored, of which nothing is trusted', () => {
    const stored = (text: string) => readKeys({ getItem: () => text, setItem: () => undefined });
    expect(stored(JSON.stringify({ [PLACE]: KEY, other: 7, third: 'a b' }))).toEqual({ [PLACE]: KEY });
    expect([stored('{'), stored('null'), stored('[]')]).toEqual([{}, {}, {}]);
  });

  it('goes to its server, and is in no run, export, setting or notice', async () => {
    const all = setUp([zoomCall([100, 100, 200, 200], 'dog'), '<answer>K7</answer>']);
    const { actions, requests, kept, library } = all;
    actions.setKey(PLACE, KEY);
    actions.setSettings({ modelUrl: MODEL });
    await ask(all);
    expect(requests).toMatchObject([{ modelUrl: MODEL, key: KEY }]);
    const run = all.run();
    expect(run?.models).toMatchObject([
      { device: 'remote', engine: 'vLLM 9.9', url: 'remote:chat?model=ChenShawn%2FDeepEyes-7B&dialect=deepeyes' },
    ]);
    const file = await actions.exportShown();
    const written = [
      JSON.stringify(run),
      JSON.stringify(await library.load(run?.id ?? '')),
      await file?.blob.text(),
      kept.get(SETTINGS_KEY),
    ];
    expect(written.filter((text) => text?.includes(KEY))).toEqual([]);
    expect(written.slice(0, 3).filter((text) => text?.includes('10.0.0.5'))).toEqual([]);
    expect([...kept].filter(([, value]) => value.includes(KEY)).map(([name]) => name)).toEqual([KEYS_KEY]);
    actions.setKey(PLACE, null);
    expect([...kept].filter(([, value]) => value.includes(KEY))).toEqual([]);
  });
});

it('has a name for people, and of where it is writes nothing down', () => {
  expect(modelName(MODEL)).toBe('DeepEyes-7B');
  expect([serverPlace(MODEL), serverPlace('remote:messages?via=lab&model=x'), serverPlace('hub:a/b')]).toEqual([
    PLACE,
    'via:lab',
    null,
  ]);
  expect(recordedModelUrl('remote:messages?via=lab&model=x')).toBe('remote:messages?model=x');
});

it('lets go of the model of this page while a server answers', async () => {
  const all = setUp(['<answer>K7</answer>']);
  all.actions.setSettings({ modelUrl: MODEL });
  await ask(all);
  expect(all.disposed()).toBe(1);
});

it('draws a run once a frame, however fast its tokens come, and loses none', async () => {
  const words = 'word '.repeat(400);
  const all = setUp([`<think>${words}</think><answer>K7</answer>`]);
  all.actions.setSettings({ modelUrl: MODEL });
  let drawn = 0;
  all.session.player.subscribe((state, before) => {
    if (state.run !== before.run) drawn += 1;
  });
  await ask(all);
  const [thought] = all.run()?.steps ?? [];
  expect(thought).toMatchObject({ type: 'think', text: words });
  expect(thought?.tokens.length).toBeGreaterThan(300);
  expect(drawn).toBeLessThan((thought?.tokens.length ?? 0) / 2);
});

describe('a run that its server broke off', () => {
  const died = new EngineError('server', { code: 'stream-died' });

  it('says so in words of its own, and goes on from its last finished turn', async () => {
    const all = setUp([
      zoomCall([100, 100, 200, 200], 'dog'),
      { fails: died, after: '<think>Half a' },
      '<answer>K7</answer>',
    ]);
    const { actions, state } = all;
    actions.setSettings({ modelUrl: MODEL });
    await ask(all);
    const broken = all.run();
    expect(state().notice).toMatchObject({
      code: 'engine/server',
      problem: { of: 'servers', written: 'stream-died', instead: true },
    });
    expect(broken).toMatchObject({ status: 'failed', stop: { code: 'server', message: 'stream-died' } });
    await actions.goOn();
    const run = all.run();
    expect(run?.steps.map(({ type }) => type)).toEqual(['call', 'result', 'answer']);
    expect(run).toMatchObject({ status: 'done', parent: { runId: broken?.id, steps: 2 } });
    expect(run?.id).not.toBe(broken?.id);
  });

  it('has nothing to go on from where no turn was finished', async () => {
    const all = setUp([{ fails: died, after: '<think>Half a' }, '<answer>K7</answer>']);
    all.actions.setSettings({ modelUrl: MODEL });
    await ask(all);
    const broken = all.run();
    await all.actions.goOn();
    expect(all.run()).toBe(broken);
  });
});

describe('a dialect of one’s own', () => {
  const file = JSON.stringify({
    format: 'loupe-dialect/1',
    name: 'Mine',
    frame: 'thousandths',
    prompt: 'Zoom where you must.',
    plainPrompt: '',
    call: '<zoom>{x1}, {y1}, {x2}, {y2}</zoom>',
    shown: '{picture}',
    refused: '{error}',
  });

  it('is kept in this browser, spoken by the runs to come, and written into them', async () => {
    const all = setUp(['<zoom>100, 100, 200, 200</zoom>', '<answer>K7</answer>'], { ...CARD, dialect: 'own:Mine' });
    const { actions, kept, run, state } = all;
    expect(actions.setDialect('Mine', file)).toBe(true);
    expect(readDialects({ getItem: (key) => kept.get(key) ?? null, setItem: () => undefined })).toEqual({ Mine: file });
    actions.setSettings({ modelUrl: MODEL });
    await ask(all);
    expect(run()).toMatchObject({ status: 'done', dialect: 'own:Mine', ownDialect: { name: 'Mine' } });
    expect(run()?.steps.map(({ type }) => type)).toEqual(['call', 'result', 'answer']);
    expect(actions.setDialect('Mine', null)).toBe(true);
    expect(state().dialects).toEqual({});
  });

  it('that is gone ends the run with its name, and nothing kept of it that is broken does harm', async () => {
    const all = setUp(['<answer>K7</answer>'], { ...CARD, dialect: 'own:Mine' });
    all.actions.setSettings({ modelUrl: MODEL });
    await ask(all);
    expect(all.run()?.stop).toMatchObject({ code: 'unsupported-model' });
    const stored = (text: string) => readDialects({ getItem: () => text, setItem: () => undefined });
    expect([stored('{'), stored('[]'), stored('{"a": 1, "b": "x"}')]).toEqual([{}, {}, { b: 'x' }]);
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error('full');
      },
    };
    expect([keepDialects(full, {}), keepDialects(null, {})]).toEqual([false, false]);
  });
});
