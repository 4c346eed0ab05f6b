/** The pictures of a question on screen, and whether they are those of a run. Pure. */
import type { SourceImage } from '@/lib/image';
import { givenHashes, type Trajectory } from '@/lib/trajectory';
import type { PlayerState } from './contract';

type Sources = Pick<PlayerState, 'source' | 'beside'>;

/** In order. */
export const sourcesOf = ({ source, beside }: Sources): readonly SourceImage[] => (source ? [source, ...beside] : []);

/** Those that a run was given among them, in its order; null where one is not here: it cannot be asked again. */
export function sourcesFor(run: Trajectory, state: Sources): readonly SourceImage[] | null {
  const here = sourcesOf(state);
  const found = givenHashes(run).map((hash) => here.find(({ ref }) => ref.hash === hash));
  return found.length > 0 && found.every((one) => one !== undefined) ? found : null;
}

export const isHere = (run: Trajectory, state: Sources): boolean => sourcesFor(run, state) !== null;
