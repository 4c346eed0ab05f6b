'use client';
/** A table of any length, of which only the rows in sight are made. A table to those who hear it; arrow keys walk along it, Enter opens. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

const ROW_HEIGHT = 56;

interface LongTableProps {
  readonly label: string;
  readonly count: number;
  /** Classes of a row's grid. */
  readonly columns: string;
  readonly heads: ReactNode;
  /** What tells a row from others, wherever it stands. */
  readonly idOf: (at: number) => number;
  readonly onOpen: (id: number) => void;
  /** The cells of the row at a place. */
  readonly children: (at: number) => ReactNode;
}

export function LongTable({ label, count, columns, heads, idOf, onOpen, children }: LongTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const [walked, setWalked] = useState(false);
  // eslint-disable-next-line react-hooks/incompatible-library -- what it returns is used here alone and handed to nobody
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const current = Math.min(at, count - 1);

  useEffect(() => {
    if (walked) scroller.current?.querySelector<HTMLElement>(`[data-at="${current}"]`)?.focus({ preventScroll: true });
  }, [walked, current]);

  const walk = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW_HEIGHT) / ROW_HEIGHT) - 1);
    const to = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: count - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(to, 0), count - 1);
    setAt(next);
    setWalked(true);
    virtual.scrollToIndex(next);
  };

  return (
    <div
      role="table"
      aria-label={label}
      aria-rowcount={count + 1}
      className="flex min-h-0 flex-1 flex-col border-t border-line"
    >
      {heads}
      <div
        ref={scroller}
        role="rowgroup"
        onKeyDown={walk}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain"
        data-rows
      >
        <div style={{ height: virtual.getTotalSize() }} className="relative">
          {virtual.getVirtualItems().map(({ index, start }) => {
            const id = idOf(index);
            return (
              <div
                key={id}
                role="row"
                aria-rowindex={index + 2}
                data-at={index}
                data-row={id}
                tabIndex={index === current ? 0 : -1}
                style={{ transform: `translateY(${start}px)`, height: ROW_HEIGHT }}
                className={classNames(
                  columns,
                  'absolute inset-x-0 top-0 cursor-pointer items-center border-b border-line px-4 text-small hover:bg-hover tablet:px-6',
                )}
                onClick={() => {
                  setAt(index);
                  onOpen(id);
                }}
                onKeyDown={(event) => {
                  if (event.key === 'Enter') onOpen(id);
                }}
              >
                {children(index)}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
