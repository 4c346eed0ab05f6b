/** The player's clock: dwell times, and standing still in the background. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPlayerClock, DWELL_MS, dwell } from './clock';

const step = (took: number) => ({ span: { start: 100, end: 100 + took } });

describe('how long a step is shown', () => {
  it('is as long as it took, within bounds, over the speed', () => {
    expect(dwell(step(1000), 1)).toBe(1000);
    expect(dwell(step(1000), 4)).toBe(250);
    expect(dwell(step(1), 1)).toBe(DWELL_MS.min);
    expect(dwell(step(60_000), 0.5)).toBe(DWELL_MS.max * 2);
    expect(dwell(null, 2)).toBe(DWELL_MS.min / 2);
  });
});

describe('the clock', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function page() {
    let listener: (() => void) | null = null;
    return {
      hidden: false,
      addEventListener: (_type: 'visibilitychange', on: () => void) => void (listener = on),
      removeEventListener: () => void (listener = null),
      turn(hidden: boolean) {
        this.hidden = hidden;
        listener?.();
      },
      listens: () => listener !== null,
    };
  }

  it('ticks until there is nothing to wait for', () => {
    let ticks = 0;
    const clock = createPlayerClock(
      () => (ticks < 3 ? 100 : null),
      () => void (ticks += 1),
      null,
    );
    clock.start();
    vi.advanceTimersByTime(1000);
    expect(ticks).toBe(3);
  });

  it('stands still while the page is hidden and goes on after', () => {
    const visible = page();
    let ticks = 0;
    const clock = createPlayerClock(
      () => 100,
      () => void (ticks += 1),
      visible,
    );
    clock.start();
    vi.advanceTimersByTime(250);
    expect(ticks).toBe(2);
    visible.turn(true);
    vi.advanceTimersByTime(10_000);
    expect(ticks).toBe(2);
    visible.turn(false);
    vi.advanceTimersByTime(100);
    expect(ticks).toBe(3);
    clock.stop();
    vi.advanceTimersByTime(1000);
    expect(ticks).toBe(3);
    expect(visible.listens()).toBe(false);
  });

  it('does not start by itself when the page comes back', () => {
    const visible = page();
    let ticks = 0;
    createPlayerClock(
      () => 100,
      () => void (ticks += 1),
      visible,
    );
    visible.turn(true);
    visible.turn(false);
    vi.advanceTimersByTime(1000);
    expect(ticks).toBe(0);
  });
});
