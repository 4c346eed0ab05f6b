'use client';
/** The lenses of a finished run, one below the other. */
import type { ReactNode } from 'react';
import { usePlayer } from '@/lib/player';
import type { Trajectory } from '@/lib/trajectory';
import { useLensesWords } from '@/lib/words/lenses';
import { AntiSdLens } from './antisd-lens';
import { BeliefLens } from './belief-lens';
import { ContrastLens } from './contrast-lens';
import { FollowLens } from './follow-lens';
import { SessionMeasurer } from './measurer';
import { ReadingLens } from './reading-lens';

/** In the order in which one would ask. */
const LENSES: readonly ((props: { readonly run: Trajectory }) => ReactNode)[] = [
  FollowLens,
  ContrastLens,
  BeliefLens,
  AntiSdLens,
  ReadingLens,
];

/** With the session's model to measure with. */
export function LensPanel(): ReactNode {
  const run = usePlayer((state) => state.run);
  if (run?.status !== 'done') return null;
  return (
    <SessionMeasurer key={run.id}>
      <Lenses run={run} />
    </SessionMeasurer>
  );
}

/** What was measured elsewhere, to look at; nothing where nothing was. */
export function KeptLenses(): ReactNode {
  const run = usePlayer((state) => state.run);
  return run?.lenses?.length ? <Lenses key={run.id} run={run} /> : null;
}

function Lenses({ run }: { readonly run: Trajectory }) {
  const words = useLensesWords();
  return (
    <section aria-label={words.label} className="mt-4 border-t border-line pt-3 pl-1">
      <h3 className="font-serif text-lead font-medium">{words.label}</h3>
      <p className="mb-2 text-micro text-ink-faint">{words.hint}</p>
      {LENSES.map((Lens, at) => (
        <Lens key={at} run={run} />
      ))}
    </section>
  );
}
