'use client';
/** Focus for an element that takes the place of the one that had it; once, when it appears. */
import { useEffect, useRef, type RefObject } from 'react';

export function useFocusOnce<T extends HTMLElement>(wanted: boolean): RefObject<T | null> {
  const element = useRef<T>(null);
  const asked = useRef(wanted);
  useEffect(() => {
    if (asked.current) element.current?.focus();
    asked.current = false;
  }, []);
  return element;
}
