/**
 * A session that stands in until the real one is there: the page is drawn and listens from the first moment, while the code
 * for pictures, storage and the engine is still on its way. What is asked of it is done by the real one as soon as it can.
 */
import { createStore } from 'zustand/vanilla';
import { createPlayer } from '@/lib/player';
import { DEFAULT_SETTINGS, usualHub, type Session, type SessionActions, type SessionState } from '@/lib/session';

const empty = (hubEndpoint: string | null): SessionState => ({
  phase: 'idle',
  question: '',
  asked: null,
  settings: DEFAULT_SETTINGS,
  hub: usualHub(hubEndpoint),
  usualHub: usualHub(hubEndpoint).endpoint,
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
  notKept: null,
  storage: null,
});

/** @param hubEndpoint as `createPageSession` has it */
export function createWaitingSession(real: Promise<Session>, hubEndpoint: string | null): Session {
  const store = createStore<SessionState>()(() => empty(hubEndpoint));
  real.catch(() => store.setState({ notice: { code: 'session/not-started' } }));

  // Typing is shown at once; everything else only waits.
  const later = (work: (actions: SessionActions) => unknown): Promise<void> =>
    real.then(
      async (session) => void (await work(session.actions)),
      () => undefined,
    );

  const answered = <T>(work: (actions: SessionActions) => Promise<T | null>): Promise<T | null> =>
    real.then(
      (session) => work(session.actions),
      () => null,
    );

  const actions: SessionActions = {
    openImage: (bytes, name) => {
      store.setState({ phase: 'opening' });
      return later((to) => to.openImage(bytes, name));
    },
    openImageUrl: (url) => {
      store.setState({ phase: 'opening' });
      return later((to) => to.openImageUrl(url));
    },
    openFiles: (files, folders) => {
      if (files.length > 0) store.setState({ phase: 'opening' });
      return later((to) => to.openFiles(files, folders));
    },
    refuseImage: (problem) => void later((to) => to.refuseImage(problem)),
    clear: () => void later((to) => to.clear()),
    setQuestion: (question) => {
      store.setState({ question });
      void later((to) => to.setQuestion(question));
    },
    setSettings: (settings) => void later((to) => to.setSettings(settings)),
    setHub: (hub) => void later((to) => to.setHub(hub)),
    prepareModel: () => later((to) => to.prepareModel()),
    pauseModel: () => later((to) => to.pauseModel()),
    modelReplaced: (modelUrl) => later((to) => to.modelReplaced(modelUrl)),
    releaseModel: () => later((to) => to.releaseModel()),
    ask: () => later((to) => to.ask()),
    askAgain: (run, change) => later((to) => to.askAgain(run, change)),
    stop: () => {
      store.setState({ phase: 'idle' });
      void later((to) => to.stop());
    },
    dismissNotice: () => store.setState({ notice: null }),
    openRun: (id) => later((to) => to.openRun(id)),
    readRun: (id) => answered((to) => to.readRun(id)),
    renameRun: (id, title) => later((to) => to.renameRun(id, title)),
    tagRuns: (ids, change) => later((to) => to.tagRuns(ids, change)),
    removeRuns: (ids) => later((to) => to.removeRuns(ids)),
    restoreRuns: (ids) => later((to) => to.restoreRuns(ids)),
    eraseRuns: (ids) => later((to) => to.eraseRuns(ids)),
    forgetUndo: () => void later((to) => to.forgetUndo()),
    keepShown: () => later((to) => to.keepShown()),
    fileOf: (hash) => answered((to) => to.fileOf(hash)),
    exportShown: () => answered((to) => to.exportShown()),
    exportRuns: (ids, progress) => answered((to) => to.exportRuns(ids, progress)),
    importFiles: (files, progress) => answered((to) => to.importFiles(files, progress)),
    thumbnail: (hash) => answered((to) => to.thumbnail(hash)),
    readStorage: () => later((to) => to.readStorage()),
    askToKeep: () => later((to) => to.askToKeep()),
    dispose: () => undefined,
  };
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    actions,
    player: createPlayer(),
  };
}
