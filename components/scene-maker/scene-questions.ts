/**
 * Questions about a scene just made, in the words the model knows, with their answers: a few to suggest, and all that the scene
 * goes with (docs/scene-format.md). Anything else can be typed; its answer is then nobody's.
 */
import type { SceneQuestion } from '@/lib/scene';
import { isNumberTag, nounsOfSeveral, PLATE_HEIGHT, SCENE_SIZE, type Draft, type DraftObject } from './scene-draft';

type Asked = Omit<SceneQuestion, 'id'>;

const AT_MOST = 6;

const NUMBER_WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six'];

/** By geometry alone: what stands on a plate under 6 px in the overview has to be looked at. */
const UNREADABLE = (PLATE_HEIGHT * 256) / SCENE_SIZE.height < 6;

const ON_TAG: ReadonlySet<string> = new Set(['read-tag', 'tag-color', 'dot-color', 'count-dots', 'larger-number']);

export interface SceneQuestions {
  readonly suggested: readonly SceneQuestion[];
  /** The suggested ones first. */
  readonly all: readonly SceneQuestion[];
}

export function sceneQuestions({ objects, selected }: Draft): SceneQuestions {
  const several = nounsOfSeveral(objects);
  // What was touched last is asked about first; of what is there twice nobody could say which is meant.
  const order = objects
    .filter(({ noun }) => !several.has(noun))
    .sort((a, b) => Number(b.id === selected) - Number(a.id === selected) || b.id - a.id);
  const indexOf = (object: DraftObject) => objects.indexOf(object);
  const about = (
    [kind, question]: readonly [SceneQuestion['kind'], string],
    targets: readonly DraftObject[],
    [answer, ...more]: readonly [string, ...string[]],
  ): Asked => ({
    kind,
    question,
    answer,
    accepted: [answer, ...more],
    targets: targets.map(indexOf),
    needsZoom: UNREADABLE && ON_TAG.has(kind),
  });

  const written = order.filter(({ tag }) => tag.kind === 'text' && tag.text !== '');
  const dotted = order.filter(({ tag }) => tag.kind === 'dots');
  const reading = written.map((one) =>
    about(['read-tag', `What does the tag on the ${one.noun} say?`], [one], [one.tag.text]),
  );
  const counting = dotted.map((one) =>
    about(
      ['count-dots', `How many dots are on the tag of the ${one.noun}?`],
      [one],
      [String(one.tag.dots), ...NUMBER_WORDS.slice(one.tag.dots, one.tag.dots + 1)],
    ),
  );
  const larger = pairsOf(order.filter(({ tag }) => isNumberTag(tag)))
    .filter(([a, b]) => Number(a.tag.text) !== Number(b.tag.text))
    .map(([a, b]) =>
      about(
        ['larger-number', `Which has the larger number, the ${a.noun} or the ${b.noun}?`],
        [a, b],
        [Number(a.tag.text) > Number(b.tag.text) ? a.noun : b.noun],
      ),
    );
  const colours = [...written, ...dotted]
    .toReversed()
    .map((one) => about(['tag-color', `What color is the tag on the ${one.noun}?`], [one], [one.tag.color]));
  const dotColours = dotted.map((one) =>
    about(['dot-color', `What color are the dots on the tag of the ${one.noun}?`], [one], [one.tag.ink]),
  );
  const sides = pairsOf(order)
    .filter(([a, b]) => Math.abs(a.x - b.x) > (a.size + b.size) / 2)
    .map(([a, b]) => {
      const side = a.x < b.x ? 'left' : 'right';
      const question = `Is the ${a.noun} left or right of the ${b.noun}?`;
      return about(['left-right', question], [a, b], [side, `to the ${side}`, `on the ${side}`]);
    });

  const suggested = [
    ...reading.slice(0, 2),
    ...counting.slice(0, 1),
    ...larger.slice(0, 1),
    ...colours.slice(0, 1),
    ...sides.slice(0, 1),
  ].slice(0, AT_MOST);
  const all = [...new Set([...suggested, ...reading, ...counting, ...larger, ...colours, ...dotColours, ...sides])].map(
    (question, index): SceneQuestion => ({ id: `q${index}`, ...question }),
  );
  return { suggested: all.slice(0, suggested.length), all };
}

/** Every two, once, in the order given. */
function pairsOf(objects: readonly DraftObject[]): readonly (readonly [DraftObject, DraftObject])[] {
  return objects.flatMap((a, index) => objects.slice(index + 1).map((b) => [a, b] as const));
}
