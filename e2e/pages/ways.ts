/**
 * A way that a person goes through states of the page: it says each one when it is there, and holds it until it is asked to go on. Axe and
 * the screenshots stand on these.
 */
import type { Page } from '@playwright/test';

export interface Way<State extends string, Given> {
  /** In the order in which the way comes by. */
  readonly states: readonly State[];
  readonly go: (page: Page, given: Given) => AsyncGenerator<State, void, void>;
}

/** @returns what ends the way and lets go of what it holds */
export async function reach<State extends string, Given>(
  ways: readonly Way<State, Given>[],
  wanted: State,
  page: Page,
  given: Given,
): Promise<() => Promise<void>> {
  const way = ways.find(({ states }) => states.includes(wanted))?.go(page, given);
  for (;;) {
    const at = await way?.next();
    if (!way || !at || at.done === true) throw new Error(`No way comes by "${wanted}".`);
    if (at.value === wanted) return async () => void (await way.return());
  }
}
