'use client';
/** The short time before a shared run is there: where it will stand, and how much of it has come once that is worth saying. */
import { useVisitWords } from '@/lib/words/visit';
import { useFocusOnce } from './use-focus-once';

interface OpeningPageProps {
  readonly received: number;
  readonly total: number;
  /** After "Try again", whose button is gone. */
  readonly takeFocus?: boolean;
}

export function OpeningPage({ received, total, takeFocus = false }: OpeningPageProps) {
  const visit = useVisitWords();
  const heading = useFocusOnce<HTMLHeadingElement>(takeFocus);
  return (
    <main aria-busy className="grid min-h-0 flex-1 place-items-center bg-sunken">
      <h1 ref={heading} tabIndex={-1} className="sr-only">
        {visit.opening}
      </h1>
      <p role="status" className="tabular animate-appear text-small text-ink-soft">
        {total > 0 ? visit.openingAmount(received, total) : visit.openingSaid}
      </p>
    </main>
  );
}
