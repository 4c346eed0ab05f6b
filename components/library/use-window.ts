/**
 * Which rows of a long list of equally high rows are in sight, a few above and below included: only those are made. State
 * changes when the rows do, not with every pixel.
 */
import { useEffect, useState, type RefObject } from 'react';

export interface WindowOfRows {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

const SPARE = 6;

export function rowsInSight(top: number, height: number, rowHeight: number, count: number): WindowOfRows {
  const first = Math.min(Math.max(0, Math.floor(top / rowHeight) - SPARE), Math.max(0, count - 1));
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + SPARE);
  return { first, end: Math.max(first, end) };
}

/** @param list lies in `scroller`, perhaps below other things */
export function useWindow(
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
  rowHeight: number,
  count: number,
): WindowOfRows {
  const [shown, setShown] = useState<WindowOfRows>({ first: 0, end: Math.min(count, 24) });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const above = list.current?.offsetTop ?? 0;
      const next = rowsInSight(element.scrollTop - above, element.clientHeight, rowHeight, count);
      setShown((before) => (before.first === next.first && before.end === next.end ? before : next));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      resized.disconnect();
    };
  }, [scroller, list, rowHeight, count]);
  // The list may have become shorter since.
  return { first: Math.min(shown.first, count), end: Math.min(shown.end, count) };
}
