/** A table with its title as caption, scrolled by itself where the page is narrower than it. */
import { useId, type ReactNode } from 'react';

const HEADING = 'border-b border-line-strong px-1.5 py-1.5 tablet:px-2.5 font-medium text-ink-faint whitespace-nowrap';
/** Over numbers, and over the names of rows. */
export const HEAD = `${HEADING} text-right`;
export const FIRST_HEAD = `${HEADING} text-left`;
export const CELL = 'border-b border-line px-1.5 py-1.5 tablet:px-2.5 text-right tabular';
export const ROW_HEAD = 'border-b border-line px-1.5 py-1.5 tablet:px-2.5 text-left whitespace-nowrap';

interface TableFrameProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

export function TableFrame({ title, note, children }: TableFrameProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="font-serif text-lead font-medium">
        {title}
      </h2>
      {/* Reached by keyboard, so that it can be scrolled without a pointer. */}
      <div tabIndex={0} role="group" aria-labelledby={id} className="-mx-1.5 mt-1.5 tablet:-mx-2.5 overflow-x-auto">
        <table aria-labelledby={id} className="w-full border-collapse text-small">
          {children}
        </table>
      </div>
      {note ? <div className="mt-2 text-small text-ink-faint">{note}</div> : null}
    </section>
  );
}
