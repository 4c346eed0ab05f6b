/**
 * The player's clock: moves a cursor through recorded steps at a speed, each step shown for as long as it took, within
 * bounds. It holds no state of the page: it asks for what it needs and says when to step. It stands still while the page
 * is in the background.
 */
import type { Step } from '@/lib/trajectory';

export const SPEEDS = [0.5, 1, 2, 4] as const;

/** A step is shown at least and at most so long at speed 1, in milliseconds: short enough to watch, long enough to see. */
export const DWELL_MS = { min: 400, max: 2500 } as const;

/** How long `step` stays on screen, in milliseconds. `null` is the moment before the first step. */
export function dwell(step: Pick<Step, 'span'> | null, speed: number): number {
  const took = step?.span ? step.span.end - step.span.start : 0;
  return Math.min(DWELL_MS.max, Math.max(DWELL_MS.min, took)) / speed;
}

/** The page's visibility; `document` is one. */
export interface Visibility {
  readonly hidden: boolean;
  addEventListener(type: 'visibilitychange', listener: () => void): void;
  removeEventListener(type: 'visibilitychange', listener: () => void): void;
}

export interface PlayerClock {
  /** (Re)starts the wait for the next step from now. */
  start(): void;
  stop(): void;
}

/**
 * @param wait milliseconds until the next step as things stand now; null when there is nothing to wait for
 * @param tick moves one step on; the clock then asks `wait` again
 */
export function createPlayerClock(
  wait: () => number | null,
  tick: () => void,
  visibility: Visibility | null,
): PlayerClock {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let started = false;

  const clear = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const stop = () => {
    started = false;
    clear();
    visibility?.removeEventListener('visibilitychange', arm);
  };
  const arm = () => {
    clear();
    if (!started || visibility?.hidden) return;
    const milliseconds = wait();
    if (milliseconds === null) return stop();
    timer = setTimeout(() => {
      tick();
      arm();
    }, milliseconds);
  };

  return {
    start() {
      started = true;
      visibility?.addEventListener('visibilitychange', arm);
      arm();
    },
    stop,
  };
}
