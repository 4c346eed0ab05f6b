/**
 * Parts of the page whose code comes later are fetched when the page has nothing else to do, so that they are there when the network is
 * not, or when the files of this version are gone from the server. One after the other: nothing is to wait for them.
 */

type Part = () => Promise<unknown>;

const waiting: Part[] = [];
let begun = false;

/** The mark in the page's timeline from which on nothing belongs to the first load any more. */
export const IDLE_MARK = 'loupe-idle-parts';

/** Parts that are named in parts follow when those have come. */
export function whenIdle(...parts: readonly Part[]): void {
  waiting.push(...parts);
}

/** @param after runs when all have come, or failed to; never where the person saves data */
export function fetchIdleParts(after: () => void): void {
  if (begun) return;
  begun = true;
  // Not requestIdleCallback: some browsers have none, and a task of its own between two parts does.
  const idle = (work: () => void) => setTimeout(work, 50);
  const next = () => {
    const part = waiting.shift();
    if (!part) return after();
    // One that does not come is asked for again when it is needed.
    const follow = () => void idle(next);
    part().then(follow, follow);
  };
  const start = () => {
    performance.mark(IDLE_MARK);
    if (!saves()) idle(next);
  };
  const whenLoaded = () => setTimeout(() => idle(start), 1500);
  if (document.readyState === 'complete') whenLoaded();
  else window.addEventListener('load', whenLoaded, { once: true });
}

/** The person asked the browser to fetch no more than is needed. */
function saves(): boolean {
  const { connection } = navigator as Navigator & { readonly connection?: { readonly saveData?: boolean } };
  return connection?.saveData === true;
}
