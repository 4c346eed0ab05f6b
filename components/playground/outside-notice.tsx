'use client';
/**
 * Said when a picture is unlike what the small model was trained on: plainly, from the moment it was opened, with what the model does know
 * and with what can help instead. It stands where the next question is typed, so that no answer is read without it.
 */
import { Compass } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { lazyView } from '@/components/ui/lazy-view';
import { usePlayer } from '@/lib/player';
import { isOutsideTraining } from '@/lib/review';
import { SHIPPED_MODEL, useSession } from '@/lib/session';
import { useWorkspaceWords } from '@/lib/words/workspace';
import { useModelsOpen } from './models-open';

const SuggestedModel = lazyView(() => import('@/components/models').then((module) => module.SuggestedModel));

/** The picture on screen is unlike what the model that would be asked, or was, had learned from. */
export function usePictureOutside(): boolean {
  const run = usePlayer((state) => state.run);
  const measured = useSession(({ distance }) => distance !== null && distance.score > distance.threshold);
  const isShipped = useSession((state) => state.settings.modelUrl === SHIPPED_MODEL);
  return run ? isOutsideTraining(run) : measured && isShipped;
}

const LINK = 'font-medium text-accent underline underline-offset-3 hover:text-accent-hover touch:py-2';

export function OutsideNotice({ onGallery }: { readonly onGallery: () => void }) {
  const { outside: words } = useWorkspaceWords();
  const [, setModels] = useModelsOpen();
  const choose = () => setModels(true);
  return (
    <div role="note" data-note="outside" className="flex gap-3 rounded-m bg-caution-wash px-4 py-3 text-small">
      <Compass size={17} aria-hidden className="mt-0.5 shrink-0 text-caution" />
      <div className="flex min-w-0 flex-col gap-2">
        <p>
          <strong className="font-semibold">{words.title}</strong> <span className="text-ink-soft">{words.about}</span>
        </p>
        <SuggestedModel onOpen={choose} />
        <p className="flex flex-wrap gap-x-4 gap-y-1">
          <button type="button" onClick={choose} className={LINK}>
            {words.server}
          </button>
          <Link href="/set" className={LINK}>
            {words.recorded}
          </Link>
          <button type="button" onClick={onGallery} className={LINK}>
            {words.gallery}
          </button>
        </p>
      </div>
    </div>
  );
}
