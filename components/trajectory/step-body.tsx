'use client';
/** What a step says, by its type. No state of its own; where it stands on the rail is step-item.tsx. */
import type { ReactNode } from 'react';
import type { Box, Space } from '@/lib/geometry';
import type { Step, StepOf } from '@/lib/trajectory';
import { LongText } from '@/components/ui/long-text';
import { CodeCard, CodeResult } from './code-card';
import { MarkList } from './mark-list';
import { MarkedText } from './marked-text';
import { useTrajectoryWords } from '@/lib/words/trajectory';
import { Parts, ResultCard } from './result-card';
import type { StepItemProps } from './step-item';
import { TokenText } from './token-text';

export function StepBody(props: StepItemProps): ReactNode {
  const { step } = props;
  switch (step.type) {
    case 'think':
      return (
        <p dir="auto" className="text-body whitespace-pre-wrap text-ink-soft">
          <MarkedText step={step} index={props.index} shaded={props.shaded} streaming={props.streaming} />
        </p>
      );
    case 'call':
      return <CallCard {...props} step={step} />;
    case 'result':
      if (props.facts.code !== null && !step.refused) {
        return <CodeResult step={step} number={props.facts.number} pictures={props.pictures} />;
      }
      return <ResultCard step={step} number={props.facts.number} pictures={props.pictures} />;
    case 'answer':
      return (
        <>
          <p dir="auto" className={isNotation(step) ? NOTATION : ANSWER}>
            <MarkedText step={step} index={props.index} shaded={props.shaded} streaming={props.streaming} />
          </p>
          <MarkList step={step} index={props.index} />
        </>
      );
    case 'said':
      return <Parts parts={step.parts} number={null} pictures={props.pictures} />;
    case 'other':
      return (
        <pre className="max-h-48 overflow-auto rounded-m bg-sunken px-3 py-2 font-mono text-micro wrap-anywhere whitespace-pre-wrap text-ink-faint">
          <LongText text={JSON.stringify(step.json, null, 2)} />
        </pre>
      );
    default:
      return step satisfies never;
  }
}

const ANSWER = 'font-serif text-title whitespace-pre-wrap text-ink text-pretty';
const NOTATION =
  'max-h-72 overflow-auto rounded-m border border-line bg-sunken px-3 py-2 font-mono text-small wrap-anywhere whitespace-pre-wrap text-ink';

/** An answer that is more numbers than words is read as what it is, not set as prose. */
function isNotation({ text, marks = [] }: StepOf<'answer'>): boolean {
  if (marks.length === 0) return false;
  const said = marks.reduce((sum, { at }) => sum + (at ? at.to - at.from : 0), 0);
  return said * 2 > text.trim().length;
}

type BodyOf<T extends Step['type']> = Omit<StepItemProps, 'step'> & { readonly step: StepOf<T> };

function CallCard({ step, index, facts, cut, inView, shaded, streaming }: BodyOf<'call'>): ReactNode {
  const { call: words, picture } = useTrajectoryWords();
  // Where its tokens are shaded, or a box was found in it, that is shown as well.
  const code = facts.code !== null && !shaded && !streaming ? <CodeCard code={facts.code} /> : null;
  if (code && (step.asked === null || step.place === null)) return code;
  const frame = step.asked ? words.frames[step.asked.frame] : '';
  if (facts.refused || step.asked === null || step.place === null) {
    return (
      <p className="font-mono text-small wrap-anywhere text-ink-soft">
        <TokenText text={step.written} tokens={step.tokens} step={index} shaded={shaded} streaming={streaming} />
      </p>
    );
  }
  const card = (
    <div className="overflow-hidden rounded-m border border-line bg-raised">
      <div className="border-l-4 border-(--turn) px-3 py-2">
        <p dir="auto" className="text-body font-semibold wrap-anywhere text-(--turn-ink)">
          {step.label || words.noLabel}
        </p>
        <dl className="loupe-detail tabular mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-small text-ink-soft">
          <dt className="flex items-center gap-1.5 text-ink-faint">
            <span aria-hidden className="w-3.5 border-t-2 border-dashed border-(--turn-ink)" />
            {words.asked}
          </dt>
          <dd>
            [{boxNumbers(step.asked.box)}]{' '}
            <span className="text-ink-faint">{inView ? picture.named(frame, words.inView) : frame}</span>
          </dd>
          {cut ? (
            <>
              <dt className="flex items-center gap-1.5 text-ink-faint">
                <span aria-hidden className="w-3.5 border-t-2 border-(--turn-ink)" />
                {words.cut}
              </dt>
              <dd>
                [{boxNumbers(cut)}] <span className="text-ink-faint">{inView ? words.inWhole : words.pixels}</span>
              </dd>
            </>
          ) : null}
        </dl>
        {shaded ? (
          <p className="mt-1.5 border-t border-line pt-1.5 font-mono text-micro wrap-anywhere text-ink-soft">
            <TokenText text={step.written} tokens={step.tokens} step={index} shaded />
          </p>
        ) : null}
      </div>
    </div>
  );
  return code ? (
    <div className="flex flex-col gap-2">
      {card}
      {code}
    </div>
  ) : (
    card
  );
}

function boxNumbers(box: Box<Space>): string {
  return [box.x1, box.y1, box.x2, box.y2].map((value) => Number(value.toFixed(3))).join(', ');
}
