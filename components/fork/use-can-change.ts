/** Whether the run on screen can be changed: it is finished, its pictures are here, and nothing is going on. */
import { isHere, usePlayer } from '@/lib/player';
import { useSession } from '@/lib/session';

export function useCanChange(): boolean {
  const isIdle = useSession((state) => state.phase === 'idle');
  const isWhole = usePlayer((state) => state.run !== null && !state.live && isHere(state.run, state));
  return isIdle && isWhole;
}
