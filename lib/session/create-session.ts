/**
 * Makes the session: one store and the actions on it. Here the parts meet (picture, run, player, kept runs); each part's
 * own rules are in its file.
 */
import { createStore } from 'zustand/vanilla';
import { ImageError, type ImageProblem } from '@/lib/image';
import { LibraryError } from '@/lib/library';
import {
  createPlayer,
  pictureFilesOf,
  regionsOf,
  seenFrom,
  settleLeft,
  sourcesOf,
  type PictureFiles,
} from '@/lib/player';
import type { FileHash, Trajectory } from '@/lib/trajectory';
import type { Session, SessionActions, SessionDeps, SessionState } from './contract';
import { conductorLater } from './conductor-later';
import { firstPicture } from './first-picture';
import { fitHub, keepHub } from './hub-access';
import { initialState } from './initial-state';
import { createModelLoader } from './model-loader';
import { createKeptRuns } from './kept-runs';
import { noticeOfError, noticeOfUnkept, othersLeft, pictureMissing } from './notices';
import { createPictureDesk, isUnasked, type Store } from './picture';
import { keepDialects, withDialect } from './own-dialects';
import { keepKeys, withKey } from './server-keys';
import { fitSettings, keepSettings } from './settings';
import { createWarmUp } from './warm-up';

/** One a page. Reads kept settings and the list of runs at once; loads no model until asked. */
export function createSession(deps: SessionDeps): Session {
  const storage = deps.storage ?? null;
  const store = createStore<SessionState>()(() => ({
    ...initialState(storage, deps.hubEndpoint ?? null),
    notKept: deps.notKept ? noticeOfUnkept(deps.notKept) : null,
  }));
  const get = store.getState;
  const set = (patch: Partial<SessionState>) => store.setState(patch);
  const io: Store = { get, set };

  const page = typeof document === 'undefined' ? null : document;
  const player = createPlayer({
    page,
    regionOf: regionsOf(deps.images, (hash) => fileOf(hash)),
    seenOf: seenFrom(deps.images, (hash) => fileOf(hash)),
  });
  const fileOf = async (hash: FileHash) => {
    const found = sourcesOf(player.getState()).find(({ ref }) => ref.hash === hash);
    return found ? found.bytes : keptRuns.actions.fileOf(hash);
  };
  const { pause } = player.actions;

  const makeWay = async () => {
    pause();
    await conductor.stop();
  };
  const pictures = createPictureDesk(io, player, deps.images, makeWay);
  const models = createModelLoader(io, deps.engine, () => conductor.running());
  const conductor = conductorLater(
    async () => (await import('./conductor')).createConductor(io, player, deps, models, () => keptRuns.onKept()),
    (error) => set({ notice: noticeOfError(error) }),
  );

  const warmUp = createWarmUp(io, player, deps, models);
  player.subscribe((state, before) => {
    if (state.source !== null && before.source === null) conductor.preload();
    if (state.source !== before.source || (state.run === null) !== (before.run === null)) warmUp.consider();
  });
  store.subscribe((state, before) => {
    if (state.settings.modelUrl !== before.settings.modelUrl || state.engine !== before.engine) warmUp.consider();
    // A picture is on screen a moment before its opening is over.
    else if (state.phase === 'idle' && before.phase !== 'idle') warmUp.consider();
  });

  // --- kept runs ---
  const onHidden = () => {
    if (page?.hidden) conductor.flush();
  };
  page?.addEventListener('visibilitychange', onHidden);
  const leave = async (ids: readonly string[]) => {
    const shown = player.getState().run?.id;
    if (shown === undefined || !ids.includes(shown)) return;
    await makeWay();
    player.show({ run: null });
  };
  const keptRuns = createKeptRuns(io, player, deps, { leave, keepAgain: () => conductor.keepAgain() });

  const openRun = async (id: string) => {
    let run: Trajectory | null = null;
    const find = async (): Promise<PictureFiles> => {
      const kept = await deps.library.load(id);
      if (!kept) throw new LibraryError('not-found', id);
      run = settleLeft(kept.trajectory);
      return pictureFilesOf(run, kept.files);
    };
    await pictures.open(find, (source) => ({
      run,
      // Words that were typed and not asked stay, as with a new picture.
      question: isUnasked(player.getState().run, get().question) ? get().question : '',
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
      await pictures.open(async (signal) => (await import('@/lib/image/fetch-image')).fetchImage(url, signal));
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
    async changePictures(change) {
      await (await import('./change-pictures')).changePictures(io, player, deps.images, change);
    },
    clear() {
      pictures.cancel();
      void makeWay().then(() => {
        pictures.release();
        player.show({ run: null });
        set({ question: '', notice: null });
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
    setKey(place, key) {
      const keys = withKey(get().keys, place, key);
      set({ keys });
      keepKeys(storage, keys);
    },
    setDialect(name, file) {
      const dialects = withDialect(get().dialects, name, file);
      set({ dialects });
      return keepDialects(storage, dialects);
    },
    prepareModel: () => models.prepare(),
    pauseModel: () => models.halt(true),
    modelReplaced: (modelUrl) => models.replaced(modelUrl),
    releaseModel: () => models.release(),
    async ask(about) {
      pause();
      await conductor.ask(get(), about);
    },
    async askAgain(run, change) {
      pause();
      await conductor.askAgain(run, change);
    },
    async goOn() {
      pause();
      await conductor.goOn();
    },
    async fork(change, settings = {}) {
      pause();
      await conductor.fork(change, settings);
    },
    async askTimes(runs, times, change) {
      pause();
      await conductor.askTimes(runs, times, change);
    },
    measure: (work) => conductor.measure(work),
    stop() {
      pictures.cancel();
      void conductor.stop();
    },
    dismissNotice: () => set({ notice: null }),
    openRun,
    readRun: (id) =>
      deps.library.load(id).then(
        (kept) => kept && settleLeft(kept.trajectory),
        () => null, // it is an aside: what is on screen does not depend on it
      ),
    readWhole: (id) =>
      deps.library.load(id).then(
        (kept) => kept && { ...kept, trajectory: settleLeft(kept.trajectory) },
        () => null, // the page that asks says so
      ),
    ...keptRuns.actions,
    dispose() {
      page?.removeEventListener('visibilitychange', onHidden);
      keptRuns.dispose();
      player.dispose();
      warmUp.dispose();
      pictures.cancel();
      void models.halt(false);
      void conductor.stop().then(() => pictures.release());
    },
  };

  return { getState: get, getInitialState: store.getInitialState, subscribe: store.subscribe, actions, player };
}
