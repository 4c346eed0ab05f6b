/**
 * The kept runs as the page handles them: the lists, names and tags, deleting and bringing back, files out and in, small
 * pictures, and what the browser's storage says. Every failure ends in a notice and leaves things as they were.
 */
import { makeThumbnail } from '@/lib/image';
import {
  loadArchive,
  type ExportedFile,
  type ImportReport,
  type RunExport,
  type RunFiles,
  type StorageReport,
} from '@/lib/library';
import { hashesOf, type FileHash, type Trajectory } from '@/lib/trajectory';
import { sourcesOf, type Player } from '@/lib/player';
import type { SessionDeps, ShelfActions } from './contract';
import { erasedAtOnce, noticeOfError, notRestored } from './notices';
import type { Store } from './picture';

export interface KeptRuns {
  readonly actions: ShelfActions;
  /** A run is kept: the moment to ask the browser to hold on to it, if it was not asked before. */
  readonly onKept: () => void;
  readonly dispose: () => void;
}

/** What the kept runs ask of the run on screen. */
interface ShownRun {
  /** Takes a run off the screen (and ends it) before it is deleted. */
  readonly leave: (ids: readonly string[]) => Promise<void>;
  /** While it is going: has it kept again, with what is still to come. Null where none is going. */
  readonly keepAgain: () => Promise<boolean> | null;
}

export function createKeptRuns(store: Store, player: Player, deps: SessionDeps, shown: ShownRun): KeptRuns {
  const { library, images } = deps;
  const persistence = deps.persistence ?? null;

  const attempt = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      store.set({ notice: noticeOfError(error) });
      return null;
    }
  };
  const act = async (work: () => Promise<unknown>): Promise<void> => void (await attempt(work));

  // --- the lists: read again after every change, one reading at a time ---
  let reading: Promise<void> | null = null;
  let again = false;
  const readLists = async () => {
    const [runs, removed] = await Promise.all([library.list(), library.listRemoved()]);
    store.set({ runs, removed, listed: true });
    // Renamed in another tab: the run on screen goes by its new name too.
    const { run } = player.getState();
    const line = run && runs.find(({ id }) => id === run.id);
    if (line && line.title !== run.title) player.grow({ ...run, title: line.title });
  };
  const refresh = (): void => {
    again = true;
    reading ??= (async () => {
      while (again) {
        again = false;
        await act(readLists);
      }
      reading = null;
    })();
  };
  const unsubscribe = library.subscribe(refresh);
  refresh();

  // --- small pictures: kept ones at once, missing ones made one after the other ---
  const small = new Map<FileHash, Promise<Blob | null>>();
  let making: Promise<unknown> = Promise.resolve();
  const make = async (hash: FileHash): Promise<Blob | null> => {
    const run = [...store.get().runs, ...store.get().removed].find(({ imageHash }) => imageHash === hash);
    const image = run ? ((await library.load(run.id))?.files.get(hash) ?? null) : null;
    if (!run || !image) return null;
    const bitmap = await images.bitmap(await images.open(image, run.imageName), 160);
    const thumbnail = await makeThumbnail(bitmap).finally(() => bitmap.close());
    if (thumbnail) await library.keepThumbnail(hash, thumbnail);
    return thumbnail;
  };
  const thumbnail = (hash: FileHash): Promise<Blob | null> => {
    const known = small.get(hash);
    if (known) return known;
    const found = (async () => {
      try {
        const kept = await library.thumbnail(hash);
        if (kept) return kept;
        const made = making.then(() => make(hash));
        making = made.catch(() => null);
        return await made;
      } catch {
        return null; // a list without one picture is no reason for a notice
      }
    })();
    small.set(hash, found);
    // It may come later, with an import.
    void found.then((blob) => blob ?? small.delete(hash));
    return found;
  };

  /** The files of the run on screen that are here: what is shown, and what is kept of the others. */
  const shownFiles = async (run: Trajectory): Promise<RunFiles> => {
    const here = sourcesOf(player.getState());
    const kept = hashesOf(run).length > 1 ? await library.load(run.id, { evenRemoved: true }).catch(() => null) : null;
    const files = new Map(kept?.files);
    for (const { ref, bytes } of here) if (hashesOf(run).includes(ref.hash)) files.set(ref.hash, bytes);
    return files;
  };

  const note = (report: StorageReport): void => store.set({ storage: report });
  const onKept = (): void => {
    if (!deps.notKept) void persistence?.ask(true).then(note);
  };

  const actions: ShelfActions = {
    renameRun: (id, title) =>
      act(async () => {
        await library.rename(id, title);
        const { run } = player.getState();
        if (run?.id === id) player.grow({ ...run, title });
      }),
    tagRuns: (ids, change) => act(() => library.tag(ids, change)),
    removeRuns: (ids) =>
      act(async () => {
        await shown.leave(ids);
        const erased = new Set(await library.remove(ids));
        const undo = ids.filter((id) => !erased.has(id));
        store.set({ undo: undo.length > 0 ? undo : null });
        if (erased.size > 0) store.set({ notice: erasedAtOnce(erased.size) });
      }),
    restoreRuns: (ids) =>
      act(async () => {
        const missing = await library.restore(ids);
        store.set({ undo: null });
        if (missing.length > 0) store.set({ notice: notRestored(missing.length) });
      }),
    eraseRuns: (ids) =>
      act(async () => {
        await library.erase(ids);
        store.set({ undo: null });
      }),
    forgetUndo: () => store.set({ undo: null }),
    keepShown: () =>
      act(async () => {
        const { run, source, pictures } = player.getState();
        const bitmap = source && pictures.get(source.ref.hash);
        if (!run) return;
        const going = shown.keepAgain();
        if (going) {
          if (!(await going)) return;
        } else {
          await library.save(run, await shownFiles(run), bitmap ? await makeThumbnail(bitmap) : null);
        }
        // What was said of the run itself meanwhile stays.
        if (store.get().notice?.code.startsWith('library/')) store.set({ notice: null });
        onKept();
      }),
    async fileOf(hash) {
      const { run } = player.getState();
      return (run && (await shownFiles(run)).get(hash)) ?? null;
    },
    exportShown: () =>
      attempt(async (): Promise<ExportedFile | null> => {
        const { run } = player.getState();
        if (!run) return null;
        const { fileName, writeRunFile } = await loadArchive();
        const tags = store.get().runs.find(({ id }) => id === run.id)?.tags ?? [];
        const text = await writeRunFile(run, tags, await shownFiles(run));
        const name = `${fileName(run.title, run.createdAt)}.json`;
        return { name, blob: new Blob([text], { type: 'application/json' }) };
      }),
    exportRuns: (ids, progress) =>
      attempt(async (): Promise<RunExport> => {
        const wanted = new Set(ids);
        const { exportRuns } = await loadArchive();
        return exportRuns(
          library,
          store.get().runs.filter(({ id }) => wanted.has(id)),
          progress,
        );
      }),
    importFiles: (files, progress) =>
      attempt(async (): Promise<ImportReport> => {
        const inPlace = async () => (await loadArchive()).importRuns(library, files, progress);
        const report = await (library.importFiles?.(files, progress ?? (() => undefined)) ?? inPlace());
        if (report.added.length > 0) onKept();
        return report;
      }),
    thumbnail,
    readStorage: async () => {
      if (persistence) note(await persistence.read());
    },
    askToKeep: async () => {
      if (persistence) note(await persistence.ask(false));
    },
  };

  return {
    actions,
    onKept,
    dispose: unsubscribe,
  };
}
