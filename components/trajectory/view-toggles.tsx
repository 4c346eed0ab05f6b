'use client';
/** How a run is read: the story or every detail of it, and whether every token is shaded by how unsure the model was of it. */
import { ListTree, Percent } from 'lucide-react';
import type { ReactNode } from 'react';
import { ToolButton } from '@/components/ui/tool-button';
import { useView, useViewActions } from '@/lib/player';
import { useTrajectoryWords } from '@/lib/words/trajectory';

export function ViewToggles(): ReactNode {
  const words = useTrajectoryWords();
  const details = useView((view) => view.details);
  const probabilities = useView((view) => view.probabilities);
  const { toggleDetails, toggleProbabilities } = useViewActions();
  return (
    <>
      {details ? (
        <ToolButton icon={Percent} hint={words.probabilitiesHint} pressed={probabilities} onClick={toggleProbabilities}>
          {words.probabilities}
        </ToolButton>
      ) : null}
      <ToolButton icon={ListTree} hint={words.detailsHint} pressed={details} onClick={toggleDetails}>
        {words.details}
      </ToolButton>
    </>
  );
}
