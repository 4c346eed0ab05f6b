'use client';
/** Which model answers, and how far it is on its way; pressed, the choice of another. */
import { Box, ChevronRight } from 'lucide-react';
import { modelName, useSession, type SessionState } from '@/lib/session';
import { useModelsOpen } from './models-open';

export function ModelLine() {
  const name = useSession((state) => modelName(state.settings.modelUrl));
  const state = useSession(stateWords);
  const [, setModels] = useModelsOpen();
  return (
    <button
      type="button"
      onClick={() => setModels(true)}
      aria-label={`Model: ${[name, state].filter(Boolean).join(', ')}. Choose another`}
      className="-mx-2 -my-1 flex h-8 max-w-full items-center gap-1.5 self-start rounded-m px-2 text-small text-ink-faint hover:bg-hover hover:text-ink"
    >
      <Box size={14} aria-hidden className="shrink-0" />
      <span className="min-w-0 truncate">{name}</span>
      {state ? <span className="whitespace-nowrap tabular">· {state}</span> : null}
      <ChevronRight size={14} aria-hidden className="shrink-0" />
    </button>
  );
}

/** Of a model made ready ahead of a question; what a question waits for is told where the answer will stand. */
export function stateWords({ ahead, load }: Pick<SessionState, 'ahead' | 'load'>): string {
  switch (ahead?.status) {
    case undefined:
      return '';
    case 'waiting':
      return 'after this run';
    case 'going':
    case 'paused': {
      const share =
        load?.phase === 'download' && load.total > 0 ? ` ${Math.floor((100 * load.loaded) / load.total)} %` : '';
      if (ahead.status === 'paused') return `paused${share && ` at${share}`}`;
      return load === null || load.phase === 'download' ? `downloading${share}` : 'starting';
    }
    case 'failed':
      return 'not loaded';
  }
}
