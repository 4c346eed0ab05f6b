/**
 * One run, scored against what is known of its scene. Pure. IoU is of the box as asked (in pixels, before the crop rule grows
 * it) with an object together with its tag; whether a tag was to be seen is a matter of the crop that was executed.
 */
import { isRight, type Ability, type Scene, type SceneObject, type SceneQuestion } from '@/lib/scene';
import { containsBox, iou, union, type ImageBox } from '@/lib/geometry';
import { answerOf, boxesAt, isOpenCall, resultOf, runTime, tokenCount, type Trajectory } from '@/lib/trajectory';
import type { BenchQuestion } from './data-set';
import type { SearchWay } from './search-ways';

/**
 * - `right`; `failed`: an error of engine or picture ended it; `no-answer`: it ended without an answer.
 * - `malformed`: wrong, and a call could not be read or executed.
 * - `no-look`: wrong without a look where one was needed. `wrong-look`: wrong, and what it was asked about (its tag, where it has
 *   one) was in no crop. `misread`: wrong although all of it was in crops. `wrong-plain`: wrong where no look was needed, and
 *   wrong without a look where nobody said.
 */
export const OUTCOMES = [
  'right',
  'misread',
  'wrong-look',
  'no-look',
  'malformed',
  'no-answer',
  'wrong-plain',
  'failed',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

export interface BenchResult {
  /** The question's: the same one asked both ways has it twice. */
  readonly id: string;
  readonly scene: string;
  readonly kind: SceneQuestion['kind'];
  readonly question: string;
  readonly answer: string;
  readonly accepted: readonly string[];
  /** Null: nobody said (V*). */
  readonly needsZoom: boolean | null;
  readonly tools: boolean;
  /** With which searches it was asked. */
  readonly search: SearchWay;
  /** What it takes, of RealX-Bench's questions; left out of others. */
  readonly abilities?: readonly Ability[];
  readonly domain?: string;
  /** What the model answered; null where it did not. */
  readonly given: string | null;
  readonly right: boolean;
  readonly outcome: Outcome;
  /** Looks that were carried out. */
  readonly calls: number;
  /** Of each look with the target it fits best; empty without targets. */
  readonly callIous: readonly number[];
  /** Mean over targets of the best look at each, 0 for one never looked at; null without targets. */
  readonly targetIou: number | null;
  /** A target's whole tag was in the last crop, at 10 px of the model's input or more; null without look or tag. */
  readonly tagInLastLook: boolean | null;
  /** Generated. */
  readonly tokens: number;
  /** From the start of the run to the end of its last step. */
  readonly ms: number;
  readonly trajectory: Trajectory;
}

/** A tag lower than this in the crop as the model sees it is not counted as shown. Pixels. */
export const LEGIBLE_HEIGHT = 10;

interface Look {
  readonly asked: ImageBox;
  readonly executed: ImageBox;
  /** Height in pixels at which the model saw the crop. */
  readonly seen: number;
}

const boxOf = ([x1, y1, x2, y2]: SceneObject['box']): ImageBox => ({ x1, y1, x2, y2 });

/** An object together with its tag. */
export function wholeBox({ box, tagBox }: SceneObject): ImageBox {
  return tagBox ? union(boxOf(box), boxOf(tagBox)) : boxOf(box);
}

function looksOf(run: Trajectory): readonly Look[] {
  return boxesAt(run, run.steps.length).flatMap(({ callId, asked, executed }) => {
    const shown = resultOf(run, callId)?.parts.find((part) => 'picture' in part);
    if (!shown || !('picture' in shown)) return [];
    return [{ asked, executed, seen: shown.seen?.height ?? 0 }];
  });
}

const best = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);

const isShown = (tag: ImageBox, { executed, seen }: Look): boolean =>
  containsBox(executed, tag) && ((tag.y2 - tag.y1) * seen) / (executed.y2 - executed.y1) >= LEGIBLE_HEIGHT;

export function scoreRun(
  { id, scene, question }: BenchQuestion,
  trajectory: Trajectory,
  search: SearchWay = 'none',
): BenchResult {
  const targets = targetsOf(scene.scene, question.targets);
  const wholes = targets.map(wholeBox);
  const tags = targets.flatMap(({ tagBox }) => (tagBox ? [boxOf(tagBox)] : []));
  const looks = looksOf(trajectory);
  const last = looks.at(-1);
  const given = trajectory.status === 'done' ? answerOf(trajectory) : null;
  const right = given !== null && isRight(given, question.accepted);
  const everythingShown = targets
    .map(({ box, tagBox }) => boxOf(tagBox ?? box))
    .every((part) => looks.some(({ executed }) => containsBox(executed, part)));
  return {
    id,
    scene: scene.name,
    kind: question.kind,
    question: question.question,
    answer: question.answer,
    accepted: question.accepted,
    needsZoom: question.needsZoom,
    tools: trajectory.settings?.tools.includes('zoom') ?? false,
    search,
    ...(question.abilities && { abilities: question.abilities }),
    ...(question.domain !== undefined && { domain: question.domain }),
    given,
    right,
    outcome: right ? 'right' : whyWrong(trajectory, given, question.needsZoom, looks.length, everythingShown),
    calls: looks.length,
    callIous: wholes.length === 0 ? [] : looks.map(({ asked }) => best(wholes.map((whole) => iou(asked, whole)))),
    targetIou:
      wholes.length === 0
        ? null
        : wholes.reduce((sum, whole) => sum + best(looks.map(({ asked }) => iou(asked, whole))), 0) / wholes.length,
    tagInLastLook: !last || tags.length === 0 ? null : tags.some((tag) => isShown(tag, last)),
    tokens: tokenCount(trajectory),
    ms: runTime(trajectory) ?? 0,
    trajectory,
  };
}

function targetsOf({ objects }: Scene, targets: readonly number[]): readonly SceneObject[] {
  return targets.flatMap((index) => objects[index] ?? []);
}

function whyWrong(
  { status, steps }: Trajectory,
  given: string | null,
  needsZoom: boolean | null,
  looks: number,
  everythingShown: boolean,
): Outcome {
  if (status === 'failed') return 'failed';
  if (steps.some((step) => (step.type === 'result' && step.refused !== null) || isOpenCall(step))) return 'malformed';
  if (given === null) return 'no-answer';
  if (needsZoom === false) return 'wrong-plain';
  if (looks === 0) return needsZoom ? 'no-look' : 'wrong-plain';
  return everythingShown ? 'misread' : 'wrong-look';
}
