/**
 * Scenes at random, within the rules of the world: nouns once each, room between objects, tags of every kind. The chance is
 * handed in, so that a test can repeat it.
 */
import type { IconCatalog } from './icon-catalog';
import { PALETTES, PATTERNS } from './ground';
import { PLATE_HEIGHT, SCENE_SIZE, type Draft, type DraftObject, type DraftTag } from './scene-draft';

/** 0 ≤ chance() < 1. */
export type Chance = () => number;

/** Of an empty list nothing can be picked: the lists here are the catalog's, never empty. */
function pick<T>(chance: Chance, list: readonly T[]): T {
  return list[Math.floor(chance() * list.length)]!;
}

const between = (chance: Chance, low: number, high: number) => low + chance() * (high - low);
const whole = (chance: Chance, low: number, high: number) => Math.floor(between(chance, low, high + 1));

/** Between two objects, tags included. */
const GAP = 22;

function letters(chance: Chance, catalog: IconCatalog): string {
  const length = whole(chance, 2, catalog.rules.textLength[1]);
  const text = Array.from({ length }, () => pick(chance, [...catalog.alphabet])).join('');
  return /[A-Z]/.test(text)
    ? text
    : pick(
        chance,
        [...catalog.alphabet].filter((char) => /[A-Z]/.test(char)),
      ) + text.slice(1);
}

export function randomTag(chance: Chance, catalog: IconCatalog): DraftTag {
  const color = pick(chance, Object.keys(catalog.colors));
  // The first two stand out most.
  const ink = pick(chance, catalog.inks[color]?.slice(0, 2) ?? ['white']);
  const kind = chance();
  const dots = whole(chance, ...catalog.rules.dots);
  if (kind < 0.25) return { kind: 'dots', text: '', dots, color, ink };
  const text = kind < 0.5 ? String(whole(chance, 1, catalog.rules.number[1])) : letters(chance, catalog);
  return { kind: 'text', text, dots, color, ink };
}

function apart(a: Pick<DraftObject, 'x' | 'y' | 'size'>, b: Pick<DraftObject, 'x' | 'y' | 'size'>): number {
  const reach = (a.size + b.size) / 2 + GAP;
  return Math.max(Math.abs(a.x - b.x) - reach, Math.abs(a.y - b.y) - reach - PLATE_HEIGHT);
}

/** Somewhere free; where nothing is, the freest place found. */
export function freeSpot(chance: Chance, size: number, others: readonly DraftObject[]) {
  const margin = size / 2 + GAP;
  let best = { x: SCENE_SIZE.width / 2, y: SCENE_SIZE.height / 2 };
  let room = Number.NEGATIVE_INFINITY;
  for (let attempt = 0; attempt < 120; attempt += 1) {
    const spot = {
      x: Math.round(between(chance, margin, SCENE_SIZE.width - margin)),
      y: Math.round(between(chance, margin, SCENE_SIZE.height - margin - PLATE_HEIGHT)),
    };
    const free = Math.min(...others.map((other) => apart({ ...spot, size }, other)));
    if (free >= 0) return spot;
    if (free > room) {
      room = free;
      best = spot;
    }
  }
  return best;
}

export function randomObject(
  chance: Chance,
  catalog: IconCatalog,
  noun: string,
  style: string,
  others: readonly DraftObject[],
): DraftObject {
  const [low, high] = catalog.rules.objectShare;
  const size = Math.round(between(chance, low + 0.015, high - 0.01) * SCENE_SIZE.width);
  const id = 1 + Math.max(0, ...others.map((other) => other.id));
  return { id, noun, style, size, ...freeSpot(chance, size, others), tag: randomTag(chance, catalog) };
}

/** A whole scene of `count` objects in one style the model has seen. */
export function randomScene(chance: Chance, catalog: IconCatalog, count: number): Draft {
  const style = pick(
    chance,
    catalog.styles.filter((candidate) => candidate.seenInTraining),
  ).id;
  const nouns = [...catalog.nouns];
  const objects: DraftObject[] = [];
  while (objects.length < count && nouns.length > 0) {
    const [noun] = nouns.splice(Math.floor(chance() * nouns.length), 1);
    if (noun !== undefined) objects.push(randomObject(chance, catalog, noun, style, objects));
  }
  const fonts = catalog.fonts.flatMap((font, index) => (font.seenInTraining ? [index] : []));
  return {
    pattern: pick(chance, PATTERNS).id,
    palette: pick(chance, PALETTES).id,
    font: pick(chance, fonts),
    objects,
    selected: null,
  };
}
