'use client';
/** The size of the frame in CSS pixels, followed as it changes; null before it is known or while it is hidden. */
import { useEffect, useState } from 'react';
import type { Size } from '@/lib/geometry';

export function useStageSize(frame: HTMLElement | null): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useEffect(() => {
    if (!frame) return;
    const measure = () => {
      const width = frame.clientWidth;
      const height = frame.clientHeight;
      setSize((before) => {
        if (width === 0 || height === 0) return null;
        return before?.width === width && before.height === height ? before : { width, height };
      });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(frame);
    return () => observer.disconnect();
  }, [frame]);
  return size;
}
