/**
 * One engine for whatever address a person chooses: models that run in this page, and those behind a server, whose code comes when one is
 * first chosen. Of the two only one has a model at a time.
 */
import { EngineError, type EngineNote, type VlmEngine } from './contract';

export function chooseEngine(
  here: VlmEngine,
  openRemote: () => Promise<VlmEngine> = () => import('./remote').then(({ remoteEngine }) => remoteEngine()),
): VlmEngine {
  let remote: VlmEngine | null = null;
  let inUse: VlmEngine = here;
  let tell: (note: EngineNote) => void = () => undefined;

  const opened = async (): Promise<VlmEngine> => {
    if (remote) return remote;
    try {
      remote = await openRemote();
    } catch (error) {
      throw new EngineError('network', String(error), { cause: error });
    }
    remote.onNote?.((note) => tell(note));
    return remote;
  };

  return {
    async *load(request, signal) {
      const next = request.modelUrl.startsWith('remote:') ? await opened() : here;
      if (next !== inUse) await inUse.dispose();
      inUse = next;
      yield* next.load(request, signal);
    },
    generate: (request, signal) => inUse.generate(request, signal),
    async *score(request, signal) {
      // Of one that cannot, its card says so.
      if (inUse.score) yield* inUse.score(request, signal);
    },
    // The same.
    pixels: (request, signal) => inUse.pixels!(request, signal),
    distance: (image, signal) => inUse.distance?.(image, signal) ?? Promise.resolve(null),
    async dispose() {
      await here.dispose();
      await remote?.dispose();
    },
    onUnload: (told) => here.onUnload?.(told),
    onNote(told) {
      tell = told;
    },
  };
}
