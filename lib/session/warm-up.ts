/**
 * What is done for a picture before anything is asked about it: the shipped model begins to load, and the picture's distance from what it
 * was trained on is measured, so that neither waits for the first question. Nothing of it is ever said to have failed: who asks is told.
 */
import type { Player } from '@/lib/player';
import type { SessionDeps } from './contract';
import { SHIPPED_MODEL } from './model-name';
import type { ModelLoader } from './model-loader';
import type { Store } from './picture';

/** What of the store and the player it reads anew when they change. */
export interface WarmUp {
  /** A picture came or went, or another model is wished for. */
  consider(): void;
  dispose(): void;
}

export function createWarmUp(
  store: Store,
  player: Player,
  deps: Pick<SessionDeps, 'engine' | 'images' | 'mayLoadAhead'>,
  models: Pick<ModelLoader, 'prepare'>,
): WarmUp {
  const isIdle = () => store.get().phase === 'idle';
  let going: { readonly hash: string; readonly abort: AbortController } | null = null;

  const measure = async (signal: AbortSignal): Promise<void> => {
    const { source } = player.getState();
    if (!source) return;
    if (store.get().engine?.modelUrl !== SHIPPED_MODEL) {
      if (!deps.mayLoadAhead?.()) return;
      await models.prepare({ unasked: true });
    }
    const { engine, settings } = store.get();
    // A run that has begun meanwhile tells the distance itself.
    if (signal.aborted || !isIdle() || engine?.modelUrl !== SHIPPED_MODEL || settings.modelUrl !== SHIPPED_MODEL)
      return;
    const { wholeImage } = await import('@/lib/agent');
    const image = await wholeImage(deps.images, engine.card, source, signal);
    const told = await deps.engine.distance?.(image, signal);
    if (told && !signal.aborted) store.set({ distance: { hash: source.ref.hash, ...told } });
  };

  return {
    consider() {
      const { source, run } = player.getState();
      const isWished = store.get().settings.modelUrl === SHIPPED_MODEL;
      const hash = source && !run && isWished ? source.ref.hash : null;
      if (going && going.hash === hash) return;
      going?.abort.abort();
      going = null;
      if (store.get().distance && store.get().distance?.hash !== hash) store.set({ distance: null });
      if (hash === null || store.get().distance || !isIdle()) return;
      const mine = { hash, abort: new AbortController() };
      going = mine;
      void measure(mine.abort.signal)
        .catch(() => undefined)
        .finally(() => {
          if (going === mine) going = null;
        });
    },
    dispose: () => going?.abort.abort(),
  };
}
