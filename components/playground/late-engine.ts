/** The engine's client, fetched when the model is first wanted: the first page does without. */
import { EngineError, type VlmEngine } from '@/lib/engine';

export function lateEngine(): VlmEngine {
  let coming: Promise<VlmEngine> | null = null;
  let tellUnloaded: (() => void) | null = null;
  const engine = (): Promise<VlmEngine> => {
    coming ??= import('@/lib/engine').then(({ connectEngine }) => {
      const here = connectEngine();
      here.onUnload?.(() => tellUnloaded?.());
      return here;
    }, unreachable);
    // It is fetched again the next time.
    coming.catch(() => (coming = null));
    return coming;
  };
  return {
    async *load(request, signal) {
      yield* (await engine()).load(request, signal);
    },
    async *generate(request, signal) {
      yield* (await engine()).generate(request, signal);
    },
    async *score(request, signal) {
      const here = await engine();
      if (here.score) yield* here.score(request, signal);
    },
    async dispose() {
      const here = await coming?.catch(() => null);
      await here?.dispose();
    },
    onUnload(told) {
      tellUnloaded = told;
    },
  };
}

function unreachable(cause: unknown): never {
  throw new EngineError('network', 'The code of the engine could not be fetched.', { cause });
}
