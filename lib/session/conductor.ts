/**
 * Conducts one run at a time: loads the model, streams the events, folds them into the trajectory on screen and has it
 * kept. Whatever fails ends in words and an idle page with the finished steps still there.
 */
import type { ImageBox } from '@/lib/geometry';
import { makeThumbnail, type SourceImage } from '@/lib/image';
import { sourcesFor, sourcesOf, type Player } from '@/lib/player';
import {
  foldEvent,
  givenHashes,
  hashesOf,
  questionOf,
  type RunSettings,
  type Trajectory,
  type TrajectoryEvent,
} from '@/lib/trajectory';
import type { AgentRun, ForkChange } from '@/lib/agent';
import { askedRun } from './asked-run';
import type { Asked, Begins } from './begins';
import type { Measuring, SessionDeps, SessionState, Settings } from './contract';
import { createRunKeeper, type RunKeeper } from './keeper';
import type { ModelLoader } from './model-loader';
import { noticeOfError, noticeOfRun } from './notices';
import type { Store } from './picture';
import { sandboxLater } from './sandbox-later';
import { fitSettings, runSettings } from './settings';

export interface Conductor {
  /** What was typed and set as it was asked. Resolves when the run has settled and is kept. Ignored while one is going. `about`: see `SessionActions.ask`. */
  ask(typed: Pick<SessionState, 'question' | 'settings'>, about?: ImageBox): Promise<void>;
  /** The same for the question of a finished run (see `SessionActions.askAgain`). */
  askAgain(run: Trajectory, change: Partial<RunSettings>): Promise<void>;
  /** From the last finished turn of the run on screen (see `SessionActions.goOn`). */
  goOn(): Promise<void>;
  /** See `SessionActions.fork`. */
  fork(change: ForkChange, settings: Partial<Settings>): Promise<void>;
  /** See `SessionActions.askTimes`. */
  askTimes(runs: readonly Trajectory[], times: number, change: Partial<RunSettings>): Promise<void>;
  /** See `SessionActions.measure`. */
  measure<P>(work: Measuring<P>): Promise<P | null>;
  /** Ends the run, if any; resolves when it has settled. */
  stop(): Promise<void>;
  /** Resolves when the run that is going has settled; null where none is. */
  running(): Promise<void> | null;
  /** Goes on keeping the run that is going, from its start, whatever hindered it. Null where none is going. */
  keepAgain(): Promise<boolean> | null;
  /** Writes what is not written yet of the run that is going. */
  flush(): void;
}

/** Milliseconds. */
const FRAME_MS = 16;

/** Each turn takes a seed of its own, counted on from the run's: runs must not take each other's. */
const SEEDS_APART = 1009;

/** So long a run that has ended waits for the disk; then the page is ready, and the writing goes on beside it. */
const KEPT_WITHIN_MS = 3000;

/** Of a picture that a call brought, on screen. Pixels. */
const BROUGHT_SIDE = 4096;

/** How far the run is, and the run. */
type Shown = Partial<Pick<SessionState, 'progress'>> & { readonly run?: Trajectory };

/** @param onKept a run has ended and all of it is kept */
export function createConductor(
  store: Store,
  player: Player,
  deps: SessionDeps,
  models: Pick<ModelLoader, 'load' | 'giveWay'>,
  onKept: () => void,
): Conductor {
  const startRun = deps.startRun ?? runLater;
  const sandbox = deps.sandbox ?? sandboxLater();
  let going: { readonly abort: AbortController; readonly settled: Promise<void> } | null = null;
  let keeping: RunKeeper | null = null;
  /** Since `askTimes` began. */
  let stopped = false;

  /** What is to be shown with the next frame: every change of a store draws the page at once, and a server may be faster than that. */
  let waiting: Shown = {};
  let shownAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** The run with every event there was, by the name it has on screen, which a person may have changed. */
  const latest = (): Trajectory | null => {
    const { run } = player.getState();
    return waiting.run && run?.id === waiting.run.id ? { ...waiting.run, title: run.title } : (waiting.run ?? run);
  };
  const show = (patch: Shown): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const progress = patch.progress === undefined ? waiting.progress : patch.progress;
    const run = patch.run ?? (waiting.run && latest());
    waiting = {};
    shownAt = deps.now();
    if (progress !== undefined) store.set({ progress });
    if (run) player.grow(run);
  };
  const showSoon = (patch: Shown): void => {
    if (deps.now() - shownAt >= FRAME_MS) return show(patch);
    waiting = { ...waiting, ...patch };
    timer ??= setTimeout(() => show({}), FRAME_MS);
  };

  /** Folds one event into the state; true when it is worth keeping at once. */
  const take = (event: TrajectoryEvent): boolean => {
    if (event.type === 'progress') {
      showSoon({ progress: { phase: event.phase, done: event.done, total: event.total } });
      return false;
    }
    const run = foldEvent(event.type === 'run-start' ? null : latest(), event);
    // What a run goes on from comes all at once: drawn step by step, it would hold up what is new.
    if (event.type === 'run-start') show({ run });
    else if (event.type === 'run-end') show({ run, progress: null });
    else showSoon({ run });
    return event.type === 'run-start' || event.type === 'run-end';
  };

  /** @returns whether a run began */
  const run = async (
    asked: Asked,
    first: Pick<Trajectory, 'id' | 'createdAt'>,
    begins: Begins,
    keeper: RunKeeper,
    onFile: NonNullable<AgentRun['onFile']>,
    signal: AbortSignal,
  ): Promise<boolean> => {
    const began = deps.now();
    let ended = false;
    let id: string | null = null;
    const step = async (event: TrajectoryEvent) => {
      const now = take(event);
      const run = latest();
      if (!run) return;
      id = run.id;
      const saved = keeper.keep(run, now);
      if (event.type !== 'run-end') return; // the run does not wait for the disk
      ended = true;
      if (event.status === 'failed') store.set({ notice: noticeOfRun(event.code, event.message) });
      await soon(saved);
    };
    try {
      const events = startRun({
        engine: deps.engine,
        images: deps.images,
        ...(asked.from && { from: asked.from }),
        parent: asked.parent,
        ...begins,
        now: deps.now,
        id: first.id,
        createdAt: first.createdAt,
        onFile,
        signal,
      });
      for await (const event of events) await step(event);
    } catch (error) {
      if (!signal.aborted) store.set({ notice: noticeOfError(error) });
    }
    if (!ended && id !== null) await step(endEarly(store.get(), signal.aborted, deps.now() - began));
    return id !== null;
  };

  /** Files that calls of a kept run brought: who goes on from it shows them to the model again. */
  const filesBrought = async (run: Trajectory, signal: AbortSignal): Promise<readonly SourceImage[]> => {
    const given = givenHashes(run);
    const brought = run.pictures.flatMap((one) =>
      one.from === 'call' && one.file.hash !== null && !given.includes(one.file.hash) ? [one.file] : [],
    );
    if (brought.length === 0) return [];
    const kept = await deps.library.load(run.id, { evenRemoved: true });
    const files: SourceImage[] = [];
    for (const { hash, name } of brought) {
      const bytes = kept?.files.get(hash ?? '');
      if (bytes) files.push(await deps.images.open(bytes, name, signal));
    }
    return files;
  };

  const perform = async (asked: Asked, signal: AbortSignal): Promise<void> => {
    const { sources, question } = asked;
    // What was asked leaves the field; it comes back where nothing came of it.
    const isTyped = store.get().question.trim() === question;
    store.set({ phase: 'loading', asked: question, notice: null, progress: null, ...(isTyped && { question: '' }) });
    player.actions.pause();
    const files = new Map<string, Blob>(sources.map(({ ref, bytes }) => [ref.hash, bytes]));
    /** What a call brought is kept with the run and shown with it. */
    const onFile = async ({ ref, bytes }: SourceImage): Promise<void> => {
      files.set(ref.hash, bytes);
      const { pictures } = player.getState();
      if (pictures.has(ref.hash)) return;
      const bitmap = await deps.images.bitmap({ ref, bytes }, BROUGHT_SIDE).catch(() => null);
      if (bitmap) player.show({ pictures: new Map([...player.getState().pictures, [ref.hash, bitmap]]) });
    };
    const pictures = {
      files,
      thumbnail: () => {
        const bitmap = player.getState().pictures.get(sources[0]?.ref.hash ?? '');
        return bitmap ? makeThumbnail(bitmap) : Promise.resolve(null);
      },
    };
    const keeper = createRunKeeper(deps.library, pictures, {
      refused: (error) => store.set({ notice: noticeOfError(error) }),
      kept: onKept,
    });
    const first = askedRun({ ...asked, settings: runSettings(asked.settings, false) });
    void keeper.keep(first, true);
    let began = false;
    try {
      await models.giveWay(asked.settings, signal);
      if (signal.aborted) return;
      const ready = await models.load(asked.settings, signal);
      const brought = asked.from ? await filesBrought(asked.from, signal) : [];
      for (const file of brought) await onFile(file);
      const search = (await deps.searchSource?.(asked.settings.searchIn)) ?? null;
      const begins =
        ready &&
        (await loadBegins().then(({ beginsOf }) =>
          beginsOf({ ...asked, brought }, first, ready, store.get().dialects, { search, sandbox }),
        ));
      if (!begins || signal.aborted) return;
      if ('code' in begins) return store.set({ notice: begins });
      player.show({ run: null, live: true });
      store.set({ phase: 'running' });
      keeping = keeper;
      began = await run(asked, first, begins, keeper, onFile, signal);
    } catch (error) {
      if (!signal.aborted) store.set({ notice: noticeOfError(error) });
    } finally {
      keeping = null;
      show({});
      player.settle();
      if (!began) await soon(keeper.withdraw());
      const failed = !began || player.getState().run?.status === 'failed';
      if (failed && isTyped && store.get().question === '') store.set({ question });
      store.set({ phase: 'idle', asked: null, progress: null, load: null, files: [] });
    }
  };

  const begin = async (asked: Asked): Promise<void> => {
    if (going || store.get().phase !== 'idle' || asked.question === '') return;
    const abort = new AbortController();
    const settled = perform(asked, abort.signal).finally(() => {
      going = null;
    });
    going = { abort, settled };
    await settled;
  };

  /** Of a finished run, with the page's device and model; the rest may have come by link and must fit. */
  const settingsOf = (run: Trajectory, change: Partial<Settings | RunSettings>): Settings => {
    const { settings } = store.get();
    const { device, modelUrl } = settings;
    // A run that says nothing of a grammar had none.
    const grammar = run.settings?.grammar ?? false;
    return fitSettings({ ...(run.settings ?? settings), grammar, device, modelUrl, ...change }, settings);
  };

  return {
    async ask({ question, settings }, about) {
      const sources = sourcesOf(player.getState());
      if (sources.length === 0) return;
      await begin({ sources, question: question.trim(), settings, parent: null, ...(about && { about }) });
    },
    async askAgain(run, change) {
      const sources = sourcesFor(run, player.getState());
      if (!sources) return;
      const parent = { runId: run.id, steps: 0, change: null };
      await begin({ sources, question: questionOf(run), settings: settingsOf(run, change), parent });
    },
    async fork(change, settings) {
      const { run } = player.getState();
      const sources = run && sourcesFor(run, player.getState());
      if (!run || !sources) return;
      const parent = { runId: run.id, steps: 0, change: null };
      const question = change.kind === 'said' ? change.text : questionOf(run);
      await begin({ sources, question, settings: settingsOf(run, settings), parent, from: run, change });
    },
    async askTimes(runs, times, change) {
      const [first] = runs;
      const sources = first && sourcesFor(first, player.getState());
      if (!sources || going || runs.some((run) => !sourcesFor(run, player.getState()))) return;
      stopped = false;
      const of = times * runs.length;
      for (let done = 1; done <= of && !stopped; done += 1) {
        store.set({ times: { done, of } });
        const run = runs[(done - 1) % runs.length]!; // there is one, or `of` were 0
        const time = Math.ceil(done / runs.length);
        const seed = ((run.settings?.seed ?? 0) + time * SEEDS_APART) % 2 ** 32;
        const parent = { runId: run.id, steps: 0, change: { kind: 'again', json: { seed } } };
        const before = player.getState().run;
        await begin({ sources, question: questionOf(run), settings: settingsOf(run, { ...change, seed }), parent });
        // What failed once fails again.
        const { run: made } = player.getState();
        if (made === before || made?.status !== 'done') break;
      }
      store.set({ times: null });
    },
    async goOn() {
      const { settings } = store.get();
      const { run } = player.getState();
      const sources = run && sourcesFor(run, player.getState());
      if (!run || !sources) return;
      const from = upToLastFinishedTurn(run);
      if (!from) return;
      const parent = { runId: run.id, steps: from.steps.length, change: null };
      await begin({ sources, question: questionOf(run), settings, parent, from });
    },
    async measure(work) {
      const { run } = player.getState();
      const sources = run && sourcesFor(run, player.getState());
      // What calls brought is not among them.
      if (going || store.get().phase !== 'idle' || !run || sources?.length !== hashesOf(run).length) return null;
      const abort = new AbortController();
      const measured = import('./measure').then(({ measureRun }) =>
        measureRun(store, player, deps, models, { run, sources, work, signal: abort.signal }),
      );
      const settled = measured.then(
        () => undefined,
        (error: unknown) => store.set({ phase: 'idle', notice: noticeOfError(error) }),
      );
      going = { abort, settled: settled.finally(() => (going = null)) };
      await going.settled;
      return measured.catch(() => null);
    },
    async stop() {
      stopped = true;
      going?.abort.abort();
      await going?.settled;
    },
    running: () => going?.settled ?? null,
    flush: () => keeping?.flush(),
    keepAgain() {
      const run = latest();
      return keeping && run ? keeping.keepAgain(run) : null;
    },
  };
}

const soon = (work: Promise<void>): Promise<void> =>
  Promise.race([work, new Promise<void>((resolve) => setTimeout(resolve, KEPT_WITHIN_MS))]);

/** The loop and its dialects come with the first question, as the model does: the first page does without. */
const loadAgent = () => import('@/lib/agent');
const loadBegins = () => import('./begins');

async function* runLater(order: AgentRun): AsyncGenerator<TrajectoryEvent, void, undefined> {
  const { runAgent } = await loadAgent();
  yield* runAgent(order);
}

/** Without the turn that broke off; null where no turn was finished. */
export function upToLastFinishedTurn(run: Trajectory): Trajectory | null {
  const done = Math.max(0, ...run.steps.flatMap((step) => (step.type === 'result' ? [step.turn] : [])));
  const steps = run.steps.filter(({ turn }) => turn <= done);
  if (steps.length === 0) return null;
  return { ...run, steps, usage: run.usage.filter(({ turn }) => turn <= done) };
}

/** The end of a run whose stream broke off without one. */
function endEarly(state: SessionState, aborted: boolean, at: number): TrajectoryEvent {
  return aborted
    ? { type: 'run-end', at, status: 'stopped', reason: 'abort', message: '', code: null }
    : {
        type: 'run-end',
        at,
        status: 'failed',
        reason: 'error',
        message: state.notice?.problem?.written ?? state.notice?.told?.text ?? '',
        code: codeOf(state.notice?.code),
      };
}

/** Trajectories keep the subsystem's bare code. */
const codeOf = (code: string | undefined): string | null => code?.split('/').at(-1) ?? null;
