/**
 * The page's colours as the canvas needs them: resolved once from the style sheet's custom properties, and again when the
 * theme changes. A canvas cannot read `var(--turn-1)` by itself.
 */
import { useEffect, useState } from 'react';
import { TURN_COLORS } from '@/components/ui/turn-color';

export interface MarkColors {
  readonly base: string;
  readonly on: string;
}

export interface Palette {
  /** By turn, from turn 1; they repeat. */
  readonly turns: readonly MarkColors[];
  readonly ground: string;
  readonly edge: string;
  readonly font: string;
}

const UNSTYLED: Palette = {
  turns: [{ base: '#f19220', on: '#14100a' }],
  ground: '#e5e7e7',
  edge: '#8b9292',
  font: 'sans-serif',
};

export function colorsOfTurn(palette: Palette, turn: number): MarkColors {
  const count = palette.turns.length;
  return palette.turns[(((turn - 1) % count) + count) % count] ?? { base: '#f19220', on: '#14100a' };
}

function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  const turns = Array.from({ length: TURN_COLORS }, (_, index) => ({
    base: read(`--turn-${index + 1}`, ''),
    on: read(`--turn-${index + 1}-on`, '#000'),
  })).filter(({ base }) => base !== '');
  return {
    turns: turns.length > 0 ? turns : UNSTYLED.turns,
    // These two are light-dark(): the element's own resolved colours stand for them.
    ground: style.backgroundColor || UNSTYLED.ground,
    edge: style.borderTopColor || UNSTYLED.edge,
    font: style.fontFamily || UNSTYLED.font,
  };
}

/** @param element carries the ground as its background colour and the edge as its border colour */
export function usePalette(element: Element | null): Palette {
  const [palette, setPalette] = useState(UNSTYLED);
  useEffect(() => {
    if (!element) return;
    const read = () => setPalette(readPalette(element));
    read();
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', read);
    const themes = new MutationObserver(read);
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] });
    return () => {
      dark.removeEventListener('change', read);
      themes.disconnect();
    };
  }, [element]);
  return palette;
}
