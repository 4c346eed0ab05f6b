/**
 * What a thought already takes the answer to be: "The tag says K7." claims K7. Read by rule and therefore narrow: a claim is a
 * value of the answer's own sort (something written, a colour, a side) after a verb that states it, with only fillers between,
 * and not after a "not". Of names and of yes and no no claim is read: thoughts mention them without claiming anything. Ours.
 */
import { normalizeAnswer } from '@/lib/scene';
import { answerOf, type Trajectory } from '@/lib/trajectory';

export interface Claim {
  /** Index of the thought in `steps`. */
  readonly stepIndex: number;
  /** As an answer is compared: normalised, numbers in digits. */
  readonly value: string;
}

const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const COLOURS =
  'red|orange|yellow|green|blue|purple|violet|pink|brown|black|white|gray|grey|cyan|magenta|beige|turquoise|gold|silver';

const END = '(?![\\p{L}\\p{N}])';

/** The values of each sort of answer: colours, sides, and what is written or counted (in capitals and digits, or a number). */
const SORTS: readonly string[] = [COLOURS, 'left|right', 'above|below', `${NUMBERS.join('|')}|[\\p{Lu}\\p{N}]{1,6}`];

const STATES = 'is|are|was|says?|reads?|shows?|counts?|see|has|have|looks?|seems?|appears?|must be|may be|might be';
const FILLERS =
  'a|an|the|to|be|like|probably|perhaps|maybe|likely|clearly|only|just|about|on|in|tag|plate|label|number|letters?|answer';

/** "does not look red", "isn't red" (no such verb), "is not red" (a "not" is no filler). */
const NOT_DENIED = "(?<!\\bnot |\\bnever |\\bcannot |n['’]t )\\b";

/** In the order of the thoughts. Empty where there is no answer, or one of a sort that is not claimed in passing. */
export function claimsOf(run: Trajectory): readonly Claim[] {
  const answer = answerOf(run) ?? '';
  const spellings = [normalizeAnswer(answer), answer.trim().replace(/[.!,]$/u, '')];
  const sort = SORTS.find((values) => spellings.some((spelling) => new RegExp(`^(?:${values})$`, 'u').test(spelling)));
  if (sort === undefined) return [];
  const claim = new RegExp(`${NOT_DENIED}(?:${STATES}) (?:(?:${FILLERS}) )*["“'‘]?(${sort})${END}`, 'gu');
  return run.steps.flatMap((step, stepIndex): Claim[] => {
    if (step.type !== 'think') return [];
    return [...step.text.matchAll(claim)].map(([, value]) => ({ stepIndex, value: claimValue(value ?? '') }));
  });
}

/** Two answers, or an answer and a claim, say the same when these are equal. */
export function claimValue(text: string): string {
  const value = normalizeAnswer(text);
  const number = NUMBERS.indexOf(value);
  return number < 0 ? value : String(number);
}
