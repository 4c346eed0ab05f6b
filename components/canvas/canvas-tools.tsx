'use client';
/** The tools on the canvas: zoom, the whole picture, the crop, boxes on and off. Everything here also has a key. */
import { Maximize, Minus, Plus, ScanSearch, SquareDashed } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '@/components/ui/button';
import { useView, useViewActions } from '@/lib/player';

interface CanvasToolsProps {
  /** CSS pixels per pixel of the original, at rest. */
  readonly scale: number;
  readonly hasBoxes: boolean;
  readonly onZoom: (factor: number) => void;
}

const ICON = { size: 17, 'aria-hidden': true } as const;

export function CanvasTools({ scale, hasBoxes, onZoom }: CanvasToolsProps): ReactNode {
  const boxes = useView((view) => view.boxes);
  const { toggleBoxes, toggleCrop, setCamera } = useViewActions();
  return (
    <div
      role="group"
      aria-label="Canvas"
      className="absolute right-3 bottom-3 flex items-center rounded-m border border-line bg-raised/95 p-0.5 shadow-2"
    >
      {hasBoxes ? (
        <>
          <IconButton
            label={boxes ? 'Hide boxes' : 'Show boxes'}
            title={`${boxes ? 'Hide' : 'Show'} boxes (b)`}
            aria-pressed={boxes}
            icon={<SquareDashed {...ICON} />}
            className="aria-pressed:text-accent"
            onClick={toggleBoxes}
          />
          <IconButton
            label="Zoom to the crop"
            title="Zoom to the crop and back (z)"
            icon={<ScanSearch {...ICON} />}
            onClick={toggleCrop}
          />
        </>
      ) : null}
      <IconButton
        label="Fit the whole picture"
        title="Fit the whole picture (0)"
        icon={<Maximize {...ICON} />}
        onClick={() => setCamera('fit')}
      />
      <div className="hidden items-center tablet:flex">
        <span aria-hidden className="mx-0.5 h-5 w-px bg-line" />
        <IconButton label="Zoom out" title="Zoom out (−)" icon={<Minus {...ICON} />} onClick={() => onZoom(1 / 1.5)} />
        <output aria-label="Zoom" className="tabular w-11 text-center text-micro text-ink-soft">
          {formatScale(scale)}
        </output>
        <IconButton label="Zoom in" title="Zoom in (+)" icon={<Plus {...ICON} />} onClick={() => onZoom(1.5)} />
      </div>
    </div>
  );
}

function formatScale(scale: number): string {
  const percent = scale * 100;
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}
