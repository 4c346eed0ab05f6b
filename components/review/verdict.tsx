/** Right or wrong, in a word and a sign: never by colour alone. */
import { Check, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useReviewWords } from '@/lib/words/review';

export function Verdict({ right }: { readonly right: boolean }): ReactNode {
  const words = useReviewWords();
  const Icon = right ? Check : X;
  return (
    <span
      data-verdict={right ? 'right' : 'wrong'}
      className={`inline-flex items-baseline gap-1 font-semibold ${right ? 'text-accent' : 'text-danger'}`}
    >
      <Icon size={14} strokeWidth={2.75} aria-hidden className="self-center" />
      <span>{right ? words.right : words.wrong}</span>
    </span>
  );
}
