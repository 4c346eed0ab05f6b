'use client';
/** Before the first step: the question stands alone, and one press plays what came of it. */
import { Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { usePlayer, usePlayerActions } from '@/lib/player';
import { useTrajectoryWords } from '@/lib/words/trajectory';

export function PlayFromStart(): ReactNode {
  const { player: words } = useTrajectoryWords();
  const playing = usePlayer((state) => state.playing);
  const { play } = usePlayerActions();
  if (playing) return null;
  return (
    <div className="py-4">
      <Button weight="primary" onClick={play} className="touch:h-11">
        <Play size={16} fill="currentColor" strokeWidth={0} aria-hidden />
        {words.watch}
      </Button>
    </div>
  );
}
