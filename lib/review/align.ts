/** Two runs laid side by side: which step of one stands beside which of the other, and where they first part. Pure. */
import { iou } from '@/lib/geometry';
import { boxesAt, wordsOf, type Step, type Trajectory } from '@/lib/trajectory';

/** How many steps of each are visible at once. */
export interface Moment {
  readonly a: number;
  readonly b: number;
}

/** Turn by turn, and within a turn step by step; who has no more of a turn waits for the other. The first moment shows nothing of either. */
export function alignRuns(a: Trajectory, b: Trajectory): readonly Moment[] {
  const [inA, inB] = [byTurn(a), byTurn(b)];
  const moments: Moment[] = [{ a: 0, b: 0 }];
  for (const turn of [...new Set([...inA.keys(), ...inB.keys()])].toSorted((one, other) => one - other)) {
    const [countA, countB] = [inA.get(turn) ?? 0, inB.get(turn) ?? 0];
    const { a: doneA, b: doneB } = moments.at(-1)!;
    for (let step = 1; step <= Math.max(countA, countB); step += 1) {
      moments.push({ a: doneA + Math.min(step, countA), b: doneB + Math.min(step, countB) });
    }
  }
  return moments;
}

function byTurn({ steps }: Trajectory): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { turn } of steps) counts.set(turn, (counts.get(turn) ?? 0) + 1);
  return counts;
}

/** Index of the first moment that shows a difference; null where there is none. */
export function divergenceOf(a: Trajectory, b: Trajectory, moments: readonly Moment[]): number | null {
  const index = moments.findIndex((moment, at) => {
    const before = moments[at - 1];
    if (!before) return false;
    const [stepA, stepB] = [moment.a > before.a, moment.b > before.b];
    return stepA !== stepB || !isSame(a.steps[moment.a - 1], b.steps[moment.b - 1]);
  });
  return index < 0 ? null : index;
}

/** Times and probabilities make no other step. */
function isSame(a: Step | undefined, b: Step | undefined): boolean {
  if (!a || !b || a.type !== b.type || wordsOf(a) !== wordsOf(b)) return false;
  if (a.type === 'result' && b.type === 'result') return (a.refused === null) === (b.refused === null);
  if (a.type === 'said' && b.type === 'said') return JSON.stringify(a.parts) === JSON.stringify(b.parts);
  return true;
}

export interface LookPair {
  /** 1 for the first look of each. */
  readonly number: number;
  /** Of what was asked for, from 0 to 1; null where one of them has no such look, or it is of another picture. */
  readonly overlap: number | null;
}

/** The looks of both, the first beside the first. @param isSamePicture whether two pictures of the runs are one file */
export function lookPairs(
  a: Trajectory,
  b: Trajectory,
  isSamePicture: (ofA: string, ofB: string) => boolean,
): readonly LookPair[] {
  const [inA, inB] = [boxesAt(a, a.steps.length), boxesAt(b, b.steps.length)];
  return Array.from({ length: Math.max(inA.length, inB.length) }, (_, index) => {
    const [one, other] = [inA[index], inB[index]];
    const isPair = one && other && isSamePicture(one.picture, other.picture);
    return { number: index + 1, overlap: isPair ? iou(one.asked, other.asked) : null };
  });
}

/** A piece of two texts: words that both have, or one alone. */
export interface WordPiece {
  readonly text: string;
  readonly in: 'both' | 'a' | 'b';
}

/** Longer texts are told apart as a whole: the work grows with the product of their lengths. */
const MOST_WORDS = 600;

/** What two texts have in common and what not, word by word; the pieces of each, in order, are that text. */
export function wordDifference(a: string, b: string): readonly WordPiece[] {
  const [inA, inB] = [a, b].map((text) => text.match(/\s*\S+|\s+$/g) ?? []);
  if (!inA || !inB || inA.length > MOST_WORDS || inB.length > MOST_WORDS) {
    return a === b ? [{ text: a, in: 'both' }] : [{ text: a, in: 'a' } as const, { text: b, in: 'b' } as const];
  }
  // Longest common subsequence of the rest of each, from the end.
  const width = inB.length + 1;
  const longest = new Uint16Array((inA.length + 1) * width);
  for (let i = inA.length - 1; i >= 0; i -= 1) {
    for (let j = inB.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] =
        inA[i] === inB[j]
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
    }
  }
  const pieces: { text: string; in: WordPiece['in'] }[] = [];
  const add = (text: string, of: WordPiece['in']) => {
    const last = pieces.at(-1);
    if (last?.in === of) last.text += text;
    else pieces.push({ text, in: of });
  };
  let [i, j] = [0, 0];
  while (i < inA.length || j < inB.length) {
    const hasBoth = i < inA.length && j < inB.length;
    if (hasBoth && inA[i] === inB[j]) {
      add(inA[i]!, 'both');
      i += 1;
      j += 1;
    } else if (j >= inB.length || (hasBoth && longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!)) {
      add(inA[i]!, 'a');
      i += 1;
    } else {
      add(inB[j]!, 'b');
      j += 1;
    }
  }
  return pieces;
}
