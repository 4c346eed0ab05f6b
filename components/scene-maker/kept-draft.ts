/** The scene on the bench, kept in this browser so that leaving the page loses none of it. What does not fit today's catalog is left. */
import type { IconCatalog } from './icon-catalog';
import { PALETTES, PATTERNS } from './ground';
import type { Draft, DraftObject } from './scene-draft';

export const DRAFT_KEY = 'loupe.scene';

export function keepDraft(draft: Draft): void {
  try {
    localStorage.setItem(DRAFT_KEY, JSON.stringify({ ...draft, selected: null }));
  } catch {
    // Refused: it then lasts as long as the page.
  }
}

/** Null where none is kept, or none that can be read. */
export function keptDraft(catalog: IconCatalog): Draft | null {
  try {
    return readDraft(JSON.parse(localStorage.getItem(DRAFT_KEY) ?? 'null'), catalog);
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

export function readDraft(value: unknown, catalog: IconCatalog): Draft | null {
  if (!isRecord(value) || !Array.isArray(value.objects)) return null;
  const { pattern, palette, font } = value;
  const objects = value.objects.flatMap((one) => readObject(one, catalog) ?? []);
  const isKnown = PATTERNS.some(({ id }) => id === pattern) && PALETTES.some(({ id }) => id === palette);
  if (!isKnown || !isNumber(font) || !catalog.fonts[font] || objects.length !== value.objects.length) return null;
  if (new Set(objects.map(({ id }) => id)).size < objects.length) return null;
  return { pattern: pattern as string, palette: palette as string, font, objects, selected: null }; // known, as asked above
}

function readObject(value: unknown, catalog: IconCatalog): DraftObject | null {
  if (!isRecord(value) || !isRecord(value.tag)) return null;
  const { id, noun, style, x, y, size } = value;
  const { kind, text, dots, color, ink } = value.tag;
  if (!isNumber(id) || !isNumber(x) || !isNumber(y) || !isNumber(size) || size <= 0) return null;
  if (typeof noun !== 'string' || !catalog.nouns.includes(noun)) return null;
  if (typeof style !== 'string' || !catalog.styles.some((one) => one.id === style)) return null;
  if ((kind !== 'text' && kind !== 'dots') || typeof text !== 'string' || !isNumber(dots)) return null;
  if (typeof color !== 'string' || typeof ink !== 'string' || !(catalog.inks[color] ?? []).includes(ink)) return null;
  return { id, noun, style, x, y, size, tag: { kind, text, dots, color, ink } };
}
