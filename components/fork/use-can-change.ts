/** Whether the run on screen can be changed: it is finished, its one picture is here, and nothing is going on. */
import { usePlayer } from '@/lib/player';
import { useSession } from '@/lib/session';
import { givenHashes } from '@/lib/trajectory';

export function useCanChange(): boolean {
  const isIdle = useSession((state) => state.phase === 'idle');
  const isHere = usePlayer(
    ({ run, live, source }) => run !== null && !live && source !== null && givenHashes(run).join() === source.ref.hash,
  );
  return isIdle && isHere;
}
