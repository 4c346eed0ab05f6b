'use client';
/** Shades every token by how unsure the model was of it, and lets the keyboard walk from token to token. */
import { Percent } from 'lucide-react';
import type { ReactNode } from 'react';
import { useView, useViewActions } from '@/lib/player';
import { useTrajectoryWords } from '@/lib/words/trajectory';

export function ProbabilityToggle(): ReactNode {
  const words = useTrajectoryWords();
  const on = useView((view) => view.probabilities);
  const { toggleProbabilities } = useViewActions();
  return (
    <button
      type="button"
      aria-pressed={on}
      title={words.probabilitiesHint}
      onClick={toggleProbabilities}
      className="flex h-8 shrink-0 items-center gap-1.5 rounded-m px-2 text-micro text-ink-soft transition-colors duration-(--quick) hover:bg-hover hover:text-ink aria-pressed:bg-accent-wash aria-pressed:text-accent"
    >
      <Percent aria-hidden size={13} />
      {words.probabilities}
    </button>
  );
}
