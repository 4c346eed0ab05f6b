'use client';
/** What the words of visible steps point at: how each looks now, and where the camera puts it. */
import type Konva from 'konva';
import { useMemo } from 'react';
import type { Size } from '@/lib/geometry';
import type { ViewState } from '@/lib/player';
import type { MarkAt } from '@/lib/trajectory';
import { clipLabel } from './draw-mark';
import { drawPointed, pointedPlace, type PointedLook } from './draw-pointed';
import { BADGE, badgePlace } from './mark-layout';
import { createMeasure } from './measure-text';
import { colorsOfTurn, type Palette } from './palette';
import type { FramedRig } from './use-camera-rig';

interface PointedParts {
  readonly marks: readonly MarkAt[];
  /** The one whose words are pointed at. */
  readonly lit: ViewState['mark'];
  readonly stage: Size;
  readonly palette: Palette;
  readonly rig: FramedRig;
}

export interface PointedMarks {
  readonly draw: (context: Konva.Context) => void;
}

/** With more at once labels would hide each other and the picture: then only the one pointed at has its own. */
const MOST_LABELS = 24;

export function usePointed({ marks, lit, stage, palette, rig }: PointedParts): PointedMarks {
  const measure = useMemo(() => createMeasure(), []);
  return useMemo(() => {
    const isLit = (mark: MarkAt) => mark.stepIndex === lit?.step && mark.index === lit.index;
    const rank = (mark: MarkAt) => (isLit(mark) ? 2 : mark.active ? 1 : 0);
    const labels = marks.filter(({ active }) => active).length <= MOST_LABELS;
    const font = `600 12px ${palette.font}`;
    const drawn = marks
      .toSorted((a, b) => rank(a) - rank(b))
      .map((mark) => {
        const named = isLit(mark) || (mark.active && labels);
        const text = named ? clipLabel(mark.label) : '';
        const look: PointedLook = {
          color: colorsOfTurn(palette, mark.turn).base,
          font,
          active: mark.active,
          lit: isLit(mark),
          text,
        };
        return { mark, look, width: text === '' ? 0 : measure(text, font) + 2 * BADGE.padding };
      });
    const draw = (context: Konva.Context) => {
      const camera = rig.current();
      for (const { mark, look, width } of drawn) {
        const badge = badgePlace(pointedPlace(mark.shape, camera), stage, Math.max(width, BADGE.height));
        drawPointed(context, mark.shape, camera, badge, look);
      }
    };
    return { draw };
  }, [marks, lit, stage, palette, rig, measure]);
}
