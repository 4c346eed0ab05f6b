'use client';
/** Whether what is on screen has stood there long enough for a press to be meant for it. */
import { useCallback, useLayoutEffect, useRef } from 'react';

/** A double click is quicker; a press that aimed at what was there before has landed by then. */
const SETTLE_MS = 300;

/** @param shown what the place shows; at first it counts as settled. The answer is for event handlers. */
export function useSettled(shown: boolean): () => boolean {
  const last = useRef({ shown, at: -Infinity });
  useLayoutEffect(() => {
    if (last.current.shown !== shown) last.current = { shown, at: performance.now() };
  }, [shown]);
  return useCallback(() => performance.now() - last.current.at >= SETTLE_MS, []);
}
