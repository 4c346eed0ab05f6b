/** Rows of the library are equally high, by CSS pixels of the text size: the picture and three lines beside it. */
import { useSyncExternalStore } from 'react';

/** In rem, so that rows grow with the reader's text size. */
const ROW_REM = 6.125;

function subscribe(changed: () => void): () => void {
  window.addEventListener('resize', changed); // zooming text fires it too
  return () => window.removeEventListener('resize', changed);
}

const read = (): number => Math.round(ROW_REM * parseFloat(getComputedStyle(document.documentElement).fontSize));

export function useRowHeight(): number {
  return useSyncExternalStore(subscribe, read, () => ROW_REM * 16);
}
