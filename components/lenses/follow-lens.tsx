'use client';
/** Thought or picture? Whether an answer follows another crop or another thought, in counts over a few swaps. */
import { useMemo, type ReactNode } from 'react';
import { LensError, measureFollow } from '@/lib/lenses';
import {
  countFollowed,
  FOLLOWED,
  followSchema,
  readLens,
  toKept,
  type Follow,
  type Followed,
} from '@/lib/review/lenses';
import type { Trajectory } from '@/lib/trajectory';
import { useLensesWords } from '@/lib/words/lenses';
import { LensFrame } from './lens-frame';
import type { Measure } from './measurer';
import { otherDraws } from './other-draws';

const KIND = 'follow';

const COLORS: Readonly<Record<Followed, string>> = {
  picture: 'var(--accent)',
  thought: 'var(--turn-1)',
  neither: 'var(--line-strong)',
};

const measure: Measure = async (means) => {
  const draws = await otherDraws(means.run, means.images, means.signal).catch((error: unknown) => {
    // Two numbers in a thought can be swapped all the same.
    if (error instanceof LensError) return [];
    throw error;
  });
  return toKept(KIND, await measureFollow(means.run, draws, means));
};

export function FollowLens({ run }: { readonly run: Trajectory }): ReactNode {
  const { follow: words } = useLensesWords();
  const follow = useMemo(() => readLens(run, KIND, followSchema), [run]);
  return (
    <LensFrame lens={KIND} words={words} ask={words.ask} says={follow && words[verdictOf(follow)]} measure={measure}>
      {follow ? <Counts follow={follow} /> : null}
    </LensFrame>
  );
}

function verdictOf({ trials }: Follow): 'picture' | 'thought' | 'both' | 'neither' {
  const has = (followed: Followed) => trials.some((trial) => trial.followed === followed);
  if (has('picture') && has('thought')) return 'both';
  return has('picture') ? 'picture' : has('thought') ? 'thought' : 'neither';
}

const WIDTH = 440;
const ROW = 46;
const CHANGES = ['crop', 'thought'] as const;

function Counts({ follow }: { readonly follow: Follow }) {
  const { follow: words } = useLensesWords();
  const rows = CHANGES.filter((change) => follow.trials.some((trial) => trial.change === change));
  const name = { crop: words.crop, thought: words.edited };
  return (
    <>
      <svg
        role="img"
        aria-label={rows
          .map((change) => {
            const { picture, thought, neither } = countFollowed(follow, change);
            return `${name[change]}: ${words.counts(picture, thought, neither)}`;
          })
          .join('. ')}
        viewBox={`0 0 ${WIDTH} ${rows.length * ROW}`}
        className="w-full font-sans"
      >
        {rows.map((change, row) => {
          const counts = countFollowed(follow, change);
          const total = FOLLOWED.reduce((sum, one) => sum + counts[one], 0);
          let x = 0;
          return (
            <g key={change}>
              <text x={0} y={row * ROW + 12} fontSize={12} fill="var(--ink-soft)">
                {name[change]}
              </text>
              {FOLLOWED.map((followed) => {
                const width = (counts[followed] / total) * WIDTH;
                const at = x;
                x += width;
                if (width === 0) return null;
                return (
                  <g key={followed}>
                    <rect
                      x={at + 0.5}
                      y={row * ROW + 18}
                      width={width - 1}
                      height={20}
                      rx={4}
                      fill={COLORS[followed]}
                    />
                    <text
                      x={at + 8}
                      y={row * ROW + 32}
                      fontSize={12}
                      fontWeight={600}
                      fill={
                        followed === 'picture'
                          ? 'var(--accent-on)'
                          : followed === 'thought'
                            ? 'var(--turn-1-on)'
                            : 'var(--paper)'
                      }
                    >
                      {counts[followed]} {words.followed[followed]}
                    </text>
                  </g>
                );
              })}
            </g>
          );
        })}
      </svg>
      <ul className="mt-1 flex flex-col gap-0.5 text-micro text-ink-soft">
        {follow.trials.map(({ change, pictureSays, thoughtSays, answer }, at) => (
          <li key={at} dir="auto">
            {change === 'thought'
              ? words.trialThought(thoughtSays, pictureSays?.[0] ?? '', answer)
              : pictureSays
                ? words.trialCrop(pictureSays[0] ?? '', thoughtSays, answer)
                : words.trialUnknown(thoughtSays, answer)}
          </li>
        ))}
      </ul>
    </>
  );
}
