import type { DataProblem } from '@/lib/bench';
import { say } from '@/lib/words';
import { useBenchWords } from '@/lib/words/bench';
import { useImageWords } from '@/lib/words/image';

/** Says why a file or a data set is not used. */
export function useReason(): (problem: Pick<DataProblem, 'reason' | 'picture'>) => string {
  const words = useBenchWords();
  const image = useImageWords();
  return ({ reason, picture }) =>
    [say(words.problems, reason), picture ? say(image.problems, picture) : ''].filter(Boolean).join(' ');
}
