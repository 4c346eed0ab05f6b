'use client';
/** What the person sent: words, and, where there are several pictures, those in their order among the words. */
import type { ReactNode } from 'react';
import { viewSize, type Size } from '@/lib/geometry';
import type { Part, Seen, Trajectory } from '@/lib/trajectory';
import { LongText } from '@/components/ui/long-text';
import type { Words } from '@/lib/words';
import { useTrajectoryWords } from '@/lib/words/trajectory';
import { CropThumbnail } from './crop-thumbnail';
import { formatSize } from './format';
import type { ShownPictures } from './use-shown-pictures';

type PicturePart = Extract<Part, { picture: string }>;

export const isPicture = (part: Part): part is PicturePart => 'picture' in part;

/** From what size to what size, and what that took; empty where nobody told. */
export function seenWords({ tokens, picture }: Words['trajectory'], size: Size, seen: Seen | null): string {
  if (!seen) return '';
  const sizes = `${formatSize(size)} → ${formatSize(seen)}`;
  return seen.tokens === null ? sizes : picture.named(sizes, tokens(seen.tokens));
}

export interface GivenProps {
  readonly trajectory: Trajectory;
  readonly pictures: ShownPictures;
}

/** One picture stands on the canvas and needs no second place here. */
export function Given({ trajectory, pictures }: GivenProps): ReactNode {
  const { given } = trajectory;
  const shown = given.filter(isPicture);
  if (shown.length <= 1) {
    const words = given.flatMap((part) => ('text' in part ? [part.text] : []));
    return <Words text={words.join('\n')} />;
  }
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
      {given.map((part, index) =>
        isPicture(part) ? (
          <GivenPicture key={index} part={part} number={shown.indexOf(part) + 1} pictures={pictures} />
        ) : (
          <Words key={index} text={part.text} />
        ),
      )}
    </div>
  );
}

function Words({ text }: { readonly text: string }): ReactNode {
  return (
    <h2 dir="auto" className="w-full font-serif text-lead wrap-anywhere whitespace-pre-wrap text-ink text-pretty">
      <LongText text={text} />
    </h2>
  );
}

interface GivenPictureProps extends Pick<GivenProps, 'pictures'> {
  readonly part: PicturePart;
  /** As the person counts them, from 1. */
  readonly number: number;
}

function GivenPicture({ part, number, pictures }: GivenPictureProps): ReactNode {
  const words = useTrajectoryWords();
  const { picture: naming } = words;
  const shown = pictures(part.picture);
  if (!shown) return null;
  const { name, assumedSize } = shown;
  const size = viewSize(shown.view);
  return (
    <figure className="flex w-28 flex-col gap-1">
      <CropThumbnail
        hash={shown.hash}
        bitmap={shown.bitmap}
        image={shown.size}
        region={shown.view.region}
        turn={shown.view.turn}
        side={112}
        label={naming.named(...[naming.given(number), name, shown.bitmap ? '' : naming.whichIsMissing].filter(Boolean))}
      />
      <figcaption className="tabular text-micro wrap-anywhere text-ink-faint">
        {shown.bitmap ? null : (
          <>
            {naming.missing}
            <br />
          </>
        )}
        {assumedSize ? name : seenWords(words, size, part.seen) || formatSize(size)}
      </figcaption>
    </figure>
  );
}
