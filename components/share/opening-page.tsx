'use client';
/** The short time before a shared run is there: where it will stand, and how much of it has come once that is worth saying. */
import { useFocusOnce } from './use-focus-once';
import { formatBytes } from './words';

interface OpeningPageProps {
  readonly received: number;
  readonly total: number;
  /** After "Try again", whose button is gone. */
  readonly takeFocus?: boolean;
}

export function OpeningPage({ received, total, takeFocus = false }: OpeningPageProps) {
  const heading = useFocusOnce<HTMLHeadingElement>(takeFocus);
  return (
    <main aria-busy className="grid min-h-0 flex-1 place-items-center bg-sunken">
      <h1 ref={heading} tabIndex={-1} className="sr-only">
        Opening a shared run
      </h1>
      <p role="status" className="tabular animate-appear text-small text-ink-soft">
        {total > 0 ? `Opening: ${formatBytes(received)} of ${formatBytes(total)}` : 'Opening the shared run…'}
      </p>
    </main>
  );
}
