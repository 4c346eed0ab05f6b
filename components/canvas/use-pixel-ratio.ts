'use client';
/** Device pixels per CSS pixel to draw with; followed as the window moves to another screen or the page is zoomed. */
import { useEffect, useState } from 'react';

/** Phones have three and more; the eye does not see the third, the frame time does. */
const MOST = 2;

const ratioNow = (): number => Math.min(MOST, window.devicePixelRatio || 1);

export function usePixelRatio(): number {
  const [ratio, setRatio] = useState(ratioNow);
  useEffect(() => {
    const screen = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    const onChange = () => setRatio(ratioNow());
    screen.addEventListener('change', onChange);
    return () => screen.removeEventListener('change', onChange);
  }, [ratio]);
  return ratio;
}
