/** The answer to a question about a scene whose objects are known, whatever the question's wording. Pure. */
import type { AskedOfScene } from './read-question';
import type { Scene, SceneObject, SceneQuestion } from './scene';

export type SceneAnswer = Pick<SceneQuestion, 'kind' | 'answer' | 'accepted' | 'needsZoom'>;

const NUMBER_WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six'];

const SIDES: Readonly<Record<string, readonly string[]>> = {
  left: ['left', 'to the left', 'on the left'],
  right: ['right', 'to the right', 'on the right'],
  above: ['above', 'over'],
  below: ['below', 'under'],
};

/** Height of the overview that the model sees, and of a tag that can be read there, in pixels: the rule of `needsZoom`. */
const OVERVIEW = 256;
const LEGIBLE = 6;

/** Null where the scene does not tell: nothing of that name, several of it, or no such tag. */
export function answerInScene(scene: Scene, { kind, nouns }: AskedOfScene): SceneAnswer | null {
  // A file of another kind names only what it asks about, and says nothing of what is not there.
  if (scene.objects.length === 0 || scene.objects.some(({ tagKind }) => tagKind === undefined)) return null;
  if (kind === 'exists') {
    const isThere = scene.objects.some(({ noun }) => noun === nouns[0]);
    return made(kind, [isThere ? 'yes' : 'no'], false);
  }
  const targets = nouns.map((noun) => onlyOne(scene.objects, noun));
  const [a, b] = targets;
  if (!a) return null;
  const needsZoom = targets.some((object) => object?.tagBox && isSmall(object.tagBox, scene));
  switch (kind) {
    case 'read-tag':
      return a.tagKind === 'dots' || !a.tag ? null : made(kind, [a.tag], needsZoom);
    case 'tag-color':
      return a.tagColor ? made(kind, [a.tagColor], needsZoom) : null;
    case 'dot-color':
      return a.tagKind === 'dots' && a.inkColor ? made(kind, [a.inkColor], needsZoom) : null;
    case 'count-dots': {
      if (a.tagKind !== 'dots' || !a.tag) return null;
      return made(kind, [a.tag, ...NUMBER_WORDS.slice(Number(a.tag), Number(a.tag) + 1)], needsZoom);
    }
    case 'larger-number': {
      if (a.tagKind !== 'number' || b?.tagKind !== 'number' || Number(a.tag) === Number(b.tag)) return null;
      return made(kind, [Number(a.tag) > Number(b.tag) ? a.noun : b.noun], needsZoom);
    }
    case 'left-right':
      return b ? placed(kind, middle(a, 0) - middle(b, 0), ['left', 'right']) : null;
    case 'above-below':
      return b ? placed(kind, middle(a, 1) - middle(b, 1), ['above', 'below']) : null;
    default:
      return kind satisfies never;
  }
}

function made(kind: SceneAnswer['kind'], accepted: readonly [string, ...string[]], needsZoom: boolean): SceneAnswer {
  return { kind, answer: accepted[0], accepted: [...accepted], needsZoom };
}

function placed(
  kind: SceneAnswer['kind'],
  gap: number,
  [before, after]: readonly [string, string],
): SceneAnswer | null {
  if (gap === 0) return null;
  const side = gap < 0 ? before : after;
  const [first = side, ...more] = SIDES[side] ?? [];
  return made(kind, [first, ...more], false);
}

function onlyOne(objects: readonly SceneObject[], noun: string): SceneObject | null {
  const named = objects.filter((object) => object.noun === noun);
  return named.length === 1 ? (named[0] ?? null) : null;
}

const middle = ({ box: [x1, y1, x2, y2] }: SceneObject, axis: 0 | 1): number => (axis === 0 ? x1 + x2 : y1 + y2) / 2;

const isSmall = ([, y1, , y2]: readonly [number, number, number, number], { height }: Scene): boolean =>
  ((y2 - y1) * OVERVIEW) / height < LEGIBLE;
