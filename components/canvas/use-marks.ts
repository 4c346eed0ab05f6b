'use client';
/** The boxes as marks: how each looks now, and where the camera puts it. Widths of words are measured once a change. */
import type Konva from 'konva';
import { useMemo } from 'react';
import { boxOfSize, type ImageBox, type Size } from '@/lib/geometry';
import type { BoxAt } from '@/lib/trajectory';
import { badgeText, drawMark, type MarkLook } from './draw-mark';
import { drawAround, drawInset, drawVeil } from './draw-focus';
import { drawTruth } from './draw-truth';
import { layoutMark, type MarkLayout } from './mark-layout';
import { createMeasure } from './measure-text';
import { colorsOfTurn, type Palette } from './palette';
import type { FramedRig } from './use-camera-rig';

interface MarkParts {
  readonly boxes: readonly BoxAt[];
  /** What is known to be sought in this picture. */
  readonly sought: readonly ImageBox[];
  /** Number of the box that is pointed at, here or in the text. */
  readonly lit: number | null;
  readonly image: Size;
  /** With the answer: the picture, for the crop that decided. Null: no answer yet, or the picture is not here. */
  readonly deciding: ImageBitmap | null;
  readonly stage: Size;
  readonly palette: Palette;
  readonly rig: FramedRig;
}

export interface Marks {
  readonly draw: (context: Konva.Context) => void;
  /** In the order they are drawn, the topmost last; `layouts` follows the same order. */
  readonly boxes: readonly BoxAt[];
  layouts(): readonly MarkLayout[];
}

export function useMarks(parts: MarkParts): Marks {
  const { boxes, sought, lit, image, deciding, stage, palette, rig } = parts;
  const measure = useMemo(() => createMeasure(), []);
  return useMemo(() => {
    const rank = (box: BoxAt) => (box.number === lit ? 2 : box.active ? 1 : 0);
    const ordered = boxes.toSorted((a, b) => rank(a) - rank(b) || a.number - b.number);
    const looksSomewhere = ordered.some(({ active }) => active);
    const looks = ordered.map((box): MarkLook => {
      const named = box.active || box.number === lit;
      return {
        colors: colorsOfTurn(palette, box.turn),
        font: `600 12px ${palette.font}`,
        active: box.active,
        past: looksSomewhere && !box.active,
        lit: box.number === lit,
        text: badgeText(box, named),
      };
    });
    const widths = looks.map(({ text, font }) => measure(text, font));
    const layouts = () => ordered.map((box, index) => layoutMark(box, rig.current(), stage, widths[index] ?? 0));
    const looked = ordered.filter(({ active }) => active).map(({ executed }) => executed);
    const last = deciding ? boxes.at(-1) : undefined;
    const draw = (context: Konva.Context) => {
      drawVeil(context, boxOfSize<'image'>(image), looked, rig.current(), stage);
      drawTruth(context, sought, rig.current());
      const placed = layouts();
      looks.forEach((look, index) => {
        const layout = placed[index];
        if (!layout) return;
        if (look.past && !look.lit)
          drawAround(context, looked, rig.current(), stage, () => drawMark(context, layout, look));
        else drawMark(context, layout, look);
      });
      if (deciding && last) {
        const color = colorsOfTurn(palette, last.turn).base;
        drawInset(context, { bitmap: deciding, image, region: last.executed, color }, rig.current(), stage);
      }
    };
    return { draw, boxes: ordered, layouts };
  }, [boxes, sought, lit, image, deciding, stage, palette, rig, measure]);
}
