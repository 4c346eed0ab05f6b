/** What two runs side by side say, in a sentence. Pure. */
import type { Finding } from '@/lib/review';
import type { Trajectory } from '@/lib/trajectory';

export const FINDING_WORDS = {
  'looking-helped': 'Looking made the difference: without it the answer is wrong.',
  'looking-misled': 'Here looking misled it: without it the answer is right.',
  'right-either-way': 'It did not need to look: the answer is right either way.',
  'wrong-either-way': 'The answer is wrong either way.',
  'same-answer': 'The answer is the same either way.',
  'other-answer': 'Looking changed the answer.',
} as const satisfies Record<Exclude<Finding, 'unfinished'>, string>;

/** What stands in the place of an answer; null where there is one. */
export function answerMissing({ status }: Trajectory): string {
  const words = { running: 'Not yet', done: 'No answer', stopped: 'Stopped', failed: 'Failed' } as const;
  return words[status];
}

/** Why their times say little about looking; null where they may be compared. */
export function timesDiffer(a: Trajectory, b: Trajectory): string | null {
  if (a.status !== 'done' || b.status !== 'done') return null;
  const [first, other] = [a.models[0], b.models[0]];
  if (first?.device !== other?.device) return 'They ran on different devices; their times do not compare.';
  if (first?.id !== other?.id || first?.version !== other?.version) {
    return 'They are by different models; looking is not all that differs.';
  }
  const [earlier, later] = [a, b].toSorted((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
  const encoded = (run: Trajectory | undefined) => run?.usage[0]?.imagesEncoded ?? 0;
  return encoded(earlier) > 0 && encoded(later) === 0
    ? 'The later one found the picture already encoded, which saved it time.'
    : null;
}
