/**
 * Said beside a run whose boxes a model was never taught to give, or was not known to be: its looks are then no sign that it found
 * anything. Nothing of a model that was taught to, and before it has looked.
 */
import { Crosshair } from 'lucide-react';
import type { Trajectory } from '@/lib/trajectory';
import { useSession } from '@/lib/session';

const WORDS = {
  untrained: 'This model was never trained to name places in a picture: its boxes are guesses.',
  unknown: 'It is not known whether this model was trained to name places in a picture: its boxes may be guesses.',
} as const;

export function TrainingNotice({ trajectory }: { readonly trajectory: Trajectory }) {
  const boxes = useSession(({ engine }) => {
    const looked = trajectory.steps.filter(({ type }) => type === 'call');
    const isOwn = looked.some(({ model = 0 }) => trajectory.models[model]?.id === engine?.card.id);
    return isOwn ? (engine?.card.boxes ?? 'trained') : 'trained';
  });
  if (boxes === 'trained') return null;
  return (
    <p role="note" className="flex gap-3 rounded-m bg-caution-wash px-4 py-3 text-small">
      <Crosshair size={17} aria-hidden className="mt-0.5 shrink-0 text-caution" />
      <span>{WORDS[boxes]}</span>
    </p>
  );
}
