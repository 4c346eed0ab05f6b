'use client';
/** What a call brought: pictures as they are on screen, texts, or why it was refused. */
import type { ReactNode } from 'react';
import { viewSize } from '@/lib/geometry';
import type { Part, StepOf } from '@/lib/trajectory';
import { RichText } from '@/components/ui/rich-text';
import { useTrajectoryWords } from '@/lib/words/trajectory';
import { CropThumbnail } from './crop-thumbnail';
import { formatSize } from './format';
import { FoundText } from './found-text';
import type { ShownPictures } from './use-shown-pictures';

export interface ResultCardProps {
  readonly step: StepOf<'result'>;
  readonly number: number | null;
  readonly pictures: ShownPictures;
}

/** A problem has any name: a run may be another program's. */
type Named = Readonly<Record<string, string>>;

export function ResultCard({ step, number, pictures }: ResultCardProps): ReactNode {
  const { problems, steps } = useTrajectoryWords();
  const { parts, refused } = step;
  if (refused) {
    return (
      <div className="rounded-m border border-line bg-caution-wash px-3 py-2 text-small">
        <p className="font-medium text-caution">{(problems as Named)[refused.problem] ?? refused.problem}</p>
        {refused.told ? (
          <p className="mt-1.5 text-ink-soft">
            <RichText text={steps.modelWasTold} parts={{ told: () => <q className="text-ink">{refused.told}</q> }} />
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
          <FoundText key={index} part={part} />
        ) : (
          <PartPicture key={index} part={part} number={number} pictures={pictures} />
        ),
      )}
    </div>
  );
}

interface PartPictureProps extends Omit<ResultCardProps, 'step'> {
  readonly part: Extract<Part, { picture: string }>;
}

function PartPicture({ part, number, pictures }: PartPictureProps): ReactNode {
  const { picture: naming, tokens } = useTrajectoryWords();
  const shown = pictures(part.picture);
  if (!shown) return null;
  const { region, turn } = shown.view;
  const size = viewSize(shown.view);
  const name = number === null ? naming.result : naming.crop(number);
  return (
    <figure className="flex items-end gap-3">
      <div className="shrink-0 rounded-[6px] border-2 border-(--turn) p-px">
        <CropThumbnail
          hash={shown.hash}
          bitmap={shown.bitmap}
          image={shown.size}
          region={region}
          turn={turn}
          side={128}
          label={shown.bitmap ? name : naming.named(name, naming.whichIsMissing)}
        />
      </div>
      <figcaption className="tabular text-micro text-ink-faint">
        {shown.bitmap ? naming.saw : naming.missing}
        <span className="loupe-detail">
          <br />
          {shown.assumedSize ? null : formatSize(size)}
          {part.seen ? ` → ${formatSize(part.seen)}` : ''}
          {part.seen?.tokens ? (
            <>
              <br />
              {tokens(part.seen.tokens)}
            </>
          ) : null}
        </span>
      </figcaption>
    </figure>
  );
}
