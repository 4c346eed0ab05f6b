/**
 * Whether agreement tells that most are right: the area under the curve of "agreement" as a sign of "the majority is right" (the chance that
 * a question whose majority is right agrees more than one whose majority is wrong; a tie counts half), with an interval. Pure.
 */

export interface Judged {
  /** Share of the runs that say what most say. */
  readonly agreement: number;
  readonly right: boolean;
}

/** Null where all are right, or none is: there is nothing to tell apart. */
export function areaUnderCurve(questions: readonly Judged[]): number | null {
  const counts = new Map<number, { right: number; wrong: number }>();
  for (const { agreement, right } of questions) {
    const at = counts.get(agreement) ?? { right: 0, wrong: 0 };
    counts.set(agreement, { right: at.right + Number(right), wrong: at.wrong + Number(!right) });
  }
  let [below, won, right, wrong] = [0, 0, 0, 0];
  for (const [, at] of [...counts].toSorted(([a], [b]) => a - b)) {
    won += at.right * (below + at.wrong / 2);
    below += at.wrong;
    right += at.right;
    wrong += at.wrong;
  }
  return right === 0 || wrong === 0 ? null : won / (right * wrong);
}

/**
 * The middle 95 % of what drawing the questions anew would give (bootstrap, percentiles).
 * @param random from 0 to below 1
 */
export function intervalOf(
  questions: readonly Judged[],
  random: () => number,
  draws = 2000,
): readonly [number, number] | null {
  const areas: number[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    const drawn = questions.map(() => questions[Math.floor(random() * questions.length)]!);
    const area = areaUnderCurve(drawn);
    if (area !== null) areas.push(area);
  }
  areas.sort((a, b) => a - b);
  const at = (share: number) => areas[Math.min(areas.length - 1, Math.floor(share * areas.length))];
  const [low, high] = [at(0.025), at(0.975)];
  return low === undefined || high === undefined ? null : [low, high];
}
