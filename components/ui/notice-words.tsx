/** What went wrong, in three lines: what happened, what it means, what to do. */
import { useProblemWords, type WrittenProblem } from '@/lib/words/late';

interface NoticeWordsProps {
  readonly notice: {
    readonly title: string;
    readonly detail: string;
    readonly advice: string;
    /** What exactly; it stands in place of the detail, or behind it in brackets. */
    readonly problem?: (WrittenProblem & { readonly instead: boolean }) | undefined;
  };
}

export function NoticeWords({ notice: { title, detail, advice, problem } }: NoticeWordsProps) {
  const told = useProblemWords(problem ?? null);
  return (
    <>
      <p className="text-body font-semibold">{title}</p>
      <p className="mt-0.5 wrap-anywhere text-ink-soft">
        {told === null ? detail : problem?.instead ? told : `${detail} (${told})`}
      </p>
      <p className="mt-1 font-medium">{advice}</p>
    </>
  );
}
