'use client';
/**
 * Said when a picture lies outside what the small model was taught: plainly, with what can be done instead. It stands where
 * the next question is typed, so that no answer is read without it.
 */
import { Compass } from 'lucide-react';
import Link from 'next/link';
import type { Trajectory } from '@/lib/trajectory';

/** Whether any picture that was given is further from what the model was trained on than its threshold. */
export function isOutsideWorld({ given }: Trajectory): boolean {
  return given.some((part) => {
    const distance = 'picture' in part ? part.seen?.distance : undefined;
    return distance !== undefined && distance.score > distance.threshold;
  });
}

const LINK = 'font-medium text-accent underline underline-offset-3 hover:text-accent-hover';

export function WorldNotice({ onGallery }: { readonly onGallery: () => void }) {
  return (
    <div role="note" className="flex gap-3 rounded-m bg-caution-wash px-4 py-3 text-small">
      <Compass size={17} aria-hidden className="mt-0.5 shrink-0 text-caution" />
      <div>
        <p>
          <strong className="font-semibold">This picture is outside the model’s world.</strong>{' '}
          <span className="text-ink-soft">
            It was taught on scenes of icons with small tags; take its answer as a guess. Larger models and endpoints
            are not here yet.
          </span>
        </p>
        <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
          <button type="button" onClick={onGallery} className={LINK}>
            Try a gallery scene
          </button>
          <Link href="/make" className={LINK}>
            Make a scene
          </Link>
        </p>
      </div>
    </div>
  );
}
