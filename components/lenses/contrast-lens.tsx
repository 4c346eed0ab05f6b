'use client';
/** Contrast rows: what each word of the run loses when the overview, the last crop or the question is another one. */
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { NumberSetting } from '@/components/ui/number-setting';
import { Segmented } from '@/components/ui/segmented';
import { measureContrast } from '@/lib/lenses';
import {
  contrastSchema,
  dropOf,
  readLens,
  SOURCES,
  spreadOf,
  stepDrops,
  toKept,
  type Contrast,
  type GenericMean,
  type Source,
} from '@/lib/review/lenses';
import type { Trajectory } from '@/lib/trajectory';
import { useLensesWords } from '@/lib/words/lenses';
import { FlowFigure } from './flow-figure';
import { LensFrame } from './lens-frame';
import type { Measure } from './measurer';
import { otherDraws } from './other-draws';
import type { FlowToken } from './token-flow';

const KIND = 'contrast';

/** Told apart by who sees few colours, and each with its row and its number. */
const COLORS: Readonly<Record<Source, string>> = {
  overview: 'var(--turn-2-ink)',
  crop: 'var(--turn-1-ink)',
  question: 'var(--turn-3-ink)',
};

/** A word that loses so much is all but gone; nats. */
const FULL = 4;

const measure: Measure = async (means) => {
  const draws = await otherDraws(means.run, means.images, means.signal);
  return toKept(KIND, await measureContrast(means.run, draws, means));
};

export function ContrastLens({ run }: { readonly run: Trajectory }): ReactNode {
  const words = useLensesWords();
  const contrast = useMemo(() => readLens(run, KIND, contrastSchema), [run]);
  return (
    <LensFrame
      lens={KIND}
      words={words.contrast}
      ask={words.contrast.ask}
      says={contrast && says(run, contrast, words)}
      measure={measure}
    >
      {contrast ? <Rows run={run} contrast={contrast} /> : null}
    </LensFrame>
  );
}

/** The step and the source that are most to each other. */
function says(run: Trajectory, contrast: Contrast, { contrast: own, steps, turn }: ReturnType<typeof useLensesWords>) {
  let most: { readonly source: Source; readonly step: number; readonly drop: number } | null = null;
  for (const step of new Set(contrast.tokens.map((token) => token.step))) {
    const drops = stepDrops(contrast, step, 1, 'mean-log');
    for (const source of SOURCES) {
      const drop = drops[source];
      if (drop !== null && drop > (most?.drop ?? -Infinity)) most = { source, step, drop };
    }
  }
  const step = run.steps[most?.step ?? 0];
  const type = step && step.type !== 'result' && step.type !== 'said' ? step.type : 'other';
  return most && step ? own.says[most.source](turn(step.turn, steps[type])) : own.legend;
}

function Rows({ run, contrast }: { readonly run: Trajectory; readonly contrast: Contrast }) {
  const all = useLensesWords();
  const words = all.contrast;
  const [alpha, setAlpha] = useState(1);
  const [how, setHow] = useState<GenericMean>('mean-log');
  const tokens = useMemo(
    () => new Map(contrast.tokens.map((token) => [`${token.step}/${token.token}`, token])),
    [contrast],
  );
  const barsOf = useCallback(
    (step: number, token: number) => {
      const one = tokens.get(`${step}/${token}`);
      if (!one) return null;
      return SOURCES.map((source) => ({
        color: COLORS[source],
        strength: (dropOf(one, source, alpha, how) ?? 0) / FULL,
      }));
    },
    [tokens, alpha, how],
  );
  const tellOf = ({ step, token, text }: FlowToken) => {
    const one = tokens.get(`${step}/${token}`);
    if (!one) return [];
    const drops = SOURCES.flatMap((source) => {
      const [drop, spread] = [dropOf(one, source, alpha, how), spreadOf(one, source, alpha)];
      return drop === null || !spread ? [] : [words.drop(words.sources[source], drop, ...spread)];
    });
    return [words.token(text, one.own), ...drops];
  };
  const sumsOf = (step: number) => {
    const drops = stepDrops(contrast, step, alpha, how);
    return SOURCES.flatMap((source) => {
      const drop = drops[source];
      return drop === null ? [] : [{ text: drop.toFixed(2), color: COLORS[source] }];
    });
  };
  return (
    <>
      <FlowFigure
        {...{ run, barsOf, tellOf, sumsOf }}
        label={words.name}
        legend={SOURCES.map((source) => ({ name: words.sources[source], color: COLORS[source] }))}
      />
      <p className="text-micro text-ink-faint">
        {words.legend} {words.draws(contrast.draws)}.
      </p>
      <div className="mt-1">
        <NumberSetting label={words.alpha} min={0} max={1} step={0.05} value={alpha} onChange={setAlpha} />
        <Segmented
          legend={words.mean}
          options={(['mean-log', 'log-mean'] as const).map((value) => ({ value, label: words.means[value] }))}
          value={how}
          onChange={setHow}
        />
      </div>
    </>
  );
}
