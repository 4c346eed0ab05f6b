/** Whether the times of two runs may be compared. Pure. */
import type { Trajectory } from '@/lib/trajectory';

/** Why their times say little about looking: a key of the words for it; null where they may be compared. */
export function timesDiffer(a: Trajectory, b: Trajectory): 'devices' | 'models' | 'encoded' | null {
  if (a.status !== 'done' || b.status !== 'done') return null;
  const [first, other] = [a.models[0], b.models[0]];
  if (first?.device !== other?.device) return 'devices';
  if (first?.id !== other?.id || first?.version !== other?.version) return 'models';
  const [earlier, later] = [a, b].toSorted((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
  const encoded = (run: Trajectory | undefined) => run?.usage[0]?.imagesEncoded ?? 0;
  return encoded(earlier) > 0 && encoded(later) === 0 ? 'encoded' : null;
}
