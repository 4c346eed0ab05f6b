/**
 * Other inputs of the same kind: a crop of something unrelated would only tell that the model has never seen the like. Of each draw the
 * picture, the question and the crop are of one other scene. Pure.
 */
import { clamp, type ImageBox, type Size } from '@/lib/geometry';
import { isRight, readQuestion, type Scene, type SceneQuestion } from '@/lib/scene';
import { answerOf, pictureOf, questionOf, rootOf, type Trajectory } from '@/lib/trajectory';

export interface Found<S> {
  readonly scene: S;
  readonly question: SceneQuestion;
  readonly crop: ImageBox;
}

/** How much of its picture the run's last crop takes, as a share of the longer side; what a first look takes where there is none. */
const USUAL_SHARE = 0.2;
/** At least so much around a tag. */
const AROUND = 1.15;

/**
 * @param scenes where to draw from: other pictures than the run's, in an order that is the same every time
 * @param most how many, each from a scene of its own
 * @returns as many as there are, fewer where the scenes do not have them
 */
export function findOthers<S extends { readonly scene: Scene }>(
  run: Trajectory,
  scenes: readonly S[],
  most: number,
): readonly Found<S>[] {
  const kind = readQuestion(questionOf(run))?.kind ?? null;
  const answer = answerOf(run) ?? '';
  const share = lastShare(run);
  const fitting = scenes.flatMap((scene) => {
    const fits = scene.scene.questions.filter(
      (one) => (kind === null || one.kind === kind) && !isRight(answer, one.accepted) && tagOf(scene.scene, one),
    );
    const question = fits.find((one) => shapeOf(one.answer) === shapeOf(answer)) ?? fits[0];
    return question ? [{ scene, question }] : [];
  });
  // Three digits for three digits; and K draws of the same answer are one.
  const alike = fitting.filter(({ question }) => shapeOf(question.answer) === shapeOf(answer));
  const ordered = [...alike, ...fitting.filter((one) => !alike.includes(one))];
  const isNew = ({ question }: (typeof ordered)[number], at: number) =>
    ordered.findIndex((one) => one.question.answer === question.answer) === at;
  const fresh = ordered.filter(isNew);
  return [...fresh, ...ordered.filter((one) => !fresh.includes(one))].slice(0, most).map(({ scene, question }) => {
    const tag = tagOf(scene.scene, question)!;
    return { scene, question, crop: cropAround(tag, scene.scene, share) };
  });
}

/** Which of its characters are letters and which are digits. */
function shapeOf(answer: string): string {
  return answer.trim().replace(/\p{L}/gu, 'A').replace(/\p{N}/gu, '0');
}

function tagOf({ objects }: Scene, { targets }: SceneQuestion): readonly number[] | undefined {
  const object = objects[targets[0] ?? -1];
  return object && (object.tagBox ?? object.box);
}

/** The view that the run looked at last; null where it did not look. */
export function lastView(run: Trajectory): string | null {
  const last = run.steps.findLast((step) => step.type === 'result' && step.parts.some((part) => 'picture' in part));
  const shown = last?.type === 'result' ? last.parts.find((part) => 'picture' in part) : undefined;
  return shown && 'picture' in shown ? shown.picture : null;
}

function lastShare(run: Trajectory): number {
  const id = lastView(run);
  const view = id === null ? null : pictureOf(run.pictures, id);
  const root = id === null ? null : rootOf(run.pictures, id)?.picture;
  if (!view || !root) return USUAL_SHARE;
  return Math.max(view.width, view.height) / Math.max(root.width, root.height);
}

function cropAround([x1 = 0, y1 = 0, x2 = 0, y2 = 0]: readonly number[], image: Size, share: number): ImageBox {
  const longer = Math.max(image.width, image.height);
  const side = Math.round(Math.max(share * longer, AROUND * Math.max(x2 - x1, y2 - y1)));
  const width = Math.min(side, image.width);
  const height = Math.min(side, image.height);
  const left = clamp(Math.round((x1 + x2 - width) / 2), 0, image.width - width);
  const top = clamp(Math.round((y1 + y2 - height) / 2), 0, image.height - height);
  return { x1: left, y1: top, x2: left + width, y2: top + height };
}
