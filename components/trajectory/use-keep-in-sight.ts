'use client';
/**
 * Keeps the current step in sight: when the cursor moves, when text arrives (unless the person has scrolled away to read)
 * and when the list's frame changes size. At the last step the end of the list, with how the run ended, is shown too.
 */
import { useEffect, useRef, type RefObject } from 'react';

/** Room left between the step and the frame's edge, and how near the end still counts as following, in CSS pixels. */
const MARGIN = 16;
const NEAR = 120;

export function useKeepInSight(list: RefObject<HTMLElement | null>, place: string, length: number): void {
  const before = useRef('');
  useEffect(() => {
    const moved = before.current !== place;
    before.current = place;
    const current = list.current?.querySelector<HTMLElement>('[aria-current="step"]') ?? null;
    const frame = current && scrollParent(current);
    if (!current || !frame) return;
    const below = () => bottomOf(current) - frame.getBoundingClientRect().bottom;
    if (!moved && below() > NEAR) return;
    bringIntoSight(current, frame);
    // The room beside the list changes just after: suggestions come and go, a notice appears. So does what stands under the
    // last step, which may come late: who was at the end before stays there.
    const under = afterLast(current);
    let height = under?.offsetHeight ?? 0;
    const observer = new ResizeObserver(() => {
      const grown = (under?.offsetHeight ?? 0) - height;
      height += grown;
      if (below() - Math.max(0, grown) < NEAR) bringIntoSight(current, frame);
    });
    observer.observe(frame);
    if (under) observer.observe(under);
    return () => observer.disconnect();
  }, [list, place, length]);
}

function bringIntoSight(current: HTMLElement, frame: HTMLElement): void {
  const top = topOf(current);
  // What is pinned above the steps hides them.
  const pinned = frame.querySelector<HTMLElement>('.loupe-question')?.offsetHeight ?? 0;
  const sight = frame.getBoundingClientRect();
  const from = sight.top + pinned + MARGIN;
  const over = bottomOf(current) + MARGIN - sight.bottom;
  if (over > 0) frame.scrollTop += Math.min(over, Math.max(0, top - from));
  else if (top < from) frame.scrollTop -= from - top;
}

/** Where the step's own place begins: the last one may be pinned elsewhere. */
function topOf(current: HTMLElement): number {
  const { top, height } = current.getBoundingClientRect();
  const list = current.nextElementSibling === null ? current.parentElement : null;
  return list ? list.getBoundingClientRect().bottom - height : top;
}

/** Bottom of the step, or of all that follows the list when it is the last one in it. */
function bottomOf(current: HTMLElement): number {
  return (afterLast(current) ?? current).getBoundingClientRect().bottom;
}

/** What holds the list and all that follows it; null where the step is not the list's last. */
function afterLast(current: HTMLElement): HTMLElement | null {
  return current.nextElementSibling === null ? (current.parentElement?.parentElement ?? null) : null;
}

function scrollParent(element: HTMLElement): HTMLElement | null {
  for (let at = element.parentElement; at; at = at.parentElement) {
    const { overflowY } = getComputedStyle(at);
    if (overflowY === 'auto' || overflowY === 'scroll') return at;
  }
  return null;
}
