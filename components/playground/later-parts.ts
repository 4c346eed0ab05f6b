/**
 * The engine's client and the picture service of the page, whose code comes with their first work: the first page shows no picture and
 * asks nothing. Code that did not come is asked for again by the next work.
 */
import type { EngineNote, VlmEngine } from '@/lib/engine';
import type { ImageService } from '@/lib/image';

interface Later<T> {
  readonly get: () => Promise<T>;
  /** Null where nobody asked for it yet. */
  readonly asked: () => Promise<T> | null;
}

function later<T>(load: () => Promise<T>): Later<T> {
  let made: Promise<T> | null = null;
  const get = () => {
    made ??= load().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
  return { get, asked: () => made };
}

export function engineLater(load: () => Promise<VlmEngine>): VlmEngine {
  const listeners: (() => void)[] = [];
  const noted: ((note: EngineNote) => void)[] = [];
  const engine = later(async () => {
    const loaded = await load();
    loaded.onUnload?.(() => listeners.forEach((told) => told()));
    loaded.onNote?.((note) => noted.forEach((told) => told(note)));
    return loaded;
  });
  return {
    async *load(...given) {
      yield* (await engine.get()).load(...given);
    },
    async *generate(...given) {
      yield* (await engine.get()).generate(...given);
    },
    async *score(...given) {
      const loaded = await engine.get();
      if (loaded.score) yield* loaded.score(...given);
    },
    // Asked only where the model's card says that it can.
    pixels: async (...given) => (await engine.get()).pixels!(...given),
    distance: async (...given) => (await (await engine.get()).distance?.(...given)) ?? null,
    async dispose() {
      await (await engine.asked()?.catch(() => null))?.dispose();
    },
    onUnload: (told) => void listeners.push(told),
    onNote: (told) => void noted.push(told),
  };
}

export function imagesLater(load: () => Promise<ImageService>): ImageService {
  const images = later(load);
  return {
    open: async (...given) => (await images.get()).open(...given),
    cut: async (...given) => (await images.get()).cut(...given),
    bitmap: async (...given) => (await images.get()).bitmap(...given),
    dispose: () =>
      void images.asked()?.then(
        (loaded) => loaded.dispose(),
        () => undefined,
      ),
  };
}
