'use client';
/** Which model answers, and how far it is on its way; pressed, the choice of another. */
import { Box, ChevronRight } from 'lucide-react';
import { modelName, serverPlace, useSession, type SessionState } from '@/lib/session';
import type { Words } from '@/lib/words';
import { useWorkspaceWords } from '@/lib/words/workspace';
import { useModelsOpen } from './models-open';

export function ModelLine() {
  const name = useSession((state) => modelName(state.settings.modelUrl));
  const words = useWorkspaceWords().model;
  const state = useSession((now) => stateWords(now, words, serverPlace(now.settings.modelUrl) !== null));
  const [, setModels] = useModelsOpen();
  return (
    <button
      type="button"
      onClick={() => setModels(true)}
      aria-label={words.choose(name, state)}
      className="-mx-2 -my-1 flex h-8 max-w-full items-center gap-1.5 self-start rounded-m px-2 text-small text-ink-faint hover:bg-hover hover:text-ink"
    >
      <Box size={14} aria-hidden className="shrink-0" />
      <span className="min-w-0 truncate">{name}</span>
      {state ? <span className="whitespace-nowrap tabular">· {state}</span> : null}
      <ChevronRight size={14} aria-hidden className="shrink-0" />
    </button>
  );
}

/**
 * Of a model made ready ahead of a question; what a question waits for is told where the answer will stand.
 * @param isRemote it is behind a server: nothing is downloaded
 */
export function stateWords(
  { ahead, load }: Pick<SessionState, 'ahead' | 'load'>,
  words: Words['workspace']['model'],
  isRemote = false,
): string {
  switch (ahead?.status) {
    case undefined:
      return '';
    case 'waiting':
      return words.afterRun;
    case 'going':
    case 'paused': {
      const downloads = load?.phase === 'download';
      const percent = downloads && load.total > 0 ? words.percent(load.loaded / load.total) : null;
      if (ahead.status === 'paused') return percent === null ? words.paused : words.pausedAt(percent);
      if (load === null ? isRemote : !downloads) return words.starting;
      return percent === null ? words.downloading : words.downloadingAt(percent);
    }
    case 'failed':
      return words.failed;
  }
}
