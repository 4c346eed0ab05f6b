import type { DataReason } from '@/lib/bench';
import { say } from '@/lib/words';
import { useBenchWords } from '@/lib/words/bench';

/** Says why a file or a data set is not used. */
export function useReason(): (reason: DataReason) => string {
  const { problems } = useBenchWords();
  return (reason) => say(problems, reason);
}
