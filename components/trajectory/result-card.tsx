'use client';
/** What a call brought: pictures as they are on screen, texts, or why it was refused. */
import type { ReactNode } from 'react';
import { viewSize } from '@/lib/geometry';
import type { Part, StepOf } from '@/lib/trajectory';
import { CropThumbnail } from './crop-thumbnail';
import { formatSize, formatTokens } from './format';
import type { ShownPictures } from './use-shown-pictures';

export interface ResultCardProps {
  readonly step: StepOf<'result'>;
  readonly number: number | null;
  readonly pictures: ShownPictures;
}

const PROBLEM_WORDS: Readonly<Record<string, string>> = {
  'not-json': 'The call is not readable as JSON.',
  'unknown-tool': 'It asked for a tool that does not exist.',
  'no-box': 'The call names no box.',
  'box-not-four-numbers': 'The box is not four numbers.',
  'box-empty': 'The box has no area.',
  'box-out-of-frame': 'The box lies outside the picture.',
  'box-too-small': 'The box is too small for this environment.',
  'box-too-long': 'The box is too long and thin.',
  'not-run': 'Another call of this turn was carried out instead.',
  'refused-there': 'The tool answered with an error.',
  'repeated-call': 'It asked for the same box again.',
  'no-angle': 'The call names no angle.',
  'angle-no-quarter': 'The angle is no quarter turn.',
};

export function ResultCard({ step, number, pictures }: ResultCardProps): ReactNode {
  const { parts, refused } = step;
  if (refused) {
    return (
      <div className="rounded-m border border-line bg-caution-wash px-3 py-2 text-small">
        <p className="font-medium text-caution">{PROBLEM_WORDS[refused.problem] ?? refused.problem}</p>
        {refused.told ? (
          <p className="mt-1.5 text-ink-soft">
            The model was told: <q className="text-ink">{refused.told}</q>
          </p>
        ) : null}
      </div>
    );
  }
  return <Parts parts={parts} number={number} pictures={pictures} />;
}

interface PartsProps extends Omit<ResultCardProps, 'step'> {
  readonly parts: readonly Part[];
}

/** Texts and pictures in their order. */
export function Parts({ parts, number, pictures }: PartsProps): ReactNode {
  return (
    <div className="flex flex-col gap-2">
      {parts.map((part, index) =>
        'text' in part ? (
          <PartText key={index} part={part} />
        ) : (
          <PartPicture key={index} part={part} number={number} pictures={pictures} />
        ),
      )}
    </div>
  );
}

function PartText({ part }: { readonly part: Extract<Part, { text: string }> }): ReactNode {
  return (
    <div className="rounded-m bg-sunken px-3 py-2 wrap-anywhere">
      <p dir="auto" className="text-small whitespace-pre-wrap text-ink-soft">
        {part.text}
      </p>
      {part.address ? <p className="mt-1 text-micro text-ink-faint">{part.address}</p> : null}
    </div>
  );
}

interface PartPictureProps extends Omit<ResultCardProps, 'step'> {
  readonly part: Extract<Part, { picture: string }>;
}

function PartPicture({ part, number, pictures }: PartPictureProps): ReactNode {
  const shown = pictures(part.picture);
  if (!shown) return null;
  const { region, turn } = shown.view;
  const size = viewSize(shown.view);
  const name = number === null ? 'The picture that came back' : `Crop ${number} as it is in the picture`;
  return (
    <figure className="flex items-end gap-3">
      <div className="shrink-0 rounded-[6px] border-2 border-(--turn) p-px">
        <CropThumbnail
          bitmap={shown.bitmap}
          image={shown.size}
          region={region}
          turn={turn}
          side={128}
          label={shown.bitmap ? name : `${name}, which is not here`}
        />
      </div>
      <figcaption className="tabular text-micro text-ink-faint">
        {shown.bitmap ? 'What the model saw' : 'This picture is not here'}
        <br />
        {shown.assumedSize ? null : formatSize(size)}
        {part.seen ? ` → ${formatSize(part.seen)}` : ''}
        {part.seen?.tokens ? (
          <>
            <br />
            {formatTokens(part.seen.tokens)}
          </>
        ) : null}
      </figcaption>
    </figure>
  );
}
