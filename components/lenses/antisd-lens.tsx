'use client';
/** AntiSD's u: how each word would change had something been given away beforehand; and, for models that follow instructions, all of its panel. */
import { useCallback, useMemo, type ReactNode } from 'react';
import { useKnownScene } from '@/components/review';
import { measureAntiSd, type KnownOfRun } from '@/lib/lenses';
import {
  ANTISD,
  antisdSchema,
  gatesOf,
  medianOf,
  phiOf,
  pmiOf,
  readLens,
  sumsByStep,
  toKept,
  type AntiSd,
} from '@/lib/review/lenses';
import { questionOf, answerOf, type Trajectory } from '@/lib/trajectory';
import { readQuestion, type Scene } from '@/lib/scene';
import { useLensesWords } from '@/lib/words/lenses';
import { FlowFigure } from './flow-figure';
import { LensFrame } from './lens-frame';
import type { Measure } from './measurer';
import type { FlowToken } from './token-flow';

const KIND = 'antisd';

const SHORTCUT = 'var(--danger)';
const DELIBERATION = 'var(--turn-2-ink)';

/** A word that changes so much is another one; nats. */
const FULL = 3;
/** A step of which less would be said than this tells nothing. */
const WORTH_SAYING = -0.5;

export function AntiSdLens({ run }: { readonly run: Trajectory }): ReactNode {
  const all = useLensesWords();
  const words = all.antisd;
  const scene = useKnownScene(run);
  const antisd = useMemo(() => readLens(run, KIND, antisdSchema), [run]);
  const measure: Measure = async (means) => toKept(KIND, await measureAntiSd(means.run, knownOf(run, scene), means));
  return (
    <LensFrame
      lens={KIND}
      words={words}
      ask={antisd?.context === 'answer' ? words.askAnswer : words.ask}
      says={antisd && says(run, antisd, all)}
      measure={measure}
    >
      {antisd ? <Row run={run} antisd={antisd} /> : null}
    </LensFrame>
  );
}

function knownOf(run: Trajectory, scene: Scene | null): KnownOfRun {
  const accepted = run.truth?.answers ?? [answerOf(run)?.trim() ?? ''];
  const [place] = run.truth?.places ?? [];
  if (place) return { accepted, place: { box: place.place.box, label: place.label } };
  const noun = readQuestion(questionOf(run))?.nouns[0];
  const object = scene?.objects.find((one) => one.noun === noun);
  const box = object?.tagBox ?? object?.box;
  if (!object || !box) return { accepted, place: null };
  const [x1, y1, x2, y2] = box;
  return { accepted, place: { box: { x1, y1, x2, y2 }, label: object.noun } };
}

const uOf = ({ teacher, student }: AntiSd['tokens'][number]) => pmiOf(teacher, student);

const stepSums = ({ tokens }: AntiSd) => sumsByStep(tokens.map((token) => ({ step: token.step, value: uOf(token) })));

function says(
  run: Trajectory,
  antisd: AntiSd,
  { antisd: own, steps, turn }: ReturnType<typeof useLensesWords>,
): string {
  const [least] = [...stepSums(antisd)].toSorted(([, a], [, b]) => a - b);
  const step = least && run.steps[least[0]];
  if (!step || least[1] > WORTH_SAYING) return own.saysSame;
  const type = step.type !== 'result' && step.type !== 'said' ? step.type : 'other';
  return own.saysMore(turn(step.turn, steps[type]));
}

function Row({ run, antisd }: { readonly run: Trajectory; readonly antisd: AntiSd }) {
  const all = useLensesWords();
  const words = all.antisd;
  const tokens = useMemo(
    () => new Map(antisd.tokens.map((token) => [`${token.step}/${token.token}`, token])),
    [antisd],
  );
  const sums = useMemo(() => stepSums(antisd), [antisd]);
  const isWhole = antisd.context === 'answer';
  const barsOf = useCallback(
    (step: number, token: number) => {
      const one = tokens.get(`${step}/${token}`);
      if (!one) return null;
      const u = uOf(one);
      const color = u > 0 ? SHORTCUT : DELIBERATION;
      const bar = { color, strength: Math.abs(u) / FULL };
      // −φ ends at ½ log 2 on one side: full there.
      const minusPhi = { color, strength: (2 * Math.abs(phiOf(u))) / Math.LN2 };
      return isWhole ? [bar, minusPhi] : [bar];
    },
    [tokens, isWhole],
  );
  const tellOf = ({ step, token, text }: FlowToken) => {
    const one = tokens.get(`${step}/${token}`);
    return one ? [words.token(text, uOf(one), -ANTISD.most * phiOf(uOf(one)))] : [];
  };
  const sumsOf = (step: number) => {
    const sum = sums.get(step);
    return sum === undefined ? [] : [{ text: words.sum(sum), color: sum > 0 ? SHORTCUT : DELIBERATION }];
  };
  const median = medianOf(antisd.tokens.map(({ entropy }) => entropy));
  const { up, down } = gatesOf(Array.from({ length: ANTISD.warmUp }, () => median));
  return (
    <>
      <FlowFigure
        {...{ run, barsOf, tellOf, sumsOf }}
        label={words.name}
        legend={[
          { color: SHORTCUT, name: words.shortcut },
          { color: DELIBERATION, name: words.deliberation },
        ]}
      />
      <p className="text-micro text-ink-faint">
        {isWhole ? words.entropy(median, up ?? median, down ?? median) : words.row}
      </p>
    </>
  );
}
