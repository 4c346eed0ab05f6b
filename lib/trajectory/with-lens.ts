/** What was measured of a run, kept with it. Pure. */
import type { KeptLens, Trajectory } from './schema';

/** A run's lenses with one more: of a kind there is one. */
export function withLens({ lenses = [] }: Pick<Trajectory, 'lenses'>, lens: KeptLens): KeptLens[] {
  return [...lenses.filter(({ kind }) => kind !== lens.kind), lens];
}
