/** KL over the size of a nudge, both as powers of ten: measured along v₁ and at random, and what the quadratic law predicts. */
import type { ReactNode } from 'react';
import { predictedDivergence, type Reading } from '@/lib/review/lenses';
import { useLensesWords } from '@/lib/words/lenses';

const WIDTH = 440;
const HEIGHT = 170;
const LEFT = 44;
const RIGHT = 12;
const TOP = 18;
const FOOT = 34;
/** What stands over the ten. */
const TENS = { 1e-6: '⁻⁶', 1e-4: '⁻⁴', 1e-2: '⁻²', 1: '' };
/** Nats; less is drawn as this. */
const LEAST = 1e-6;
const MOST = 20;

export function NudgeChart({
  reading: { along, random, pictures, nudged },
  epsilon,
}: {
  readonly reading: Reading;
  readonly epsilon: number;
}): ReactNode {
  const { reading: words } = useLensesWords();
  const values = pictures[nudged]?.values ?? [];
  const [first, last] = [along[0]?.epsilon ?? 0.01, along.at(-1)?.epsilon ?? 1];
  const x = (value: number) =>
    LEFT + (Math.log(value / first) / Math.log(last / first || Math.E)) * (WIDTH - LEFT - RIGHT);
  const y = (kl: number) => {
    const share = Math.log(Math.min(MOST, Math.max(LEAST, kl)) / LEAST) / Math.log(MOST / LEAST);
    return HEIGHT - FOOT - share * (HEIGHT - TOP - FOOT);
  };
  const line = (points: readonly (readonly [number, number])[]) =>
    points.map(([e, kl]) => `${x(e).toFixed(1)},${y(kl).toFixed(1)}`).join(' ');
  const predicted = along
    .map(({ epsilon: e }) => [e, predictedDivergence({ values }, e)] as const)
    .filter(([, kl]) => kl < MOST);
  return (
    <svg
      role="img"
      aria-label={`${words.chart}. ${words.axis}. ${words.height}.`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="w-full font-sans"
    >
      {([1e-6, 1e-4, 1e-2, 1] as const).map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} stroke="var(--line)" />
          <text x={LEFT - 6} y={y(tick) + 3.5} fontSize={10} textAnchor="end" fill="var(--ink-faint)">
            {tick === 1 ? 1 : `10${TENS[tick]}`}
          </text>
        </g>
      ))}
      <text x={2} y={9} fontSize={10} fill="var(--ink-faint)">
        {words.height}
      </text>
      {along.map(({ epsilon: e }, at) =>
        at % 2 === 0 ? (
          <text key={e} x={x(e)} y={HEIGHT - FOOT + 14} fontSize={10} textAnchor="middle" fill="var(--ink-faint)">
            {Number(e.toPrecision(2))}
          </text>
        ) : null,
      )}
      <text x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 4} fontSize={10} textAnchor="middle" fill="var(--ink-faint)">
        {words.axis}
      </text>
      <line x1={x(epsilon)} x2={x(epsilon)} y1={TOP - 6} y2={HEIGHT - FOOT} stroke="var(--ink)" strokeWidth={1.25} />
      <polyline points={line(predicted)} fill="none" stroke="var(--ink-faint)" strokeDasharray="4 3" />
      {(
        [
          [along, 'var(--accent)', words.along],
          [random, 'var(--turn-3)', words.random],
        ] as const
      ).map(([tries, color, name], row) => (
        <g key={name}>
          <polyline
            points={line(tries.map(({ epsilon: e, kl }) => [e, kl] as const))}
            fill="none"
            stroke={color}
            strokeWidth={2}
          />
          {tries.map(({ epsilon: e, kl, best }) => (
            <circle
              key={e}
              cx={x(e)}
              cy={y(kl)}
              r={best === 0 ? 2.5 : 4.5}
              fill={best === 0 ? color : 'var(--surface)'}
              stroke={color}
              strokeWidth={2}
            />
          ))}
          <text
            x={WIDTH - RIGHT - 4}
            y={HEIGHT - FOOT - 36 + row * 14}
            fontSize={11}
            fontWeight={600}
            textAnchor="end"
            fill={color}
          >
            {name}
          </text>
        </g>
      ))}
      <text x={WIDTH - RIGHT - 4} y={HEIGHT - FOOT - 8} fontSize={11} textAnchor="end" fill="var(--ink-faint)">
        {words.predicted}
      </text>
    </svg>
  );
}
