/**
 * Measures something of the run on screen with the model that wrote it, and keeps what comes of it with the run: on screen, and in the
 * library where the run is kept.
 */
import { findDialect } from '@/lib/agent';
import type { SourceImage } from '@/lib/image';
import type { Player } from '@/lib/player';
import { withLens, type KeptLens, type Trajectory } from '@/lib/trajectory';
import type { Measuring, SessionDeps } from './contract';
import { recordedModelUrl } from './model-name';
import type { ModelLoader } from './model-loader';
import { noticeOfError } from './notices';
import type { Store } from './picture';

interface Order<P> {
  readonly run: Trajectory;
  /** The files of its pictures. */
  readonly sources: readonly SourceImage[];
  readonly work: Measuring<P>;
  readonly signal: AbortSignal;
}

/** Never rejects: failures are told by the store's notice. @returns what it was refused for */
export async function measureRun<P>(
  store: Store,
  player: Player,
  deps: SessionDeps,
  models: Pick<ModelLoader, 'load' | 'giveWay'>,
  { run, sources, work, signal }: Order<P>,
): Promise<P | null> {
  store.set({ phase: 'measuring', notice: null, progress: null });
  try {
    const wanted = modelOf(run, store);
    await models.giveWay(wanted, signal);
    const ready = signal.aborted ? null : await models.load(wanted, signal);
    const dialect = ready && findDialect(ready.card.dialect, store.get().dialects);
    if (!ready || !dialect) return null;
    const sourceOf = (hash: string) => sources.find(({ ref }) => ref.hash === hash) ?? null;
    const means = { engine: deps.engine, images: deps.images, card: ready.card };
    const made = await work({ ...means, run, dialect, sourceOf, signal });
    if ('problem' in made) return made.problem;
    await keep(player, deps, run.id, made.lens);
  } catch (error) {
    if (!signal.aborted) store.set({ notice: noticeOfError(error) });
  } finally {
    store.set({ phase: 'idle', load: null, files: [] });
  }
  return null;
}

/** The one that wrote it; that of the settings where the run does not say, or says it without what is private of its address. */
function modelOf(run: Trajectory, store: Store) {
  const { settings } = store.get();
  const wrote = run.models[run.steps.findLast(({ type }) => type !== 'result')?.model ?? 0]?.url;
  const isOther = wrote !== undefined && wrote !== recordedModelUrl(settings.modelUrl);
  const { device, modelUrl } = settings;
  return { device, modelUrl: isOther && !/^remote:|:\/\//.test(wrote) ? wrote : modelUrl };
}

async function keep(player: Player, { library }: SessionDeps, id: string, lens: KeptLens): Promise<void> {
  const measured = (run: Trajectory): Trajectory => ({ ...run, lenses: withLens(run, lens) });
  const shown = player.getState().run;
  if (shown?.id === id) player.grow(measured(shown));
  const kept = await library.load(id);
  if (kept) await library.save(measured(kept.trajectory), kept.files, null, { onlyIfKept: true });
}
