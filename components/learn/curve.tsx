/** One small chart over the steps of training: what was logged, faint, and its running mean. */
import { runningMean } from '@/lib/learn';
import { useLearnWords } from '@/lib/words/learn';

export interface Series {
  readonly name: string;
  /** A CSS colour. */
  readonly color: string;
  readonly values: readonly (number | null)[];
}

interface CurveProps {
  readonly title: string;
  readonly steps: readonly number[];
  readonly series: readonly Series[];
  /** The top of the scale; it begins at 0. */
  readonly most: number;
  readonly write: (value: number) => string;
  /** Steps at which the scenes grew. */
  readonly levels: readonly { readonly step: number; readonly name: string }[];
  /** The step that is looked at. */
  readonly at: number;
}

const WIDTH = 320;
const HEIGHT = 120;
const WINDOW = 8;

export function Curve({ title, steps, series, most, write, levels, at }: CurveProps) {
  const words = useLearnWords().curves;
  const end = steps.at(-1) ?? 1;
  const x = (step: number) => (step / Math.max(1, end)) * WIDTH;
  const y = (value: number) => HEIGHT - (Math.min(value, most) / most) * HEIGHT;
  const line = (values: readonly (number | null)[]) =>
    values
      .flatMap((value, i) => (value === null ? [] : [`${x(steps[i] ?? 0).toFixed(1)},${y(value).toFixed(1)}`]))
      .join(' ');
  const smooth = series.map(({ values }) => runningMean(values, WINDOW));
  const described = series.map(({ name }, i) =>
    words.fromTo(name, told(smooth[i]?.[0], write), told(smooth[i]?.at(-1), write)),
  );
  return (
    <figure className="min-w-0">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-serif text-lead font-medium">{title}</span>
        <span className="flex flex-wrap gap-x-3 text-small text-ink-soft">
          {series.map(({ name, color }, i) => (
            <span key={name} className="inline-flex items-center gap-1.5">
              <span aria-hidden className="h-0.5 w-3.5 rounded-full" style={{ background: color }} />
              {name} <span className="text-ink-faint tabular">{told(smooth[i]?.at(-1), write)}</span>
            </span>
          ))}
        </span>
      </figcaption>
      <div className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-micro text-ink-faint tabular">
        <div aria-hidden className="flex flex-col justify-between text-right leading-none">
          <span>{write(most)}</span>
          <span>0</span>
        </div>
        <svg
          role="img"
          aria-label={words.described(title, described.join('; '))}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-28 w-full overflow-visible"
        >
          {[0, 0.5, 1].map((part) => (
            <line
              key={part}
              x1={0}
              x2={WIDTH}
              y1={HEIGHT * part}
              y2={HEIGHT * part}
              stroke="var(--line)"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {levels.slice(1).map(({ step }) => (
            <line
              key={step}
              x1={x(step)}
              x2={x(step)}
              y1={0}
              y2={HEIGHT}
              stroke="var(--line-strong)"
              strokeDasharray="2 3"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {series.map(({ name, color, values }, i) => (
            <g key={name} fill="none" stroke={color} strokeLinejoin="round">
              <polyline points={line(values)} opacity={0.28} vectorEffect="non-scaling-stroke" />
              <polyline points={line(smooth[i] ?? [])} strokeWidth={2} vectorEffect="non-scaling-stroke" />
            </g>
          ))}
          <line
            x1={x(at)}
            x2={x(at)}
            y1={0}
            y2={HEIGHT}
            stroke="var(--ink)"
            strokeWidth={1.5}
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        <span />
        <div aria-hidden className="flex justify-between pt-1">
          <span>{words.firstStep}</span>
          <span>{end}</span>
        </div>
      </div>
    </figure>
  );
}

function told(value: number | null | undefined, write: (value: number) => string): string {
  return value === null || value === undefined ? '–' : write(value);
}
