/**
 * How much a turn may write before its step or the document is as large as one may be (lib/trajectory/limits.ts). A model that goes on
 * beyond that is cut off, as by its own most tokens; what was written so far can be read again.
 */
import { TRAJECTORY_LIMITS as LIMITS, type Token, type Trajectory } from '@/lib/trajectory';

export interface Room {
  /** Takes the place that a token needs; false where there is none left. */
  take(token: Token): boolean;
}

/** Steps that one token, and the end of a turn, may add at most. */
const STEPS_AHEAD = 300;
/** For how the run ends, and for what is told of a call. */
const WORDS_AHEAD = LIMITS.text + 20_000;
/** What is written in a call is kept as written and as read, with its label and tool. */
const COPIES = 4;

/** @param run the document so far, asked again with every token */
export function roomOf(run: () => Trajectory): Room {
  const before = run();
  const kept = before.steps.flatMap(({ tokens }) => tokens);
  const isFull = before.pictures.length >= LIMITS.pictures || before.usage.length >= LIMITS.usage - 1;
  let tokens = LIMITS.tokens - kept.length;
  let words = isFull ? 0 : LIMITS.allText - WORDS_AHEAD - writtenIn(before) - kept.reduce(addToken, 0);
  let text = LIMITS.text;
  return {
    take(token) {
      tokens -= 1;
      text -= token.text.length;
      words -= addToken(COPIES * token.text.length, token);
      return tokens >= 0 && words > 0 && text >= 0 && run().steps.length < LIMITS.steps - STEPS_AHEAD;
    },
  };
}

function addToken(sum: number, { text, top }: Token): number {
  return top.reduce((all, other) => all + other.text.length, sum + text.length);
}

/** Characters of all that is no token, at most. */
function writtenIn({ steps, ...rest }: Trajectory): number {
  return JSON.stringify(rest).length + JSON.stringify(steps.map((step) => ({ ...step, tokens: [] }))).length;
}
