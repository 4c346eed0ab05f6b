/**
 * The drawing material that comes with the app (public/icons/index.json): icons by noun and style on sprite sheets, the
 * glyphs a tag may hold, plate and ink colours, fonts, and the measures of the world the small model was taught on.
 */
import * as z from 'zod/mini';

export const ICON_BASE = '/icons/';

const pair = z.tuple([z.number(), z.number()]);

const catalogSchema = z.object({
  format: z.literal('loupe-icons/1'),
  /** Side of a sprite's cell, pixels; cells run in noun order, `columns` a row. */
  cell: z.number(),
  columns: z.number(),
  nouns: z.array(z.string()),
  styles: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      license: z.string(),
      seenInTraining: z.boolean(),
      sheet: z.string(),
      /** Drawn extent within the cell, x1 y1 x2 y2, one a noun. */
      boxes: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
    }),
  ),
  alphabet: z.string(),
  colors: z.record(z.string(), z.string()),
  inks: z.record(z.string(), z.array(z.string())),
  fonts: z.array(z.object({ family: z.string(), weight: z.number(), file: z.string(), seenInTraining: z.boolean() })),
  rules: z.object({
    objects: pair,
    /** Longer side of an object over the longer side of the picture. */
    objectShare: pair,
    plateHeight: pair,
    capPerPlateHeight: z.number(),
    dotPerPlateHeight: z.number(),
    textLength: pair,
    number: pair,
    dots: pair,
  }),
});

export type IconCatalog = z.infer<typeof catalogSchema>;
export type IconStyle = IconCatalog['styles'][number];

/** Throws when it is missing or of another shape: then there is nothing to make a scene with. */
export async function fetchCatalog(): Promise<IconCatalog> {
  const response = await fetch(`${ICON_BASE}index.json`);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return catalogSchema.parse(await response.json());
}

/** The sprite's extent on its sheet, pixels; null for a noun or style that is not there. */
export function spriteRegion(catalog: IconCatalog, styleId: string, noun: string) {
  const index = catalog.nouns.indexOf(noun);
  const box = catalog.styles.find((style) => style.id === styleId)?.boxes[index];
  if (index < 0 || !box) return null;
  const left = (index % catalog.columns) * catalog.cell;
  const top = Math.floor(index / catalog.columns) * catalog.cell;
  return { x: left + box[0], y: top + box[1], width: box[2] - box[0], height: box[3] - box[1] };
}
