/**
 * Conducts one run at a time: loads the model, streams the events, folds them into the trajectory on screen and has it
 * kept. Whatever fails ends in words and an idle page with the finished steps still there.
 */
import { makeThumbnail, type SourceImage } from '@/lib/image';
import {
  foldEvent,
  hashesOf,
  questionOf,
  type RunSettings,
  type Trajectory,
  type TrajectoryEvent,
} from '@/lib/trajectory';
import type { AgentRun } from '@/lib/agent';
import type { SessionDeps, SessionState } from './contract';
import { createRunKeeper, type RunKeeper } from './keeper';
import type { Loaded, ModelLoader } from './model-loader';
import { recordedModelUrl } from './model-name';
import { noticeOfError, noticeOfRun } from './notices';
import type { Store } from './picture';
import { fitSettings, runSettings } from './settings';

export interface Conductor {
  /** Resolves when the run has settled and is kept. Ignored while one is going. */
  ask(): Promise<void>;
  /** The same for the question of a finished run (see `SessionActions.askAgain`). */
  askAgain(run: Trajectory, change: Partial<RunSettings>): Promise<void>;
  /** From the last finished turn of the run on screen (see `SessionActions.goOn`). */
  goOn(): Promise<void>;
  /** Ends the run, if any; resolves when it has settled. */
  stop(): Promise<void>;
  /** Resolves when the run that is going has settled; null where none is. */
  running(): Promise<void> | null;
  /** Goes on keeping the run that is going, from its start, whatever hindered it. Null where none is going. */
  keepAgain(): Promise<boolean> | null;
}

/** Milliseconds. */
const FRAME_MS = 16;

/** As it was when it was asked: the person may go on typing, and change settings, while the model loads. */
type Asked = Readonly<Pick<SessionState, 'question' | 'settings'>> & {
  readonly source: SourceImage;
  readonly parent: Trajectory['parent'];
  /** What it goes on from; left out: it begins anew. */
  readonly from?: Trajectory;
};

/** @param onKept a run has ended and all of it is kept */
export function createConductor(
  store: Store,
  deps: SessionDeps,
  models: Pick<ModelLoader, 'load' | 'halt'>,
  onKept: () => void,
): Conductor {
  const startRun = deps.startRun ?? runLater;
  let going: { readonly abort: AbortController; readonly settled: Promise<void> } | null = null;
  let keeping: RunKeeper | null = null;

  /** What is to be shown with the next frame: every change of the store draws the page at once, and a server may be faster than that. */
  let waiting: Partial<SessionState> = {};
  let shownAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const show = (patch: Partial<SessionState>): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const all = { ...waiting, ...patch };
    waiting = {};
    shownAt = deps.now();
    if (Object.keys(all).length === 0) return;
    const { trajectory } = all;
    const { following, cursor } = store.get();
    const length = trajectory?.steps.length ?? 0;
    store.set(trajectory ? { ...all, cursor: following ? length : Math.min(cursor, length) } : all);
  };
  const showSoon = (patch: Partial<SessionState>): void => {
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
    const before = event.type === 'run-start' ? null : latest();
    const trajectory = foldEvent(before, event);
    if (event.type.endsWith('-delta')) showSoon({ trajectory });
    else show(event.type === 'run-end' ? { trajectory, progress: null } : { trajectory });
    return event.type === 'run-start' || event.type === 'run-end';
  };
  const latest = (): Trajectory | null => waiting.trajectory ?? store.get().trajectory;

  const run = async (asked: Asked, ready: Loaded, keeper: RunKeeper, signal: AbortSignal): Promise<void> => {
    const began = deps.now();
    let ended = false;
    let id: string | null = null;
    const step = async (event: TrajectoryEvent) => {
      const now = take(event);
      const trajectory = latest();
      if (!trajectory) return;
      id = trajectory.id;
      const saved = keeper.keep(trajectory, now);
      if (event.type !== 'run-end') return; // the run does not wait for the disk
      ended = true;
      if (event.status === 'failed') store.set({ notice: noticeOfRun(event.code, event.message) });
      await saved;
    };
    try {
      const { isConstrained } = await loadAgent();
      const events = startRun({
        engine: deps.engine,
        images: deps.images,
        given: asked.from ? [{ source: asked.source }] : [{ source: asked.source }, { text: asked.question }],
        ...(asked.from && { from: asked.from }),
        settings: {
          ...runSettings(asked.settings, isConstrained(ready.card.dialect)),
          ...(ready.card.newTokens !== undefined && { maxNewTokens: ready.card.newTokens }),
        },
        parent: asked.parent,
        card: ready.card,
        device: ready.device,
        modelUrl: recordedModelUrl(ready.modelUrl),
        ...(ready.engine !== undefined && { engineName: ready.engine }),
        now: deps.now,
        signal,
      });
      for await (const event of events) await step(event);
    } catch (error) {
      if (!signal.aborted) store.set({ notice: noticeOfError(error) });
    }
    if (!ended && id !== null) await step(cutShort(store.get(), signal.aborted, deps.now() - began));
  };

  const perform = async (asked: Asked, signal: AbortSignal): Promise<void> => {
    const { source, question } = asked;
    store.set({ phase: 'loading', asked: question, notice: null, load: null, progress: null, playing: false });
    try {
      await models.halt(false);
      if (signal.aborted) return;
      const ready = await models.load(asked.settings, signal);
      if (!ready || signal.aborted) return;
      store.set({ phase: 'running', trajectory: null, cursor: 0, following: true });
      const pictures = {
        files: new Map([[source.ref.hash, source.bytes]]),
        thumbnail: () => {
          const { bitmap } = store.get();
          return bitmap ? makeThumbnail(bitmap) : Promise.resolve(null);
        },
      };
      const keeper = createRunKeeper(deps.library, pictures, {
        refused: (error) => store.set({ notice: noticeOfError(error) }),
        kept: onKept,
      });
      keeping = keeper;
      await run(asked, ready, keeper, signal);
    } catch (error) {
      if (!signal.aborted) store.set({ notice: noticeOfError(error) });
    } finally {
      keeping = null;
      show({});
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

  return {
    async ask() {
      const { source, settings, question } = store.get();
      if (source) await begin({ source, question: question.trim(), settings, parent: null });
    },
    async askAgain(run, change) {
      const { source, settings } = store.get();
      if (!source || hashesOf(run).join() !== source.ref.hash) return;
      await begin({
        source,
        question: questionOf(run),
        // Device and model are the page's to choose; the rest may have come by link and must fit. A run that says nothing of
        // a grammar had none.
        settings: fitSettings(
          {
            ...(run.settings ?? settings),
            grammar: run.settings?.grammar ?? false,
            ...change,
            device: settings.device,
            modelUrl: settings.modelUrl,
          },
          settings,
        ),
        parent: { runId: run.id, steps: 0, change: null },
      });
    },
    async goOn() {
      const { source, settings, trajectory: run } = store.get();
      if (!source || !run || hashesOf(run).join() !== source.ref.hash) return;
      const from = upToLastFinishedTurn(run);
      if (!from) return;
      const parent = { runId: run.id, steps: from.steps.length, change: null };
      await begin({ source, question: questionOf(run), settings, parent, from });
    },
    async stop() {
      going?.abort.abort();
      await going?.settled;
    },
    running: () => going?.settled ?? null,
    keepAgain() {
      const { trajectory } = store.get();
      return keeping && trajectory ? keeping.keepAgain(trajectory) : null;
    },
  };
}

/** The loop and its dialects come with the first question, as the model does: the first page does without. */
const loadAgent = () => import('@/lib/agent');

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
function cutShort(state: SessionState, aborted: boolean, at: number): TrajectoryEvent {
  return aborted
    ? { type: 'run-end', at, status: 'stopped', reason: 'abort', message: '', code: null }
    : {
        type: 'run-end',
        at,
        status: 'failed',
        reason: 'error',
        message: state.notice?.problem?.written ?? state.notice?.detail ?? '',
        code: codeOf(state.notice?.code),
      };
}

/** Trajectories keep the subsystem's bare code. */
const codeOf = (code: string | undefined): string | null => code?.split('/').at(-1) ?? null;

/** A run that was still going when its page was closed is shown as stopped: nothing will ever continue it. */
export function settleKept(trajectory: Trajectory): Trajectory {
  if (trajectory.status !== 'running') return trajectory;
  const message = 'The page was closed while this run was going.';
  return { ...trajectory, status: 'stopped', stop: { reason: 'abort', message, code: null } };
}
