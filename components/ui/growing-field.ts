import { useLayoutEffect, type RefObject } from 'react';

/**
 * A field as high as what is in it, where the browser does not do that by itself (`field-sizing`). How high it may become is its
 * style's.
 */
export function useGrowingField(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = field.current;
    if (!element || CSS.supports('field-sizing', 'content')) return;
    const fit = () => {
      element.style.setProperty('height', 'auto');
      const edges = element.offsetHeight - element.clientHeight;
      element.style.setProperty('height', `${element.scrollHeight + edges}px`);
    };
    fit();
    // Narrower, the same words take more lines.
    let width = element.clientWidth;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === width) return;
      width = element.clientWidth;
      fit();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [field, text]);
}
