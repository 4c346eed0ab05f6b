'use client';
/**
 * How high the words stand over the picture on a phone: a little, half of the window, or nearly all of it. Dragged by its handle, or moved
 * by keys; let go, it takes the nearest of the three.
 */
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';

export const SHEET_SIZES = ['peek', 'half', 'full'] as const;
export type SheetSize = (typeof SHEET_SIZES)[number];

/** As CSS. Both ends leave something of the other to press. */
const HEIGHTS = {
  peek: 'max(13rem, 26dvh)',
  half: '55dvh',
  full: 'calc(100dvh - 10rem)',
} as const satisfies Record<SheetSize, string>;

/** The same, as parts of the window. */
const PARTS = { peek: 0.26, half: 0.55, full: 0.85 } as const satisfies Record<SheetSize, number>;

export interface WordsSheet {
  readonly size: SheetSize;
  /** Of the words, as CSS. */
  readonly height: string;
  readonly handle: {
    readonly onPointerDown: (event: PointerEvent) => void;
    readonly onPointerMove: (event: PointerEvent) => void;
    readonly onPointerUp: (event: PointerEvent) => void;
    readonly onPointerCancel: (event: PointerEvent) => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  };
}

export function nearestSize(part: number): SheetSize {
  return SHEET_SIZES.reduce((a, b) => (Math.abs(PARTS[b] - part) < Math.abs(PARTS[a] - part) ? b : a));
}

export function useWordsSheet(): WordsSheet {
  const [size, setSize] = useState<SheetSize>('half');
  /** While it is dragged, in CSS pixels. */
  const [dragged, setDragged] = useState<number | null>(null);
  const begun = useRef<{ readonly y: number; readonly height: number } | null>(null);
  const drop = () => {
    if (dragged !== null) setSize(nearestSize(dragged / window.innerHeight));
    setDragged(null);
    begun.current = null;
  };
  return {
    size,
    height: dragged === null ? HEIGHTS[size] : `${dragged}px`,
    handle: {
      onPointerDown(event) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const { bottom } = event.currentTarget.parentElement?.getBoundingClientRect() ?? { bottom: 0 };
        begun.current = { y: event.clientY, height: bottom - event.currentTarget.getBoundingClientRect().top };
      },
      onPointerMove(event) {
        if (!begun.current) return;
        const height = begun.current.height + begun.current.y - event.clientY;
        setDragged(Math.min(window.innerHeight * 0.88, Math.max(120, height)));
      },
      onPointerUp: drop,
      onPointerCancel: drop,
      onKeyDown(event) {
        const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        const to = event.key === 'Home' ? 'peek' : event.key === 'End' ? 'full' : null;
        if (by === undefined && to === null) return;
        event.preventDefault();
        event.stopPropagation();
        setSize(to ?? SHEET_SIZES[Math.min(2, Math.max(0, SHEET_SIZES.indexOf(size) + (by ?? 0)))] ?? size);
      },
    },
  };
}
