'use client';
/** Belief: how likely the right answer (or the one that was given) was before the run, after each look and at its end, as one curve. */
import { useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useKnownAnswer } from '@/components/review';
import { turnColorNumber } from '@/components/ui/turn-color';
import { measureBelief } from '@/lib/lenses';
import { usePlayer } from '@/lib/player';
import { beliefSchema, readLens, toKept, type Belief } from '@/lib/review/lenses';
import type { Trajectory } from '@/lib/trajectory';
import { useLensesWords } from '@/lib/words/lenses';
import { beliefScale } from './belief-scale';
import { LensFrame } from './lens-frame';
import type { Measure } from './measurer';

export const BELIEF = 'belief';

export function BeliefLens({ run }: { readonly run: Trajectory }): ReactNode {
  const { belief: words } = useLensesWords();
  const known = useKnownAnswer(run);
  const belief = useMemo(() => readLens(run, BELIEF, beliefSchema), [run]);
  const truth = known?.accepted ?? run.truth?.answers ?? null;
  const measure: Measure = async (means) =>
    toKept(BELIEF, await measureBelief(means.run, truth && truth.length > 0 ? truth : null, means));
  const [first, last] = [belief?.points[0], belief?.points.at(-1)];
  return (
    <LensFrame
      lens={BELIEF}
      words={words}
      ask={(belief ? belief.isTruth : truth) ? words.ask : words.askGiven}
      says={first && last ? words.says(Math.exp(first.logprob), Math.exp(last.logprob)) : null}
      measure={measure}
    >
      {belief ? <Curve run={run} belief={belief} /> : null}
    </LensFrame>
  );
}

const WIDTH = 440;
const HEIGHT = 150;
const LEFT = 44;
const RIGHT = 14;
const TOP = 18;
const FOOT = 22;

function Curve({ run, belief }: { readonly run: Trajectory; readonly belief: Belief }) {
  const { belief: words, pointAt } = useLensesWords();
  const cursor = usePlayer((state) => state.cursor);
  const [at, setAt] = useState<number | null>(null);
  const { points, chance, answer } = belief;
  const scale = useMemo(() => beliefScale(belief), [belief]);
  const most = Math.max(1, run.steps.length);
  const x = (step: number) => LEFT + (step / most) * (WIDTH - LEFT - RIGHT);
  const y = (logprob: number) => TOP + scale.down(logprob) * (HEIGHT - TOP - FOOT);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    setAt((now) => Math.min(points.length - 1, Math.max(0, (now ?? (by > 0 ? -1 : points.length)) + by)));
  };
  const pointed = at === null ? null : points[at];
  return (
    <>
      <svg
        role="img"
        aria-label={points.map(({ moment, logprob }) => words.point(words.moments[moment], logprob)).join('. ')}
        tabIndex={0}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className="w-full rounded-s font-sans"
        onKeyDown={onKeyDown}
        onPointerLeave={() => setAt(null)}
      >
        <text x={LEFT} y={10} fontSize={11} fill="var(--ink-faint)">
          {words.of(answer)}
        </text>
        {scale.lines.map((line) => (
          <g key={line}>
            <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(line)} y2={y(line)} stroke="var(--line)" />
            <text x={LEFT - 6} y={y(line) + 3.5} fontSize={10} textAnchor="end" fill="var(--ink-faint)">
              {words.share(Math.exp(line))}
            </text>
          </g>
        ))}
        {chance === null ? null : (
          <g>
            <line
              x1={LEFT}
              x2={WIDTH - RIGHT}
              y1={y(Math.log(chance))}
              y2={y(Math.log(chance))}
              stroke="var(--caution)"
              strokeDasharray="3 3"
            />
            <text x={WIDTH - RIGHT} y={y(Math.log(chance)) - 4} fontSize={10} textAnchor="end" fill="var(--caution)">
              {words.chance(chance)}
            </text>
          </g>
        )}
        <line
          x1={x(cursor)}
          x2={x(cursor)}
          y1={TOP - 4}
          y2={HEIGHT - FOOT + 4}
          stroke="var(--ink)"
          strokeWidth={1.25}
        />
        <polyline
          points={points.map((point) => `${x(point.cursor).toFixed(1)},${y(point.logprob).toFixed(1)}`).join(' ')}
          fill="none"
          stroke="var(--accent)"
          strokeWidth={2.25}
          strokeLinejoin="round"
          strokeLinecap="round"
        />
        {points.map((point, index) => {
          const before = points[index - 1];
          const [px, py] = [x(point.cursor), y(point.logprob)];
          const turn = run.steps[point.cursor - 1]?.turn ?? 0;
          return (
            <g key={index} onPointerEnter={() => setAt(index)} onPointerDown={() => setAt(index)}>
              <circle cx={px} cy={py} r={14} fill="transparent" />
              <circle
                cx={px}
                cy={py}
                r={index === at ? 6 : 4.5}
                fill={turn === 0 ? 'var(--ink-faint)' : `var(--turn-${turnColorNumber(turn)})`}
                stroke="var(--surface)"
                strokeWidth={1.5}
              />
              {before ? (
                <text
                  x={(x(before.cursor) + px) / 2}
                  y={Math.max(TOP + 2, (y(before.logprob) + py) / 2 - 7)}
                  fontSize={10.5}
                  fontWeight={600}
                  textAnchor="middle"
                  fill={point.logprob >= before.logprob ? 'var(--accent)' : 'var(--danger)'}
                >
                  {words.gain(point.logprob - before.logprob)}
                </text>
              ) : null}
            </g>
          );
        })}
        {points.map(({ moment, cursor: where }, index) =>
          // Where two stand close only the later is named.
          index < points.length - 1 && x(points[index + 1]!.cursor) - x(where) < 76 ? null : (
            <text
              key={index}
              x={x(where)}
              y={HEIGHT - 6}
              fontSize={10}
              textAnchor={index === 0 ? 'start' : index === points.length - 1 ? 'end' : 'middle'}
              fill="var(--ink-faint)"
            >
              {words.moments[moment]}
            </text>
          ),
        )}
      </svg>
      <p role="status" className="tabular min-h-4 text-micro text-ink-soft">
        {pointed ? words.point(words.moments[pointed.moment], pointed.logprob) : pointAt}
      </p>
    </>
  );
}
