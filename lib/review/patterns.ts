/**
 * The four patterns of thinking that DeepEyes names (arXiv 2505.14362, App. D), found by rule. The names and what they mean are
 * the paper's; the paper gives no rules, so each rule here is ours, reconstructed, and says what in the run made it fire.
 */
import { normalizeAnswer } from '@/lib/scene';
import { area, intersection, iou } from '@/lib/geometry';
import { answerOf, boxesAt, questionOf, type BoxAt, type Trajectory } from '@/lib/trajectory';
import { claimsOf, claimValue } from './claims';

export type Pattern =
  /** Two looks apart from each other, and the answer was not yet claimed when the looking began. */
  | { readonly id: 'visual-search'; readonly looks: Pair; readonly overlap: number }
  /** Two looks at things of different names, in a question or thought that compares. */
  | {
      readonly id: 'visual-comparison';
      readonly looks: Pair;
      readonly labels: readonly [string, string];
      readonly word: string;
    }
  /** Two looks in a row at the same thing, and nothing claimed on the way that the answer takes back. */
  | { readonly id: 'visual-confirmation'; readonly looks: Pair; readonly overlap: number; readonly label: string }
  /** Before the first look something else was claimed than was answered in the end. */
  | { readonly id: 'hallucination-mitigation'; readonly before: string; readonly after: string };

export type PatternId = Pattern['id'];

/** Numbers of two looks, as drawn on their boxes. */
type Pair = readonly [number, number];

/**
 * Overlap (IoU of the asked boxes) below which two looks are apart, and above which they are at the same thing. Of two looks the
 * smaller may lie with so large a share of itself in the larger and still be apart: beyond that it is the same place, closer.
 */
export const PATTERN_LIMITS = { apart: 0.3, within: 0.5, same: 0.3 } as const;

const COMPARES =
  /\b(?:larger|largest|bigger|biggest|higher|highest|smaller|smallest|lower|lowest|greater|more|most|less|least|fewer|taller|shorter|longer|older|younger|brighter|darker|closer|than|compared?|comparison|same|different|difference|both|versus|vs)\b/iu;

/** Those that a finished run shows, in the paper's order; none while it is going. */
export function patternsOf(run: Trajectory): readonly Pattern[] {
  if (run.status === 'running') return [];
  const looks = looksOf(run);
  return [search(run, looks), comparison(run, looks), confirmation(run, looks), mitigation(run, looks)].filter(
    (pattern) => pattern !== null,
  );
}

/** The calls that were carried out. */
function looksOf(run: Trajectory): readonly BoxAt[] {
  const shown = new Set(run.steps.flatMap((step) => (step.type === 'result' && !step.refused ? [step.callId] : [])));
  return boxesAt(run, run.steps.length).filter(({ callId }) => shown.has(callId));
}

const overlapOf = (a: BoxAt, b: BoxAt): number => iou(a.asked, b.asked);

function areApart(a: BoxAt, b: BoxAt): boolean {
  const shared = area(intersection(a.asked, b.asked));
  const within = shared / Math.min(area(a.asked), area(b.asked));
  return overlapOf(a, b) < PATTERN_LIMITS.apart && !(within > PATTERN_LIMITS.within);
}

/** Every two looks, the earlier first. */
function* pairs(looks: readonly BoxAt[]): Generator<readonly [BoxAt, BoxAt]> {
  for (const [index, a] of looks.entries()) for (const b of looks.slice(index + 1)) yield [a, b];
}

const firstOf = <T>(found: Iterable<T>, fits: (one: T) => boolean): T | null => {
  for (const one of found) if (fits(one)) return one;
  return null;
};

function search(run: Trajectory, looks: readonly BoxAt[]): Pattern | null {
  const apart = firstOf(pairs(looks), ([a, b]) => areApart(a, b));
  if (!apart || earlyClaims(run, looks).length > 0) return null;
  const [a, b] = apart;
  return { id: 'visual-search', looks: [a.number, b.number], overlap: overlapOf(a, b) };
}

function comparison(run: Trajectory, looks: readonly BoxAt[]): Pattern | null {
  const named = looks.filter(({ label }) => label.trim() !== '');
  const other = firstOf(pairs(named), ([a, b]) => !sameLabel(a, b));
  if (!other) return null;
  const said = [questionOf(run), ...run.steps.flatMap((step) => (step.type === 'think' ? [step.text] : []))];
  const word = said.map((text) => COMPARES.exec(text)?.[0]).find((found) => found !== undefined);
  if (word === undefined) return null;
  const [a, b] = other;
  return { id: 'visual-comparison', looks: [a.number, b.number], labels: [a.label, b.label], word: word.toLowerCase() };
}

function confirmation(run: Trajectory, looks: readonly BoxAt[]): Pattern | null {
  const answer = answerOf(run);
  if (answer === null) return null;
  const inARow = looks.slice(1).map((look, index) => [looks[index]!, look] as const);
  const again = firstOf(inARow, ([a, b]) => sameLabel(a, b) && overlapOf(a, b) > PATTERN_LIMITS.same);
  if (!again || claimsOf(run).some(({ value }) => value !== claimValue(answer))) return null;
  const [a, b] = again;
  return { id: 'visual-confirmation', looks: [a.number, b.number], overlap: overlapOf(a, b), label: b.label };
}

function mitigation(run: Trajectory, looks: readonly BoxAt[]): Pattern | null {
  const answer = answerOf(run);
  const early = earlyClaims(run, looks);
  const [before] = early;
  // Who says two things at once has not made up its mind.
  if (answer === null || before === undefined || early.some((claim) => claim !== before)) return null;
  return before === claimValue(answer) ? null : { id: 'hallucination-mitigation', before, after: answer.trim() };
}

/** What was claimed before anything was looked at; nothing where nothing was. */
function earlyClaims(run: Trajectory, [first]: readonly BoxAt[]): readonly string[] {
  if (!first) return [];
  return claimsOf(run).flatMap(({ stepIndex, value }) => (stepIndex < first.stepIndex ? [value] : []));
}

function sameLabel(a: BoxAt, b: BoxAt): boolean {
  return normalizeAnswer(a.label) === normalizeAnswer(b.label);
}
