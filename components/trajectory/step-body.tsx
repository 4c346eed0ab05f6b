'use client';
/** What a step says, by its type. No state of its own; where it stands on the rail is step-item.tsx. */
import type { ReactNode } from 'react';
import type { Box, Space } from '@/lib/geometry';
import { isOpenCall, type ParseProblem, type Step, type StepOf } from '@/lib/trajectory';
import { CropThumbnail } from './crop-thumbnail';
import { formatSize, formatTokens } from './format';
import type { StepItemProps } from './step-item';
import { TokenText } from './token-text';

/** A few words that name the step, also for screen readers and the timeline. */
export function stepTitle(step: Step, number: number | null): string {
  switch (step.type) {
    case 'think':
      return 'Thinks';
    case 'call':
      return isOpenCall(step) ? 'Asks to look closer' : `Looks closer${number === null ? '' : ` (${number})`}`;
    case 'result':
      return `Gets the crop${number === null ? '' : ` (${number})`}`;
    case 'malformed':
      return 'A call that could not be carried out';
    case 'answer':
      return 'Answers';
    default:
      return step satisfies never;
  }
}

export function StepBody(props: StepItemProps): ReactNode {
  const { step } = props;
  switch (step.type) {
    case 'think':
      return (
        <p className="text-body whitespace-pre-wrap text-ink-soft">
          <TokenText text={step.text.trim()} tokens={step.tokens} shaded={props.shaded} streaming={props.streaming} />
        </p>
      );
    case 'call':
      return <CallCard {...props} step={step} />;
    case 'result':
      return <ResultCard {...props} step={step} />;
    case 'malformed':
      return <MalformedCard {...props} step={step} />;
    case 'answer':
      return (
        <p className="font-serif text-title whitespace-pre-wrap text-ink text-pretty">
          <TokenText text={step.text.trim()} tokens={step.tokens} shaded={props.shaded} streaming={props.streaming} />
        </p>
      );
    default:
      return step satisfies never;
  }
}

type BodyOf<T extends Step['type']> = Omit<StepItemProps, 'step'> & { readonly step: StepOf<T> };

function CallCard({ step, shaded, streaming }: BodyOf<'call'>): ReactNode {
  if (isOpenCall(step)) {
    return (
      <p className="font-mono text-small break-all text-ink-soft">
        <TokenText text={step.text} tokens={step.tokens} shaded={shaded} streaming={streaming} />
      </p>
    );
  }
  return (
    <div className="overflow-hidden rounded-m border border-line bg-raised">
      <div className="border-l-4 border-(--turn) px-3 py-2">
        <p className="text-body font-semibold text-(--turn-ink)">{step.label || 'no label'}</p>
        <dl className="tabular mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-small text-ink-soft">
          <dt className="flex items-center gap-1.5 text-ink-faint">
            <span aria-hidden className="w-3.5 border-t-2 border-dashed border-(--turn-ink)" />
            asked
          </dt>
          <dd>
            [{boxNumbers(step.asked.box)}] <span className="text-ink-faint">{FRAME_WORDS[step.asked.frame]}</span>
          </dd>
          <dt className="flex items-center gap-1.5 text-ink-faint">
            <span aria-hidden className="w-3.5 border-t-2 border-(--turn-ink)" />
            cut
          </dt>
          <dd>
            [{boxNumbers(step.executed)}] <span className="text-ink-faint">px</span>
          </dd>
        </dl>
        {shaded ? (
          <p className="mt-1.5 border-t border-line pt-1.5 font-mono text-micro break-all text-ink-soft">
            <TokenText text={step.text} tokens={step.tokens} shaded />
          </p>
        ) : null}
      </div>
    </div>
  );
}

const FRAME_WORDS = {
  thousandths: '‰',
  'original-pixels': 'px',
  'resized-pixels': 'px of what it saw',
  fractions: 'of the side',
} as const satisfies Record<StepOf<'call'>['asked']['frame'], string>;

function boxNumbers(box: Box<Space>): string {
  return [box.x1, box.y1, box.x2, box.y2].map((value) => Number(value.toFixed(3))).join(', ');
}

function ResultCard({ step, bitmap, image, number }: BodyOf<'result'>): ReactNode {
  const size = { width: step.executed.x2 - step.executed.x1, height: step.executed.y2 - step.executed.y1 };
  return (
    <figure className="flex items-end gap-3">
      <div className="shrink-0 rounded-[6px] border-2 border-(--turn) p-px">
        <CropThumbnail
          bitmap={bitmap}
          image={image}
          region={step.executed}
          side={128}
          label={`Crop ${number ?? ''} as it is in the picture`}
        />
      </div>
      <figcaption className="tabular text-micro text-ink-faint">
        What the model saw
        <br />
        {formatSize(size)} → {formatSize(step.seen)}
        <br />
        {formatTokens(step.seen.tokens)}
      </figcaption>
    </figure>
  );
}

const PROBLEM_WORDS = {
  'not-json': 'The call is not readable as JSON.',
  'unknown-tool': 'It asked for a tool that does not exist.',
  'no-box': 'The call names no box.',
  'box-not-four-numbers': 'The box is not four numbers.',
  'box-empty': 'The box has no area.',
  'box-out-of-frame': 'The box lies outside the picture.',
  'repeated-box': 'It asked for the same box again.',
  interrupted: 'The run ended while the call was being written.',
} as const satisfies Record<ParseProblem, string>;

function MalformedCard({ step, shaded }: BodyOf<'malformed'>): ReactNode {
  return (
    <div className="rounded-m border border-line bg-caution-wash px-3 py-2 text-small">
      <p className="font-medium text-caution">{PROBLEM_WORDS[step.problem]}</p>
      {step.text ? (
        <p className="mt-1 font-mono text-micro break-all text-ink-soft">
          <TokenText text={step.text} tokens={step.tokens} shaded={shaded} />
        </p>
      ) : null}
      {step.told ? (
        <p className="mt-1.5 text-ink-soft">
          The model was told: <q className="text-ink">{step.told}</q>
        </p>
      ) : null}
    </div>
  );
}
