/**
 * RealX-Bench's layout (DeepEyesV2, arXiv 2511.05271; the released rows: huggingface.co/datasets/glowol/RealXBench): a line a question,
 * `{query, answer, perception, search, reason, image}`, several answers parted by "or", each label 1 where the question takes that. `domain`
 * is read where it stands there.
 */
import * as z from 'zod/mini';
import { ABILITIES, parseScene, type ParsedScene } from './scene';

const label = z.union([z.literal(0), z.literal(1), z.boolean()]);

const rowSchema = z.object({
  query: z.string().check(z.minLength(1)),
  answer: z.union([z.string(), z.number()]),
  perception: label,
  search: label,
  reason: label,
  /** A file's name; folders of pictures call it `file_name`. */
  image: z.optional(z.string()),
  file_name: z.optional(z.string()),
  domain: z.optional(z.string()),
});

export interface RealXRow extends Omit<z.infer<typeof rowSchema>, 'image' | 'file_name'> {
  readonly image: string;
}

/** Null for what is no row of this layout. */
export function readRealX(value: unknown): RealXRow | null {
  const parsed = rowSchema.safeParse(value);
  if (!parsed.success) return null;
  const { image, file_name, ...row } = parsed.data;
  const picture = image ?? file_name;
  return picture === undefined ? null : { ...row, image: picture };
}

/** The questions of one picture as a scene, of whose objects nothing is known. @param ids of the questions, in order */
export function sceneOfRealX(
  rows: readonly RealXRow[],
  ids: readonly string[],
  picture: { readonly image: string; readonly width: number; readonly height: number },
): ParsedScene {
  return parseScene({
    ...picture,
    objects: [],
    questions: rows.map(({ query, answer, perception, search, reason, domain }, at) => {
      const accepted = String(answer)
        .split(/\s+or\s+/i)
        .map((one) => one.trim())
        .filter(Boolean);
      const takes = { perception, search, reasoning: reason };
      return {
        id: ids[at],
        kind: 'realx',
        question: query,
        answer: accepted[0] ?? '',
        accepted,
        targets: [],
        needsZoom: null,
        abilities: ABILITIES.filter((ability) => Boolean(takes[ability])),
        ...(domain !== undefined && { domain }),
      };
    }),
  });
}
