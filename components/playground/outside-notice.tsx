'use client';
/**
 * Said when a picture is unlike what the small model was trained on: plainly, with what can be done instead. It stands where
 * the next question is typed, so that no answer is read without it.
 */
import { Compass } from 'lucide-react';
import Link from 'next/link';
import type { Trajectory } from '@/lib/trajectory';
import { usePlaygroundWords } from '@/lib/words/playground';
import { useWorkspaceWords } from '@/lib/words/workspace';

/** Whether any picture that was given is further from what the model was trained on than its threshold. */
export function isOutsideTraining({ given }: Trajectory): boolean {
  return given.some((part) => {
    const distance = 'picture' in part ? part.seen?.distance : undefined;
    return distance !== undefined && distance.score > distance.threshold;
  });
}

const LINK = 'font-medium text-accent underline underline-offset-3 hover:text-accent-hover';

export function OutsideNotice({ onGallery }: { readonly onGallery: () => void }) {
  const { outside: words } = useWorkspaceWords();
  const { pages } = usePlaygroundWords();
  return (
    <div role="note" className="flex gap-3 rounded-m bg-caution-wash px-4 py-3 text-small">
      <Compass size={17} aria-hidden className="mt-0.5 shrink-0 text-caution" />
      <div>
        <p>
          <strong className="font-semibold">{words.title}</strong> <span className="text-ink-soft">{words.about}</span>
        </p>
        <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
          <button type="button" onClick={onGallery} className={LINK}>
            {words.gallery}
          </button>
          <Link href="/make" className={LINK}>
            {pages.make}
          </Link>
        </p>
      </div>
    </div>
  );
}
