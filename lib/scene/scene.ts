/**
 * `scene.json`: a picture, what is in it, and questions about it (docs/scene-format.md), and the adapter from V*'s files.
 * The schema is the door; what passes is trusted inside. Boxes are `[x1, y1, x2, y2]` in pixels of the upright picture.
 */
import * as z from 'zod/mini';

export const QUESTION_KINDS = [
  'read-tag',
  'tag-color',
  'dot-color',
  'count-dots',
  'larger-number',
  'left-right',
  'above-below',
  'exists',
  'vstar',
  'realx',
] as const;

/** What RealX-Bench says that a question takes. */
export const ABILITIES = ['perception', 'reasoning', 'search'] as const;
export type Ability = (typeof ABILITIES)[number];

const side = z.int().check(z.positive());
const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);

const sceneObject = z.object({
  noun: z.string(),
  /** The object without its tag. */
  box,
  /** What the tag shows; for dots their count as text. */
  tag: z.optional(z.string()),
  tagBox: z.optional(box),
  tagKind: z.optional(z.enum(['text', 'number', 'dots'])),
  tagColor: z.optional(z.string()),
  inkColor: z.optional(z.string()),
  style: z.optional(z.string()),
});

const sceneQuestion = z.object({
  id: z.string(),
  kind: z.enum(QUESTION_KINDS),
  question: z.string().check(z.minLength(1)),
  answer: z.string(),
  /** Scoring: normalised exact match against any of these (scoring.ts). */
  accepted: z.array(z.string()).check(z.minLength(1)),
  /** Indices into `objects`. */
  targets: z.array(z.int().check(z.nonnegative())),
  /** Null: nobody said (V*). */
  needsZoom: z.nullable(z.boolean()),
  options: z.optional(z.array(z.string())),
  /** Of RealX-Bench. */
  abilities: z.optional(z.array(z.enum(ABILITIES))),
  domain: z.optional(z.string()),
});

export const sceneSchema = z.object({
  image: z.string().check(z.minLength(1)),
  width: side,
  height: side,
  objects: z.array(sceneObject),
  questions: z.array(sceneQuestion),
  provenance: z.optional(z.record(z.string(), z.unknown())),
});

export type Scene = z.infer<typeof sceneSchema>;
export type SceneObject = z.infer<typeof sceneObject>;
export type SceneQuestion = z.infer<typeof sceneQuestion>;

export type ParsedScene =
  { readonly ok: true; readonly scene: Scene } | { readonly ok: false; readonly problem: string };

/** Never throws; `problem` says where and what, in words for whoever made the file. */
export function parseScene(value: unknown): ParsedScene {
  const parsed = sceneSchema.safeParse(value);
  if (!parsed.success) return { ok: false, problem: issueOf(parsed.error) };
  const scene = parsed.data;
  for (const [index, object] of scene.objects.entries()) {
    for (const [name, region] of [['box', object.box] as const, ['tagBox', object.tagBox] as const]) {
      if (region !== undefined && !isInside(region, scene)) {
        return { ok: false, problem: `objects.${index}.${name}: not a box inside the picture` };
      }
    }
  }
  for (const [index, question] of scene.questions.entries()) {
    if (question.targets.some((target) => target >= scene.objects.length)) {
      return { ok: false, problem: `questions.${index}.targets: there is no such object` };
    }
    if (scene.questions.findIndex(({ id }) => id === question.id) < index) {
      return { ok: false, problem: `questions.${index}.id: an earlier question has the same` };
    }
  }
  return { ok: true, scene };
}

const vstarSchema = z.object({
  target_object: z.array(z.string()),
  bbox: z.array(box),
  question: z.string().check(z.minLength(1)),
  options: z.array(z.string()).check(z.minLength(1)),
});

/**
 * A V* file as a scene of one question. Its boxes are `[x, y, width, height]`, its answer is the first option. The options are
 * asked with it, as DeepEyes' eval_vstar.py does, but in the order of their words: there the right letter is always A. The letter
 * or the option's words are the answer. V* says nothing of whether a closer look is needed.
 */
export function sceneOfVstar(
  value: unknown,
  picture: { readonly image: string; readonly width: number; readonly height: number },
): ParsedScene {
  const parsed = vstarSchema.safeParse(value);
  if (!parsed.success) return { ok: false, problem: issueOf(parsed.error) };
  const { target_object: nouns, bbox, question, options } = parsed.data;
  if (nouns.length !== bbox.length) return { ok: false, problem: 'bbox: not one for each target_object' };
  const answer = options[0] ?? '';
  const offered = [...new Set(options)]
    .sort()
    .map((text, index) => ({ letter: String.fromCharCode(65 + index), text }));
  const letter = offered.find(({ text }) => text === answer)?.letter ?? '';
  return parseScene({
    ...picture,
    objects: bbox.map(([x, y, width, height], index) => ({
      noun: nouns[index] ?? '',
      // V* boxes may reach a little over the edge; a box is part of its picture.
      box: [Math.max(0, x), Math.max(0, y), Math.min(picture.width, x + width), Math.min(picture.height, y + height)],
    })),
    questions: [
      {
        id: 'q0',
        kind: 'vstar',
        question: [question, 'Options:', ...offered.map((option) => `${option.letter}. ${option.text}`)].join('\n'),
        answer,
        accepted: [answer, letter, `(${letter})`, `${letter}. ${answer}`, `(${letter}) ${answer}`],
        targets: bbox.map((_, index) => index),
        needsZoom: null,
        options,
      },
    ],
  });
}

function isInside([x1, y1, x2, y2]: readonly [number, number, number, number], scene: Scene): boolean {
  return x1 >= 0 && y1 >= 0 && x1 < x2 && y1 < y2 && x2 <= scene.width && y2 <= scene.height;
}

function issueOf(error: { readonly issues: readonly { path: readonly PropertyKey[]; message: string }[] }): string {
  const [issue] = error.issues;
  return issue === undefined ? 'not a scene' : `${issue.path.map(String).join('.')}: ${issue.message}`;
}
