'use client';
/** The mean belief of a set's runs, by outcome: before, after each look, at the end. */
import type { ReactNode } from 'react';
import { meanBelief, type Belief, type MeanBelief as Mean } from '@/lib/review/lenses';
import { useLensesWords } from '@/lib/words/lenses';
import { beliefScale } from './belief-scale';

interface MeanBeliefProps {
  readonly runs: readonly { readonly belief: Belief; readonly isRight: boolean }[];
}

const WIDTH = 300;
const HEIGHT = 120;
const LEFT = 40;
const TOP = 8;
const FOOT = 20;

const LINES = [
  { of: 'right', color: 'var(--accent)' },
  { of: 'wrong', color: 'var(--danger)' },
] as const;

export function MeanBelief({ runs }: MeanBeliefProps): ReactNode {
  const { set: words, belief: own } = useLensesWords();
  const means = meanBelief(runs);
  const points = means.flatMap(({ right, wrong }) => [right, wrong].flatMap((logprob) => logprob ?? []));
  const scale = beliefScale({
    points: points.map((logprob) => ({ moment: 'look', cursor: 0, logprob })),
    chance: null,
  });
  const name = ({ at }: Mean) =>
    at === 'before' ? words.at.before : at === 'thought' ? words.at.thought : words.at.look(Number(at.slice(5)));
  const x = (index: number) => LEFT + (index / Math.max(1, means.length - 1)) * (WIDTH - LEFT - 24);
  const y = (logprob: number) => TOP + scale.down(logprob) * (HEIGHT - TOP - FOOT);
  const told = means.map((mean) => {
    const parts = LINES.flatMap(({ of }) =>
      mean[of] === null ? [] : [`${words[of]} ${own.share(Math.exp(mean[of]))}`],
    );
    return `${name(mean)}: ${parts.join(', ')} (${words.runs(mean.runs)})`;
  });
  return (
    <figure>
      <svg
        role="img"
        aria-label={`${words.means}. ${told.join('. ')}`}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className="w-full font-sans"
      >
        {scale.lines.map((line) => (
          <g key={line}>
            <line x1={LEFT} x2={WIDTH} y1={y(line)} y2={y(line)} stroke="var(--line)" />
            <text x={LEFT - 6} y={y(line) + 3} fontSize={9} textAnchor="end" fill="var(--ink-faint)">
              {own.share(Math.exp(line))}
            </text>
          </g>
        ))}
        {LINES.map(({ of, color }) => {
          const line = means.flatMap((mean, index) => (mean[of] === null ? [] : [[x(index), y(mean[of])] as const]));
          return (
            <g key={of}>
              <polyline points={line.join(' ')} fill="none" stroke={color} strokeWidth={2} strokeLinejoin="round" />
              {line.map(([px, py]) => (
                <circle key={px} cx={px} cy={py} r={3} fill={color} />
              ))}
            </g>
          );
        })}
        {means.map((mean, index) => (
          <text key={mean.at} x={x(index)} y={HEIGHT - 5} fontSize={9} textAnchor="middle" fill="var(--ink-faint)">
            <title>{told[index]}</title>
            {name(mean)}
          </text>
        ))}
      </svg>
      <figcaption className="flex gap-4 text-micro text-ink-soft">
        {LINES.map(({ of, color }) => (
          <span key={of} className="inline-flex items-center gap-1.5">
            <span aria-hidden className="h-0.5 w-3.5 rounded-full" style={{ background: color }} />
            {words[of]}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
