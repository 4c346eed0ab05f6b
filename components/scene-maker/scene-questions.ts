/**
 * Questions that fit a scene just made, in the words the model knows. They only suggest: anything else can be typed.
 */
import { isNumberTag, type Draft, type DraftObject } from './scene-draft';

export interface SceneQuestion {
  readonly question: string;
  readonly needsZoom: boolean;
}

const AT_MOST = 6;

export function sceneQuestions({ objects, selected }: Draft): readonly SceneQuestion[] {
  // What was touched last is asked about first.
  const order = [...objects].sort((a, b) => Number(b.id === selected) - Number(a.id === selected) || b.id - a.id);
  const written = order.filter(({ tag }) => tag.kind === 'text' && tag.text !== '');
  const dotted = order.filter(({ tag }) => tag.kind === 'dots');
  const numbered = order.filter(({ tag }) => isNumberTag(tag));
  const tagged = [...written, ...dotted];
  const close = (question: string): SceneQuestion => ({ question, needsZoom: true });
  const far = (question: string): SceneQuestion => ({ question, needsZoom: false });
  const found: SceneQuestion[] = written.slice(0, 2).map(({ noun }) => close(`What does the tag on the ${noun} say?`));
  const [dots] = dotted;
  if (dots) found.push(close(`How many dots are on the tag of the ${dots.noun}?`));
  const [one, two] = numbered;
  if (one && two) found.push(close(`Which has the larger number, the ${one.noun} or the ${two.noun}?`));
  const coloured = tagged.at(-1);
  if (coloured) found.push(close(`What color is the tag on the ${coloured.noun}?`));
  const pair = sideBySide(order);
  if (pair) found.push(far(`Is the ${pair[0].noun} left or right of the ${pair[1].noun}?`));
  return found.slice(0, AT_MOST);
}

/** Two objects of which one is clearly left of the other. */
function sideBySide(objects: readonly DraftObject[]): readonly [DraftObject, DraftObject] | null {
  const [first] = objects;
  const other = first && objects.find((object) => Math.abs(object.x - first.x) > (object.size + first.size) / 2);
  return first && other ? [first, other] : null;
}
