'use client';
/**
 * Which picture this is, before the first question. What the model saw of it stands with the run.
 */
import { Image as ImageIcon, Shapes } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { useWorkspaceWords } from '@/lib/words/workspace';

interface PictureLineProps {
  /** The person made it, and can go on with it. */
  readonly made?: boolean;
  readonly image: { readonly width: number; readonly height: number; readonly name: string };
}

export function PictureLine({ image, made = false }: PictureLineProps) {
  const { editScene } = useWorkspaceWords();
  return (
    <p className="flex min-w-0 items-center gap-2 text-small text-ink-faint">
      <ImageIcon size={15} aria-hidden className="shrink-0" />
      <span dir="auto" className="min-w-0 truncate" title={image.name}>
        {image.name}
      </span>
      <span className="tabular whitespace-nowrap">
        {image.width}×{image.height}
      </span>
      {made ? (
        <Link
          href="/make"
          className="ml-auto flex items-center gap-1.5 font-medium whitespace-nowrap text-accent underline-offset-3 hover:underline touch:py-2"
        >
          <Shapes size={15} aria-hidden />
          {editScene}
        </Link>
      ) : null}
    </p>
  );
}
