import type { RunSummary } from '@/lib/library';
import { useLibraryWords } from '@/lib/words/library';

/** What a run is called: its name, else what was asked. */
export function useRunName(): (run: Pick<RunSummary, 'title' | 'question'>) => string {
  const { nameless } = useLibraryWords();
  return ({ title, question }) => title || question || nameless;
}
