/** Makes a player: one store, its clock and its view. */
import { createStore } from 'zustand/vanilla';
import { clampCursor } from '@/lib/trajectory';
import { createPlayerClock, dwell, SPEEDS, type Visibility } from './clock';
import type { Player, PlayerActions, PlayerState, RegionOf, SeenOf } from './contract';
import { createView } from './view';

const NOTHING: PlayerState = {
  run: null,
  live: false,
  source: null,
  beside: [],
  pictures: new Map(),
  cursor: 0,
  following: false,
  playing: false,
  speed: 1,
};

interface PlayerOptions {
  /** It stands still while that is in the background; null: there is none. */
  readonly page?: Visibility | null;
  /** Left out: pictures are as sharp as their bitmaps. */
  readonly regionOf?: RegionOf;
  /** Left out: no picture shows as a model had it. */
  readonly seenOf?: SeenOf;
}

export function createPlayer({
  page = typeof document === 'undefined' ? null : document,
  regionOf = () => Promise.resolve(null),
  seenOf = () => Promise.resolve(null),
}: PlayerOptions = {}): Player {
  const store = createStore<PlayerState>()(() => NOTHING);
  const get = store.getState;
  const set = (patch: Partial<PlayerState>) => store.setState(patch);

  const length = () => get().run?.steps.length ?? 0;
  const moveTo = (cursor: number) => {
    const { run, live } = get();
    const bounded = run ? clampCursor(run, cursor) : 0;
    set({ cursor: bounded, following: live && bounded === length() });
  };
  const tick = () => {
    if (get().cursor < length()) moveTo(get().cursor + 1);
    if (get().cursor >= length()) set({ playing: false });
  };
  const clock = createPlayerClock(
    () => {
      const { run, cursor, speed, playing } = get();
      return run && playing ? dwell(run.steps[cursor - 1] ?? null, speed) : null;
    },
    tick,
    page,
  );
  const pause = () => {
    clock.stop();
    if (get().playing) set({ playing: false });
  };

  const actions: PlayerActions = {
    move(cursor) {
      pause();
      moveTo(cursor);
    },
    step(delta) {
      pause();
      moveTo(get().cursor + delta);
    },
    play() {
      if (length() === 0) return;
      if (get().cursor >= length()) {
        if (get().live) return moveTo(length());
        set({ cursor: 0, following: false });
      }
      set({ playing: true });
      clock.start();
    },
    pause,
    tick,
    setSpeed(speed) {
      const nearest = SPEEDS.reduce((a, b) => (Math.abs(b - speed) < Math.abs(a - speed) ? b : a));
      set({ speed: nearest });
      if (get().playing) clock.start();
    },
  };

  return {
    getState: get,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    actions,
    view: createView(store),
    regionOf,
    seenOf,
    show({ run, live = false, ...pictures }) {
      if (run === undefined) return set(pictures);
      clock.stop();
      set({ ...pictures, run, live, cursor: run?.steps.length ?? 0, following: live, playing: false });
    },
    grow(run) {
      const { following, cursor } = get();
      set({ run, cursor: following ? run.steps.length : Math.min(cursor, run.steps.length) });
    },
    settle: () => set({ live: false }),
    dispose: () => clock.stop(),
  };
}
