/**
 * Makes the session: one store and the actions on it. Here the parts meet (picture, run, player, kept runs); each part's
 * own rules are in its file.
 */
import { createStore } from 'zustand/vanilla';
import { fetchImage } from '@/lib/image';
import { LibraryError } from '@/lib/library';
import { createPlayer, pictureFilesOf, settleLeft, type PictureFiles } from '@/lib/player';
import { questionOf, type Trajectory } from '@/lib/trajectory';
import type { Session, SessionActions, SessionDeps, SessionState } from './contract';
import { createConductor } from './conductor';
import { fitHub, keepHub, readHub, usualHub } from './hub-access';
import { createModelLoader } from './model-loader';
import { noticeOfUnkept, pictureMissing } from './notices';
import { createPictureDesk, type Store } from './picture';
import { fitSettings, keepSettings, readSettings } from './settings';
import { createKeptRuns } from './kept-runs';

/** One a page. Reads kept settings and the list of runs at once; loads no model until asked. */
export function createSession(deps: SessionDeps): Session {
  const storage = deps.storage ?? null;
  const usual = usualHub(deps.hubEndpoint ?? null);
  const store = createStore<SessionState>()(() => ({
    phase: 'idle',
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

  const player = createPlayer();
  const { pause } = player.actions;

  const makeWay = async () => {
    pause();
    await conductor.stop();
  };
  const pictures = createPictureDesk(io, player, deps.images, makeWay);
  const models = createModelLoader(io, deps.engine, () => conductor.running());
  const conductor = createConductor(io, player, deps, models, () => keptRuns.onKept());

  // --- kept runs ---
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
      question: run ? questionOf(run) : '',
      progress: null,
      ...(source ? {} : { notice: pictureMissing() }),
    }));
  };

  const actions: SessionActions = {
    async openImage(bytes, name) {
      await pictures.open(() => Promise.resolve({ bytes, name }));
    },
    async openImageUrl(url) {
      await pictures.open((signal) => fetchImage(url, signal));
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
    openRun,
    readRun: (id) =>
      deps.library.load(id).then(
        (kept) => kept && settleLeft(kept.trajectory),
        () => null, // it is an aside: what is on screen does not depend on it
      ),
    ...keptRuns.actions,
    dispose() {
      keptRuns.dispose();
      player.dispose();
      pictures.cancel();
      void models.halt(false);
      void conductor.stop().then(() => pictures.release());
    },
  };

  return { getState: get, getInitialState: store.getInitialState, subscribe: store.subscribe, actions, player };
}
