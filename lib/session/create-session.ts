/**
 * Makes the session: one store and the actions on it. Here the parts meet (picture, run, player, kept runs); each part's
 * own rules are in its file.
 */
import { createStore } from 'zustand/vanilla';
import { fetchImage, ImageError, type ImageProblem } from '@/lib/image';
import { LibraryError } from '@/lib/library';
import { clampCursor, filesOf, mainPicture, questionOf, type Trajectory } from '@/lib/trajectory';
import type { Session, SessionActions, SessionDeps, SessionState } from './contract';
import { createConductor, settleKept } from './conductor';
import { firstPicture } from './first-picture';
import { fitHub, keepHub, readHub, usualHub } from './hub-access';
import { createModelLoader } from './model-loader';
import { noticeOfError, noticeOfUnkept, othersLeft, pictureMissing } from './notices';
import { createPictureDesk, isUnasked, type Found, type Store } from './picture';
import { createPlayerClock, dwell, SPEEDS, type Visibility } from './player';
import { fitSettings, keepSettings, readSettings } from './settings';
import { createShelf } from './shelf';

/** One a page. Reads kept settings and the list of runs at once; loads no model until asked. */
export function createSession(deps: SessionDeps): Session {
  const storage = deps.storage ?? null;
  const usual = usualHub(deps.hubEndpoint ?? null);
  const store = createStore<SessionState>()(() => ({
    phase: 'idle',
    source: null,
    bitmap: null,
    others: new Map(),
    question: '',
    asked: null,
    settings: readSettings(storage),
    hub: readHub(storage, usual),
    usualHub: usual.endpoint,
    load: null,
    files: [],
    ahead: null,
    progress: null,
    engine: null,
    trajectory: null,
    cursor: 0,
    following: true,
    playing: false,
    speed: 1,
    notice: null,
    runs: [],
    listed: false,
    removed: [],
    undo: null,
    notKept: deps.notKept ? noticeOfUnkept(deps.notKept) : null,
    storage: null,
  }));
  const get = store.getState;
  const set = (patch: Partial<SessionState>) => store.setState(patch);
  const io: Store = { get, set };

  const makeWay = async () => {
    pause();
    await conductor.stop();
  };
  const pictures = createPictureDesk(io, deps.images, makeWay);
  const models = createModelLoader(io, deps.engine, () => conductor.running());
  const conductor = createConductor(io, deps, models, () => shelf.onKept());

  // --- the player ---
  const length = () => get().trajectory?.steps.length ?? 0;
  const goTo = (cursor: number) => {
    const { trajectory } = get();
    const bounded = trajectory ? clampCursor(trajectory, cursor) : 0;
    set({ cursor: bounded, following: get().phase === 'running' && bounded === length() });
  };
  const page: Visibility | null = typeof document === 'undefined' ? null : document;
  const clock = createPlayerClock(
    () => {
      const { trajectory, cursor, speed, playing } = get();
      if (!trajectory || !playing) return null;
      return dwell(trajectory.steps[cursor - 1] ?? null, speed);
    },
    () => {
      const { cursor } = get();
      if (cursor < length()) goTo(cursor + 1);
      if (get().cursor >= length()) set({ playing: false });
    },
    page,
  );
  const pause = () => {
    clock.stop();
    if (get().playing) set({ playing: false });
  };

  // --- kept runs ---
  const leave = async (ids: readonly string[]) => {
    const shown = get().trajectory?.id;
    if (shown === undefined || !ids.includes(shown)) return;
    pause();
    await conductor.stop();
    set({ trajectory: null, cursor: 0, following: true });
  };
  const shelf = createShelf(io, deps, { leave, keepAgain: () => conductor.keepAgain() });

  const openRun = async (id: string) => {
    let trajectory: Trajectory | null = null;
    const find = async (): Promise<Found> => {
      const kept = await deps.library.load(id);
      if (!kept) throw new LibraryError('not-found', id);
      trajectory = settleKept(kept.trajectory);
      const main = mainPicture(trajectory)?.file;
      const others = filesOf(trajectory).flatMap(({ hash, name }) => {
        const bytes = hash === null || hash === main?.hash ? undefined : kept.files.get(hash);
        return bytes ? [{ bytes, name }] : [];
      });
      return { bytes: (main?.hash && kept.files.get(main.hash)) || null, name: main?.name ?? '', others };
    };
    await pictures.open(find, (source) => ({
      trajectory,
      // Words that were typed and not asked stay, as with a new picture.
      question: isUnasked(get()) || !trajectory ? get().question : questionOf(trajectory),
      cursor: trajectory?.steps.length ?? 0,
      following: false,
      playing: false,
      progress: null,
      ...(source ? {} : { notice: pictureMissing() }),
    }));
  };

  const refuseImage = (problem: ImageProblem) =>
    set({ notice: noticeOfError(new ImageError('not-an-image', problem)) });

  const actions: SessionActions = {
    async openImage(bytes, name) {
      await pictures.open(() => Promise.resolve({ bytes, name }));
    },
    async openImageUrl(url) {
      await pictures.open((signal) => fetchImage(url, signal));
    },
    async openFiles([first, ...more], folders) {
      if (!first) return folders > 0 ? refuseImage({ code: 'folder' }) : undefined;
      const left = more.length + folders;
      await pictures.open(async () => {
        const file = await firstPicture([first, ...more]);
        return { bytes: file, name: file.name, ...(left > 0 && { remark: othersLeft(left + 1) }) };
      });
    },
    refuseImage,
    clear() {
      pictures.cancel();
      void makeWay().then(() => {
        pictures.release();
        set({ source: null, question: '', trajectory: null, cursor: 0, following: true, notice: null });
      });
    },
    setQuestion: (question) => set({ question }),
    setSettings(patch) {
      const before = get().settings;
      const settings = fitSettings({ ...before, ...patch }, before);
      if (settings.modelUrl !== before.modelUrl) void models.halt(false);
      set({ settings });
      keepSettings(storage, settings);
    },
    setHub(patch) {
      const before = get().hub;
      const fitting = fitHub({ ...before, ...patch }, before);
      // A token is for one hub: another never hears of it.
      const moved = fitting.endpoint !== before.endpoint && patch.token === undefined;
      const hub = moved ? { ...fitting, token: null } : fitting;
      set({ hub });
      keepHub(storage, hub);
    },
    prepareModel: () => models.prepare(),
    pauseModel: () => models.halt(true),
    modelReplaced: (modelUrl) => models.replaced(modelUrl),
    releaseModel: () => models.release(),
    async ask() {
      pause();
      await conductor.ask();
    },
    async askAgain(run, change) {
      pause();
      await conductor.askAgain(run, change);
    },
    stop() {
      pictures.cancel();
      void conductor.stop();
    },
    dismissNotice: () => set({ notice: null }),
    goTo(cursor) {
      pause();
      goTo(cursor);
    },
    stepBy(delta) {
      pause();
      goTo(get().cursor + delta);
    },
    play() {
      if (length() === 0) return;
      // At the end of a finished run, play means again.
      if (get().cursor >= length()) {
        if (get().phase === 'running') return goTo(length());
        set({ cursor: 0, following: false });
      }
      set({ playing: true });
      clock.start();
    },
    pause,
    setSpeed(speed) {
      const nearest = SPEEDS.reduce((a, b) => (Math.abs(b - speed) < Math.abs(a - speed) ? b : a));
      set({ speed: nearest });
      if (get().playing) clock.start();
    },
    openRun,
    readRun: (id) =>
      deps.library.load(id).then(
        (kept) => kept && settleKept(kept.trajectory),
        () => null, // it is an aside: what is on screen does not depend on it
      ),
    ...shelf.actions,
    dispose() {
      shelf.dispose();
      clock.dispose();
      pictures.cancel();
      void models.halt(false);
      void conductor.stop().then(() => pictures.release());
    },
  };

  return { getState: get, getInitialState: store.getInitialState, subscribe: store.subscribe, actions };
}
