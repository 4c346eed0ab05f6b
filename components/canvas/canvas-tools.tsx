'use client';
/** The tools on the canvas: zoom, the whole picture, the crop, boxes on and off. Everything here also has a key. */
import { Eye, Maximize, Minus, Plus, ScanSearch, SquareDashed } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '@/components/ui/button';
import type { Size } from '@/lib/geometry';
import { useView, useViewActions } from '@/lib/player';
import { useCanvasWords } from '@/lib/words/canvas';

interface CanvasToolsProps {
  /** CSS pixels per pixel of the original, at rest. */
  readonly scale: number;
  readonly hasBoxes: boolean;
  /** At which size the model had the whole picture; null where nobody told. */
  readonly seen: Size | null;
  readonly onZoom: (factor: number) => void;
}

const ICON = { size: 17, 'aria-hidden': true } as const;

export function CanvasTools({ scale, hasBoxes, seen, onZoom }: CanvasToolsProps): ReactNode {
  const words = useCanvasWords();
  const boxes = useView((view) => view.boxes);
  const toggle = boxes ? words.hideBoxes : words.showBoxes;
  const eye = useView((view) => view.eye);
  const { toggleBoxes, toggleCrop, toggleEye, setCamera } = useViewActions();
  return (
    <div
      role="group"
      aria-label={words.label}
      className="absolute right-3 bottom-3 flex items-center rounded-m border border-line bg-raised/95 p-0.5 shadow-2"
    >
      {seen ? (
        <IconButton
          label={words.eye}
          title={words.withKey(words.eyeHint(seen.width, seen.height), 'M')}
          aria-pressed={eye}
          icon={<Eye {...ICON} />}
          className="aria-pressed:bg-accent-wash aria-pressed:text-accent"
          onClick={toggleEye}
        />
      ) : null}
      {hasBoxes ? (
        <>
          <IconButton
            label={toggle}
            title={words.withKey(toggle, 'B')}
            aria-pressed={boxes}
            icon={<SquareDashed {...ICON} />}
            className="aria-pressed:text-accent"
            onClick={toggleBoxes}
          />
          <IconButton
            label={words.zoomToCrop}
            title={words.withKey(words.zoomToCropAndBack, 'Z')}
            icon={<ScanSearch {...ICON} />}
            onClick={toggleCrop}
          />
        </>
      ) : null}
      <IconButton
        label={words.fit}
        title={words.withKey(words.fit, '0')}
        icon={<Maximize {...ICON} />}
        onClick={() => setCamera('fit')}
      />
      <div className="hidden items-center tablet:flex">
        <span aria-hidden className="mx-0.5 h-5 w-px bg-line" />
        <IconButton
          label={words.zoomOut}
          title={words.withKey(words.zoomOut, '−')}
          icon={<Minus {...ICON} />}
          onClick={() => onZoom(1 / 1.5)}
        />
        <output aria-label={words.zoom} className="tabular w-11 text-center text-micro text-ink-soft">
          {words.scale(scale)}
        </output>
        <IconButton
          label={words.zoomIn}
          title={words.withKey(words.zoomIn, '+')}
          icon={<Plus {...ICON} />}
          onClick={() => onZoom(1.5)}
        />
      </div>
    </div>
  );
}
