/**
 * Loads the model that the settings name: for a run, or ahead of one. The engine holds one model, so one load goes at a time: a
 * run that begins takes over from what was being made ready, and what is to be made ready waits for a run to end.
 */
import { type LoadProgress, type VlmEngine } from '@/lib/engine';
import { keptAs } from '@/lib/models';
import type { FileProgress, SessionState, Settings } from './contract';
import { noticeOfError } from './notices';
import { keyFor } from './server-keys';
import type { Store } from './picture';

export type Loaded = NonNullable<SessionState['engine']>;

export interface ModelLoader {
  /** @throws what the engine throws; null where aborted */
  load(wanted: Pick<Settings, 'modelUrl' | 'device'>, signal: AbortSignal): Promise<Loaded | null>;
  /**
   * Makes the model of the settings ready; resolves when that has ended, however. `unasked`: nobody asked for it, and where it fails
   * nothing is said; who then asks is told.
   */
  prepare(how?: { readonly unasked: boolean }): Promise<void>;
  /** Before a run loads its model: the same one on its way is waited for, any other is ended. */
  giveWay(wanted: Pick<Settings, 'modelUrl' | 'device'>, signal: AbortSignal): Promise<void>;
  /** Ends what `prepare` began; resolves when it has. `paused` goes on showing how far it came. */
  halt(paused: boolean): Promise<void>;
  /** Other files lie under this address now: whoever has loaded it has the old ones, and lets go of them before the next load. */
  replaced(modelUrl: string): Promise<void>;
  release(): Promise<void>;
}

interface Going {
  /** The model and the device of the settings when it began. */
  readonly of: string;
  readonly abort: AbortController;
  readonly settled: Promise<void>;
}

const nameOf = ({ modelUrl, device }: Pick<Settings, 'modelUrl' | 'device'>): string => `${device} ${modelUrl}`;

/** @param running resolves when the run that is going has ended; null where none is */
export function createModelLoader(store: Store, engine: VlmEngine, running: () => Promise<void> | null): ModelLoader {
  let going: Going | null = null;
  const replaced = new Set<string>();
  engine.onUnload?.(() => store.set({ engine: null }));
  engine.onNote?.((note) => {
    const { engine: now } = store.get();
    if (now) store.set({ engine: { ...now, notes: [...(now.notes ?? []), note] } });
  });

  const load: ModelLoader['load'] = async ({ modelUrl, device }, signal) => {
    if (replaced.delete(keptAs(modelUrl))) {
      store.set({ engine: null });
      await engine.dispose();
    }
    const { engine: before, hub, keys } = store.get();
    // The engine lets go of another model first, and where this load fails it has none.
    store.set({ load: null, files: [], ...(before?.modelUrl !== modelUrl && { engine: null }) });
    let ready: Loaded | null = null;
    const request = {
      modelUrl,
      device,
      hub: modelUrl.startsWith('hub:') ? hub : undefined,
      key: keyFor(keys, modelUrl),
    };
    for await (const progress of engine.load(request, signal)) {
      // To its end all the same: what is on its way is kept.
      if (signal.aborted) continue;
      if (progress.phase === 'ready') {
        const { device: on, engine: runner, remarks, card, keptCopy } = progress;
        ready = { modelUrl, device: on, engine: runner, remarks, card, ...(keptCopy && { keptCopy }) };
        store.set({ load: progress, engine: ready });
      } else {
        store.set({ load: progress, files: withFile(store.get().files, progress) });
      }
    }
    return ready;
  };

  const ready = async (unasked: boolean, signal: AbortSignal): Promise<void> => {
    const run = running();
    store.set({ ahead: { status: run ? 'waiting' : 'going', notice: null }, ...(!unasked && { notice: null }) });
    if (run) {
      await Promise.race([run, aborted(signal)]);
      if (signal.aborted) return;
      store.set({ ahead: { status: 'going', notice: null } });
    }
    try {
      await load(store.get().settings, signal);
      if (!signal.aborted) store.set({ ahead: null, load: null, files: [] });
    } catch (error) {
      if (signal.aborted) return;
      if (unasked) return store.set({ ahead: null, load: null, files: [] });
      const notice = noticeOfError(error);
      store.set({ ahead: { status: 'failed', notice }, notice, load: null });
    }
  };

  const halt: ModelLoader['halt'] = async (paused) => {
    const last = going;
    last?.abort.abort();
    if (paused) {
      if (last) store.set({ ahead: { status: 'paused', notice: null } });
    } else if (store.get().ahead) {
      store.set({ ahead: null, load: null, files: [] });
    }
    await last?.settled;
  };

  return {
    load,
    halt,
    async giveWay(wanted, signal) {
      const isSame = going?.of === nameOf(wanted) && !going.abort.signal.aborted;
      if (isSame) await Promise.race([going?.settled, aborted(signal)]);
      else await halt(false);
    },
    async prepare({ unasked } = { unasked: false }) {
      if (going && !going.abort.signal.aborted) return going.settled;
      const last = going;
      const abort = new AbortController();
      const work = async () => {
        if (last) await last.settled;
        if (!abort.signal.aborted) await ready(unasked, abort.signal);
      };
      const mine: Going = {
        of: nameOf(store.get().settings),
        abort,
        settled: work().finally(() => {
          if (going === mine) going = null;
        }),
      };
      going = mine;
      await mine.settled;
    },
    async replaced(modelUrl) {
      const files = keptAs(modelUrl);
      replaced.add(files);
      if (keptAs(store.get().settings.modelUrl) === files) await halt(false);
    },
    async release() {
      await halt(false);
      if (running()) return;
      store.set({ engine: null });
      await engine.dispose();
    },
  };
}

/** Files named for the first time come last. */
function withFile(files: readonly FileProgress[], progress: LoadProgress): readonly FileProgress[] {
  if (progress.phase !== 'download') return files;
  const { file: name, fileLoaded: loaded, fileTotal: total } = progress;
  if (loaded === undefined || total === undefined) return files;
  const at = files.findIndex((one) => one.name === name);
  return at < 0 ? [...files, { name, loaded, total }] : files.with(at, { name, loaded, total });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
