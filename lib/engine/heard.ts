/**
 * What a caller has heard of a turn, so that the turn can be computed again from its beginning without being told twice. Draws
 * depend on the seed and the position alone (docs/engine.md, Sampling): the same tokens come again, and what is new follows them.
 */
import type { GenerateEvent, ScoreEvent } from './contract';

export interface Heard<E> {
  /**
   * Passes on what is new. Of a turn that begins again the tokens that were heard are left out.
   * @returns false where it says another token than before: what was heard cannot be gone on from
   */
  pass(events: AsyncIterable<E>): AsyncGenerator<E, boolean, undefined>;
}

export function createHeard(): Heard<GenerateEvent> {
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

/** The tokens of a score are given: only how many were heard matters, however they come in chunks. */
export function createHeardScore(): Heard<ScoreEvent> {
  let heard = 0;
  return {
    async *pass(events) {
      let at = 0;
      for await (const event of events) {
        if (event.type !== 'tokens') {
          yield event;
          continue;
        }
        const tokens = event.tokens.slice(Math.max(0, heard - at));
        at += event.tokens.length;
        heard = Math.max(heard, at);
        if (tokens.length > 0) yield { type: 'tokens', tokens };
      }
      return true;
    },
  };
}

/** Of what is told at once: heard again is heard once more. */
export function hearAll<E>(): Heard<E> {
  return {
    async *pass(events) {
      yield* events;
      return true;
    },
  };
}
