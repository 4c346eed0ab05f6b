/**
 * What conducts runs, whose code comes with the first question: the first page asks nothing. Code that did not come is asked for again by
 * the next question.
 */
import type { Conductor } from './conductor';

export interface LaterConductor extends Conductor {
  /** There is something to ask about. */
  preload(): void;
}

/** @param load rejects where the code cannot be fetched; told to `onMissing`, and nothing begins */
export function conductorLater(load: () => Promise<Conductor>, onMissing: (error: unknown) => void): LaterConductor {
  let loaded: Conductor | null = null;
  let loading: Promise<Conductor> | null = null;
  let stops = 0;

  const fetched = (): Promise<Conductor> =>
    (loading ??= load().then(
      (conductor) => (loaded = conductor),
      (error: unknown) => {
        loading = null;
        throw error;
      },
    ));

  /** Not where it was stopped before the code was there. */
  const begin = async <T>(how: (conductor: Conductor) => Promise<T>): Promise<T | undefined> => {
    if (loaded) return how(loaded);
    const before = stops;
    const conductor = await fetched().catch(onMissing);
    return conductor && stops === before ? how(conductor) : undefined;
  };

  return {
    preload: () => void fetched().catch(() => undefined),
    ask: (...given) => begin((conductor) => conductor.ask(...given)),
    askAgain: (...given) => begin((conductor) => conductor.askAgain(...given)),
    goOn: (...given) => begin((conductor) => conductor.goOn(...given)),
    fork: (...given) => begin((conductor) => conductor.fork(...given)),
    askTimes: (...given) => begin((conductor) => conductor.askTimes(...given)),
    measure: async (work) => (await begin((conductor) => conductor.measure(work))) ?? null,
    async stop() {
      stops += 1;
      await loaded?.stop();
    },
    running: () => loaded?.running() ?? null,
    keepAgain: () => loaded?.keepAgain() ?? null,
    flush: () => loaded?.flush(),
  };
}
