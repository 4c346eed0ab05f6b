'use client';
/** How much of a run is read: the story, or every detail of it. */
import { ListTree } from 'lucide-react';
import type { ReactNode } from 'react';
import { useView, useViewActions } from '@/lib/player';
import { useTrajectoryWords } from '@/lib/words/trajectory';

export function LevelToggle(): ReactNode {
  const words = useTrajectoryWords();
  const on = useView((view) => view.details);
  const { toggleDetails } = useViewActions();
  return (
    <button
      type="button"
      aria-pressed={on}
      title={words.detailsHint}
      onClick={toggleDetails}
      className="flex h-8 shrink-0 items-center gap-1.5 rounded-m px-2 text-micro text-ink-soft transition-colors duration-(--quick) hover:bg-hover hover:text-ink aria-pressed:bg-accent-wash aria-pressed:text-accent touch:h-11"
    >
      <ListTree aria-hidden size={13} />
      {words.details}
    </button>
  );
}
