/**
 * A bench: the run over a data set that is going on, as one store with what can be done to it. It loads the model with the
 * first start, and keeps every result until the next start.
 */
import { createStore } from 'zustand/vanilla';
import type { EngineRemark, LoadProgress, LoadRequest, ModelCard, RunsOn, VlmEngine } from '@/lib/engine';
import type { ImageService } from '@/lib/image';
import type { SearchSource } from '@/lib/search/contract';
import type { RunSettings } from '@/lib/trajectory';
import type { BenchQuestion, DataProblem } from './data-set';
import type { BenchResult } from './result';
import { runBench } from './run-bench';
import type { SearchWay } from './search-ways';

/**
 * `pausing`: the run that is going is finished first. `done`: all was asked. `stopped`: by a person. `failed`: the model
 * could not be loaded, or failed again and again.
 */
export type BenchPhase = 'idle' | 'loading' | 'running' | 'pausing' | 'paused' | 'done' | 'stopped' | 'failed';

export interface BenchState {
  readonly phase: BenchPhase;
  readonly load: LoadProgress | null;
  readonly engine: {
    readonly device: RunsOn;
    readonly remarks: readonly EngineRemark[];
    readonly card: ModelCard;
  } | null;
  /** Runs: questions times ways. */
  readonly total: number;
  /** Finished or passed over. */
  readonly done: number;
  /** What is being asked, to find a result's picture by. */
  readonly questions: readonly BenchQuestion[];
  readonly current: {
    readonly question: BenchQuestion;
    readonly tools: boolean;
    readonly search: SearchWay;
  } | null;
  /** In the order of asking. */
  readonly results: readonly BenchResult[];
  /** Pictures that could not be used. */
  readonly problems: readonly DataProblem[];
  /** Why it failed: the engine's code, and a phrase of its words as it is written, or technical text. */
  readonly failure: { readonly code: string; readonly message: string } | null;
}

export interface BenchOptions {
  readonly questions: readonly BenchQuestion[];
  readonly ways: readonly boolean[];
  /** As of `BenchOrder`. */
  readonly searches?: readonly SearchWay[];
  readonly search?: SearchSource | null;
  /** Where the model is and on what it runs. */
  readonly model: LoadRequest;
}

export interface BenchDeps {
  readonly engine: VlmEngine;
  readonly images: ImageService;
  readonly settings: Omit<RunSettings, 'tools'>;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

export interface Bench {
  readonly getState: () => BenchState;
  readonly subscribe: (listener: (state: BenchState) => void) => () => void;
  /** Drops earlier results. Resolves when it has ended, however; ignored while one is going. */
  readonly start: (options: BenchOptions) => Promise<void>;
  /** After the run that is going. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Leaves out the run that is going; what is finished stays. */
  readonly stop: () => void;
}

const EMPTY: BenchState = {
  phase: 'idle',
  load: null,
  engine: null,
  total: 0,
  done: 0,
  questions: [],
  current: null,
  results: [],
  problems: [],
  failure: null,
};

export function createBench(deps: BenchDeps): Bench {
  const store = createStore<BenchState>()(() => EMPTY);
  const { getState: get, setState: set } = store;
  let going: AbortController | null = null;
  let letOn: (() => void) | null = null;

  const resume = () => {
    const { phase } = get();
    if (phase === 'pausing' || phase === 'paused') set({ phase: 'running' });
    letOn?.();
    letOn = null;
  };

  const gate = async () => {
    if (get().phase !== 'pausing') return;
    set({ phase: 'paused', current: null });
    await new Promise<void>((resolve) => (letOn = resolve));
  };

  const load = async (model: LoadRequest, signal: AbortSignal) => {
    for await (const progress of deps.engine.load(model, signal)) {
      if (signal.aborted) return null;
      set({ load: progress });
      if (progress.phase !== 'ready') continue;
      const engine = { device: progress.device, remarks: progress.remarks, card: progress.card };
      set({ engine });
      return engine;
    }
    return null;
  };

  const run = async ({ questions, ways, model, searches, search }: BenchOptions, signal: AbortSignal) => {
    const engine = await load(model, signal);
    if (!engine) return;
    // Paused while it loaded: it stays so.
    if (get().phase === 'loading') set({ phase: 'running' });
    const { images, settings, now } = deps;
    const events = runBench({
      ...{ ...engine, engine: deps.engine, images, questions, ways, settings, now, signal, gate },
      ...(searches && { searches }),
      ...(search && { search }),
    });
    for await (const event of events) {
      const { results, problems, done } = get();
      switch (event.type) {
        case 'asking':
          set({ current: { question: event.question, tools: event.tools, search: event.search } });
          break;
        case 'result':
          set({ results: [...results, event.result], done: done + 1 });
          break;
        case 'passed':
          set({ done: done + event.runs, problems: [...problems, event.problem] });
          break;
        case 'gave-up':
          set({ phase: 'failed', failure: { code: event.code, message: event.message } });
          break;
        default:
          event satisfies never;
      }
    }
  };

  return {
    getState: get,
    subscribe: store.subscribe,
    async start(options) {
      if (going) return;
      const mine = new AbortController();
      going = mine;
      const { questions, ways, searches = ['none'] } = options;
      set({ ...EMPTY, phase: 'loading', questions, total: questions.length * ways.length * searches.length });
      try {
        await run(options, mine.signal);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'internal';
        const message = error instanceof Error ? error.message : String(error);
        if (!mine.signal.aborted) set({ phase: 'failed', failure: { code, message } });
      } finally {
        going = null;
        const ended = mine.signal.aborted ? 'stopped' : 'done';
        set({ phase: get().phase === 'failed' ? 'failed' : ended, current: null, load: null });
      }
    },
    pause() {
      const { phase } = get();
      if (phase === 'running' || phase === 'loading') set({ phase: 'pausing' });
    },
    resume,
    stop() {
      going?.abort();
      resume();
    },
  };
}
