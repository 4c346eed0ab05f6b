'use client';
/** Keeps a layer's canvas as fine as the screen, also after the window moved to another one or the page was zoomed. */
import type Konva from 'konva';
import { useEffect, useState, type RefObject } from 'react';

/** Phones have three and more; the eye does not see the third, the frame time does. */
const MOST = 2;

const ratioNow = (): number => Math.min(MOST, window.devicePixelRatio || 1);

export function usePixelRatio(layer: RefObject<Konva.Layer | null>): number {
  const [ratio, setRatio] = useState(ratioNow);
  useEffect(() => {
    const screen = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    const onChange = () => setRatio(ratioNow());
    screen.addEventListener('change', onChange);
    return () => screen.removeEventListener('change', onChange);
  }, [ratio]);
  useEffect(() => {
    const canvas = layer.current?.getCanvas();
    if (!canvas || canvas.getPixelRatio() === ratio) return;
    canvas.setPixelRatio(ratio);
    layer.current?.batchDraw();
  }, [layer, ratio]);
  return ratio;
}
