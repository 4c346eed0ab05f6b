'use client';
/** What was asked of the picture on screen before, with its answers: pressed, that run is shown. */
import { MessagesSquare } from 'lucide-react';
import { useMemo } from 'react';
import { usePlayer } from '@/lib/player';
import { useSession, useSessionActions } from '@/lib/session';
import { mainPicture } from '@/lib/trajectory';
import { useWorkspaceWords } from '@/lib/words/workspace';

interface Asked {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
}

/** Newest first, the run on screen among them. */
export function useAskedBefore(): readonly Asked[] {
  const hash = usePlayer(({ source, run }) => source?.ref.hash ?? (run && mainPicture(run)?.file.hash) ?? null);
  const runs = useSession((state) => state.runs);
  return useMemo(
    () => (hash === null ? [] : runs.filter(({ imageHash, question }) => imageHash === hash && question !== '')),
    [hash, runs],
  );
}

export function AskedBefore({ asked }: { readonly asked: readonly Asked[] }) {
  const words = useWorkspaceWords().asked;
  const shown = usePlayer((state) => state.run?.id ?? null);
  const idle = useSession((state) => state.phase === 'idle');
  const { openRun } = useSessionActions();
  if (asked.length === 0 || (asked.length === 1 && asked[0]?.id === shown)) return null;
  return (
    <details className="my-4 rounded-m border border-line text-small">
      <summary className="flex min-h-9 cursor-pointer items-center gap-2 px-3 text-ink-soft hover:text-ink touch:min-h-11">
        <MessagesSquare size={15} aria-hidden className="shrink-0 text-ink-faint" />
        {words.heading(asked.length)}
      </summary>
      <ul className="max-h-60 overflow-y-auto border-t border-line">
        {asked.map(({ id, question, answer }) => (
          <li key={id}>
            <button
              type="button"
              disabled={!idle}
              aria-current={id === shown ? 'true' : undefined}
              onClick={() => void openRun(id)}
              className="flex min-h-9 w-full items-baseline gap-3 px-3 py-1.5 text-left hover:bg-hover aria-current:bg-accent-wash/60 touch:min-h-11"
            >
              <span dir="auto" className="min-w-0 flex-1 truncate">
                {question}
              </span>
              <span dir="auto" className="max-w-[40%] truncate font-serif text-ink-soft">
                {answer || words.noAnswer}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
