/** What happens for a picture before anything is asked: the shipped model loads, the distance is measured, and nothing of it disturbs. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import '@/lib/agent';
import { EngineError, type EngineImage, type WorldDistance } from '@/lib/engine';
import { createMemoryLibrary } from '@/lib/library';
import type { Session } from './contract';
import { createSession } from './create-session';
import { fakeImages } from './fixtures/fake-images';
import { scriptedEngine } from './fixtures/scripted-engine';
import { SHIPPED_MODEL } from './model-name';

const FAR: WorldDistance = { score: 17, threshold: 2 };

const made: Session[] = [];
afterEach(() => {
  for (const session of made.splice(0)) session.actions.dispose();
});

function setUp(mayLoadAhead = true) {
  const engine = scriptedEngine(['<answer>K7</answer>']);
  const seen: EngineImage[] = [];
  engine.distance = (image) => {
    seen.push(image);
    return Promise.resolve(FAR);
  };
  const images = fakeImages();
  const library = createMemoryLibrary();
  const now = () => performance.now();
  const session = createSession({ engine, images, library, now, mayLoadAhead: () => mayLoadAhead });
  made.push(session);
  const { actions } = session;
  const open = (name: string) => actions.openImage(new Blob([name]), `${name}.png`);
  return { engine, seen, actions, open, state: session.getState, player: session.player };
}

describe('a picture that is opened', () => {
  it('is measured before anything is asked, as the image that a question will show', async () => {
    const { seen, actions, open, state, engine } = setUp();
    await open('photo');
    await vi.waitFor(() => expect(state().distance).toMatchObject(FAR));
    expect(state()).toMatchObject({ phase: 'idle', notice: null, ahead: null, engine: { modelUrl: SHIPPED_MODEL } });
    const keys: string[] = [];
    const { generate } = engine;
    engine.generate = async function* (request, signal) {
      for await (const event of generate(request, signal)) {
        if (event.type === 'image-encoded') keys.push(event.key);
        yield event;
      }
    };
    actions.setQuestion('What?');
    await actions.ask();
    expect(keys).toEqual(seen.map(({ key }) => key));
    expect(engine.loads).toBe(2); // the second finds it loaded
  });

  it('has its own distance, and none of the one before', async () => {
    const { open, state } = setUp();
    await open('photo');
    await vi.waitFor(() => expect(state().distance).not.toBeNull());
    const { hash } = state().distance ?? {};
    await open('another photo');
    expect(state().distance?.hash).not.toBe(hash);
    await vi.waitFor(() => expect(state().distance).toMatchObject(FAR));
    expect(state().distance?.hash).not.toBe(hash);
  });

  it('loads nothing where no more is to be fetched than needed, and is measured by what is there', async () => {
    const { open, actions, state, engine } = setUp(false);
    await open('photo');
    expect(engine.loads).toBe(0);
    await actions.prepareModel();
    await vi.waitFor(() => expect(state().distance).toMatchObject(FAR));
  });

  it('loads nothing where another model is wished for', async () => {
    const { open, actions, state, engine } = setUp();
    actions.setSettings({ modelUrl: 'hub:someone/large-vlm' });
    await open('photo');
    expect(engine.loads).toBe(0);
    expect(state().distance).toBeNull();
  });

  it('says nothing where the load fails: who asks is told', async () => {
    const { open, actions, state, engine } = setUp();
    engine.failLoad = new EngineError('network', 'gone');
    await open('photo');
    await vi.waitFor(() => expect(engine.loads).toBe(1));
    await vi.waitFor(() => expect(state().ahead).toBeNull());
    expect(state()).toMatchObject({ notice: null, distance: null });
    engine.failLoad = new EngineError('network', 'gone');
    actions.setQuestion('What?');
    await actions.ask();
    expect(state().notice?.code).toBe('engine/network');
  });
});
