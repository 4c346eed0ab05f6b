/**
 * Said beside a run whose boxes a model was never taught to give, or was not known to be: its looks are then no sign that it found
 * anything. Nothing of a model that was taught to, and before it has looked.
 */
import { Crosshair } from 'lucide-react';
import type { Trajectory } from '@/lib/trajectory';
import { useSession } from '@/lib/session';
import { useWorkspaceWords } from '@/lib/words/workspace';

export function TrainingNotice({ trajectory }: { readonly trajectory: Trajectory }) {
  const words = useWorkspaceWords().training;
  const boxes = useSession(({ engine }) => {
    const looked = trajectory.steps.filter(({ type }) => type === 'call');
    const isOwn = looked.some(({ model = 0 }) => trajectory.models[model]?.id === engine?.card.id);
    return isOwn ? (engine?.card.boxes ?? 'trained') : 'trained';
  });
  if (boxes === 'trained') return null;
  return (
    <p role="note" className="flex gap-3 rounded-m bg-caution-wash px-4 py-3 text-small">
      <Crosshair size={17} aria-hidden className="mt-0.5 shrink-0 text-caution" />
      <span>{words[boxes]}</span>
    </p>
  );
}
