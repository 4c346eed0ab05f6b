/** Means over many runs with lenses on them: what `npm run lenses` prints, and docs/lenses.md shows. Pure. */
import {
  antisdSchema,
  beliefSchema,
  contrastSchema,
  countFollowed,
  followSchema,
  gainsOf,
  meanBelief,
  readLens,
  SOURCES,
  stepDrops,
  type Follow,
  type Followed,
} from '@/lib/review/lenses';
import { pictureOf, type Trajectory } from '@/lib/trajectory';

export interface MeasuredRun {
  readonly name: string;
  readonly kind: string;
  readonly right: boolean;
  readonly milliseconds: Readonly<Record<string, number>>;
  readonly run: Trajectory;
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Number((values.reduce((sum, one) => sum + one, 0) / values.length).toFixed(3));
const median = (values: readonly number[]): number | null =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? null;

const STEPS = ['think', 'call', 'answer'] as const;

export function lensTable(runs: readonly MeasuredRun[]) {
  const right = runs.filter((one) => one.right);
  const follows = right.flatMap(({ kind, run }) => {
    const follow = readLens(run, 'follow', followSchema);
    return follow ? [{ kind, follow }] : [];
  });
  const counted = (kinds: (kind: string) => boolean, change: 'crop' | 'thought') => {
    const chosen = follows.filter(({ kind }) => kinds(kind));
    const total = (followed: Followed) =>
      chosen.reduce((sum, { follow }: { follow: Follow }) => sum + countFollowed(follow, change)[followed], 0);
    const trialed = chosen.filter(({ follow }) => follow.trials.some((trial) => trial.change === change));
    return { runs: trialed.length, picture: total('picture'), thought: total('thought'), neither: total('neither') };
  };
  const isPair = (kind: string) => kind === 'larger-number';
  const contrasts = right.flatMap(({ run }) => {
    const contrast = readLens(run, 'contrast', contrastSchema);
    return contrast ? [{ run, contrast }] : [];
  });
  const contrast = Object.fromEntries(
    STEPS.map((type) => [
      type,
      Object.fromEntries(
        SOURCES.map((source) => {
          const drops = contrasts.flatMap(({ run, contrast: of }) =>
            run.steps.flatMap((step, at) =>
              step.type === type ? (stepDrops(of, at, 1, 'mean-log')[source] ?? []) : [],
            ),
          );
          return [source, mean(drops)];
        }),
      ),
    ]),
  );
  const beliefs = runs.flatMap(({ run, right: isRight }) => {
    const belief = readLens(run, 'belief', beliefSchema);
    return belief ? [{ run, belief, isRight }] : [];
  });
  const first = beliefs.flatMap(({ belief }) => gainsOf(belief).find(({ moment }) => moment === 'look')?.gain ?? []);
  const later = beliefs.flatMap(({ belief }) =>
    gainsOf(belief)
      .filter(({ moment }) => moment === 'look')
      .slice(1)
      .map(({ gain }) => gain),
  );
  const us = runs.flatMap(({ run, right: isRight }) => {
    const antisd = readLens(run, 'antisd', antisdSchema);
    return (antisd?.tokens ?? []).map((token) => ({
      isRight,
      type: run.steps[token.step]?.type,
      isLast: run.steps[token.step]?.turn === run.steps.at(-1)?.turn,
      u: token.teacher - token.student,
    }));
  });
  const u = (isRight: boolean, which: (one: (typeof us)[number]) => boolean) =>
    mean(us.filter((one) => one.isRight === isRight && which(one)).map((one) => one.u));
  const rows = {
    thoughtBeforeLook: (one: (typeof us)[number]) => one.type === 'think' && !one.isLast,
    call: (one: (typeof us)[number]) => one.type === 'call',
    thoughtAtEnd: (one: (typeof us)[number]) => one.type === 'think' && one.isLast,
    answer: (one: (typeof us)[number]) => one.type === 'answer',
  };
  const kinds = Object.keys(runs[0]?.milliseconds ?? {});
  return {
    runs: runs.length,
    right: right.length,
    looks: mean(
      runs.map(({ run }) => run.pictures.filter(({ id }) => pictureOf(run.pictures, id)?.from === 'view').length),
    ),
    follow: {
      oneTag: { crop: counted((kind) => !isPair(kind), 'crop'), thought: counted((kind) => !isPair(kind), 'thought') },
      twoNumbers: { thought: counted(isPair, 'thought') },
    },
    contrast: { runs: contrasts.length, ...contrast },
    belief: {
      means: meanBelief(beliefs),
      firstLook: { gain: mean(first), up: first.filter((gain) => gain > 0).length, of: first.length },
      laterLooks: { gain: mean(later), up: later.filter((gain) => gain > 0).length, of: later.length },
    },
    antisd: Object.fromEntries(
      Object.entries(rows).map(([name, which]) => [name, { right: u(true, which), wrong: u(false, which) }]),
    ),
    seconds: Object.fromEntries(
      kinds.map((kind) => [kind, (median(runs.map(({ milliseconds }) => milliseconds[kind] ?? 0)) ?? 0) / 1000]),
    ),
  };
}

export type LensTable = ReturnType<typeof lensTable>;

const cell = (value: number | null | undefined) => (value === null || value === undefined ? '–' : value.toFixed(2));
const rows = (head: readonly string[], body: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`).join('\n');

export function lensMarkdown({ follow, contrast, belief, antisd, ...all }: LensTable): string {
  const follows = [
    ['one tag, another crop', follow.oneTag.crop],
    ['one tag, thought edited', follow.oneTag.thought],
    ['two numbers, swapped in the thought', follow.twoNumbers.thought],
  ] as const;
  const drops = contrast as unknown as Record<string, Record<string, number | null>>;
  return [
    `${all.runs} runs, ${all.right} right.`,
    rows(
      ['', 'runs', 'picture', 'thought', 'neither'],
      follows.map(([name, one]) => [name, one.runs, one.picture, one.thought, one.neither].map(String)),
    ),
    rows(
      ['with another …', ...STEPS],
      SOURCES.map((source) => [source, ...STEPS.map((type) => cell(drops[type]?.[source]))]),
    ),
    rows(
      ['', 'right', 'wrong', 'runs'],
      belief.means.map(({ at, right, wrong, runs }) => [at, cell(right), cell(wrong), String(runs)]),
    ),
    `First look ${cell(belief.firstLook.gain)} (up in ${belief.firstLook.up} of ${belief.firstLook.of}), later looks ${cell(belief.laterLooks.gain)} (up in ${belief.laterLooks.up} of ${belief.laterLooks.of}).`,
    rows(
      ['mean u', 'right', 'wrong'],
      Object.entries(antisd).map(([name, { right, wrong }]) => [name, cell(right), cell(wrong)]),
    ),
    `Seconds a run (median): ${Object.entries(all.seconds)
      .map(([name, value]) => `${name} ${value.toFixed(1)}`)
      .join(', ')}.`,
    '',
  ].join('\n\n');
}
