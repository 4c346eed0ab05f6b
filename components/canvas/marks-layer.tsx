'use client';
/** The boxes on the picture and what the words point at, drawn in every frame: their lines keep their width at any scale. */
import type Konva from 'konva';
import { useEffect, useRef, type ReactNode } from 'react';
import { Layer, Shape } from 'react-konva/lib/ReactKonvaCore';
import type { FramedRig } from './use-camera-rig';
import type { Marks } from './use-marks';
import type { PointedMarks } from './use-pointed';

export interface MarksLayerProps {
  readonly marks: Marks;
  readonly pointed: PointedMarks;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
  readonly rig: FramedRig;
}

export function MarksLayer({ marks, pointed, ratio, rig }: MarksLayerProps): ReactNode {
  const layer = useRef<Konva.Layer | null>(null);

  useEffect(() => {
    const canvas = layer.current?.getCanvas();
    if (!canvas || canvas.getPixelRatio() === ratio) return;
    canvas.setPixelRatio(ratio);
    layer.current?.batchDraw();
  }, [ratio]);

  useEffect(() => rig.onFrame(() => layer.current?.batchDraw()), [rig]);

  return (
    <Layer ref={layer} listening={false}>
      <Shape sceneFunc={marks.draw} listening={false} perfectDrawEnabled={false} />
      <Shape sceneFunc={pointed.draw} listening={false} perfectDrawEnabled={false} />
    </Layer>
  );
}
