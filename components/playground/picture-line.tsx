'use client';
/**
 * Which picture this is, before the first question. What the model saw of it stands with the run.
 */
import { Image as ImageIcon } from 'lucide-react';

interface PictureLineProps {
  readonly image: { readonly width: number; readonly height: number; readonly name: string };
}

export function PictureLine({ image }: PictureLineProps) {
  return (
    <p className="flex min-w-0 items-center gap-2 text-small text-ink-faint">
      <ImageIcon size={15} aria-hidden className="shrink-0" />
      <span dir="auto" className="min-w-0 truncate" title={image.name}>
        {image.name}
      </span>
      <span className="tabular whitespace-nowrap">
        {image.width}×{image.height}
      </span>
    </p>
  );
}
