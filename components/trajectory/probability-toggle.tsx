'use client';
/** Shades every token by how unsure the model was of it, and lets the keyboard walk from token to token. */
import { Percent } from 'lucide-react';
import type { ReactNode } from 'react';
import { useView, useViewActions } from '@/lib/player';

export function ProbabilityToggle(): ReactNode {
  const on = useView((view) => view.probabilities);
  const { toggleProbabilities } = useViewActions();
  return (
    <button
      type="button"
      aria-pressed={on}
      title="Shade tokens by how unsure the model was"
      onClick={toggleProbabilities}
      className="flex h-8 shrink-0 items-center gap-1.5 rounded-m px-2 text-micro text-ink-soft transition-colors duration-(--quick) hover:bg-hover hover:text-ink aria-pressed:bg-accent-wash aria-pressed:text-accent"
    >
      <Percent aria-hidden size={13} />
      Probabilities
    </button>
  );
}
