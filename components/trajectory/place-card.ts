/** Where a token's card stands, and which of the likeliest tokens was taken. */
import type { Alternative, Token } from '@/lib/trajectory';

const GAP = 6;
const EDGE = 8;

/** Above its token, or below where there is no room; never off the window. */
export function placeAt(card: HTMLElement | null, anchor: HTMLElement): void {
  if (!card) return;
  // A token may wrap over two lines: the first line is where reading begins.
  const at = anchor.getClientRects()[0] ?? anchor.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const above = at.top - height - GAP;
  const left = Math.min(window.innerWidth - width - EDGE, Math.max(EDGE, at.left + at.width / 2 - width / 2));
  card.style.left = `${left}px`;
  card.style.top = `${above >= EDGE ? above : at.bottom + GAP}px`;
}

export function isToken(other: Alternative, token: Token): boolean {
  return other.id === token.id && (other.id !== null || other.text === token.text);
}
