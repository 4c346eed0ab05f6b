'use client';
/** How a model changed while it was trained: calls, IoU, reward and accuracy by step, a point of which leads to its runs. */
import type { DynamicsPoint } from '@/lib/sets';
import { useFormatsWords } from '@/lib/words/formats';

interface DynamicsCurvesProps {
  readonly points: readonly DynamicsPoint[];
  readonly onStep: (step: number) => void;
}

const WIDTH = 300;
const HEIGHT = 56;

export function DynamicsCurves({ points, onStep }: DynamicsCurvesProps) {
  const { page } = useFormatsWords();
  const { statistics: words } = page;
  const curves: readonly (readonly [string, readonly (number | null)[]])[] = [
    [words.meanCalls, points.map(({ calls }) => calls.mean)],
    [words.meanIou, points.map(({ iou }) => iou)],
    [words.meanReward, points.map(({ reward }) => reward)],
    [words.accuracy, points.map(({ share }) => share.accuracy)],
  ];
  return (
    <div className="flex flex-col gap-3">
      <p className="text-small text-ink-faint">{words.dynamicsAbout}</p>
      {curves.map(([name, values]) =>
        values.some((value) => value !== null) ? (
          <Curve key={name} name={name} values={values} points={points} onStep={onStep} />
        ) : null,
      )}
    </div>
  );
}

interface CurveProps extends DynamicsCurvesProps {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

function Curve({ name, values, points, onStep }: CurveProps) {
  const { page } = useFormatsWords();
  const { statistics: words } = page;
  const known = values.flatMap((value) => value ?? []);
  const [least, most] = [Math.min(0, ...known), Math.max(...known)];
  const [first, last] = [points[0]?.step ?? 0, points.at(-1)?.step ?? 1];
  const placed = points.flatMap(({ step, stage }, at) => {
    const value = values[at];
    if (value === null || value === undefined) return [];
    const x = ((step - first) / Math.max(1, last - first)) * (WIDTH - 12) + 6;
    const y = HEIGHT - 6 - ((value - least) / Math.max(1e-9, most - least)) * (HEIGHT - 12);
    return [{ step, stage, value, x, y }];
  });
  return (
    <figure>
      <figcaption className="tabular flex justify-between text-micro text-ink-faint">
        <span>{name}</span>
        <span>{most.toFixed(2)}</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="w-full overflow-visible">
        <polyline
          points={placed.map(({ x, y }) => `${x},${y}`).join(' ')}
          fill="none"
          className="stroke-accent"
          strokeWidth={1.5}
        />
        {placed.map(({ step, stage, value, x, y }) => (
          <circle
            key={step}
            cx={x}
            cy={y}
            r={4}
            role="button"
            tabIndex={0}
            aria-label={words.point(name, step, value.toFixed(2))}
            className="cursor-pointer fill-accent hover:fill-ink"
            onClick={() => onStep(step)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') onStep(step);
            }}
          >
            <title>{`${words.point(name, step, value.toFixed(2))}${stage ? ` (${words.stages[stage]})` : ''}`}</title>
          </circle>
        ))}
      </svg>
    </figure>
  );
}
