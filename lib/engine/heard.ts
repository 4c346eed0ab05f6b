/**
 * What a caller has heard of a turn, so that the turn can be computed again from its beginning without being told twice. Draws
 * depend on the seed and the position alone (docs/engine.md, Sampling): the same tokens come again, and what is new follows them.
 */
import type { GenerateEvent } from './contract';

export interface Heard {
  /**
   * Passes on what is new. Of a turn that begins again the tokens that were heard are left out.
   * @returns false where it says another token than before: what was heard cannot be gone on from
   */
  pass(events: AsyncIterable<GenerateEvent>): AsyncGenerator<GenerateEvent, boolean, undefined>;
}

export function createHeard(): Heard {
  const ids: (number | null)[] = [];
  return {
    async *pass(events) {
      let at = 0;
      for await (const event of events) {
        if (event.type === 'token') {
          const before = ids[at];
          at += 1;
          if (before === event.id) continue;
          if (before !== undefined) return false;
          ids.push(event.id);
        } else if (event.type === 'end' && event.reason !== 'abort' && at < ids.length) {
          return false;
        }
        yield event;
      }
      return true;
    },
  };
}
