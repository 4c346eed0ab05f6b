/** The part of a text in which most of a query's words stand. */
import { termOf, tokensOf } from './tokens';

/** Characters, about as a search engine shows them. */
const LENGTH = 320;
/** A text is looked through so far; what comes later is found, but not quoted. */
const LOOKED_AT = 60_000;

export function excerptOf(text: string, terms: ReadonlySet<string>): string {
  const flat = text.slice(0, LOOKED_AT).replace(/\s+/g, ' ').trim();
  if (flat.length <= LENGTH) return flat;
  const hits = hitsIn(flat, terms);
  const from = bestStart(hits);
  const start = from === 0 ? 0 : wordAt(flat, Math.max(0, from - LENGTH / 4));
  const end = start + LENGTH >= flat.length ? flat.length : lastSpace(flat, start + LENGTH);
  return `${start > 0 ? '… ' : ''}${flat.slice(start, end)}${end < flat.length ? ' …' : ''}`;
}

interface Hit {
  readonly at: number;
  readonly term: string;
}

function hitsIn(flat: string, terms: ReadonlySet<string>): readonly Hit[] {
  const hits: Hit[] = [];
  let at = 0;
  for (const token of tokensOf(flat)) {
    const found = flat.indexOf(token, at);
    // Pairs overlap: the next may begin inside this one.
    if (found >= 0) at = found + 1;
    const term = termOf(token);
    if (term !== null && terms.has(term)) hits.push({ at: found, term });
  }
  return hits;
}

/** Where the window with the most different terms begins. */
function bestStart(hits: readonly Hit[]): number {
  let best = { count: 0, at: 0 };
  for (const [index, { at }] of hits.entries()) {
    const inside = new Set<string>();
    for (let next = index; next < hits.length && hits[next]!.at < at + LENGTH * 0.7; next += 1)
      inside.add(hits[next]!.term);
    if (inside.size > best.count) best = { count: inside.size, at };
  }
  return best.at;
}

function wordAt(flat: string, from: number): number {
  const space = flat.indexOf(' ', from);
  return space < 0 || space > from + 40 ? from : space + 1;
}

function lastSpace(flat: string, upTo: number): number {
  const space = flat.lastIndexOf(' ', upTo);
  return space < upTo - 40 ? upTo : space;
}
