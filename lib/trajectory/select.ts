/**
 * What a view reads from a trajectory at a cursor. The cursor is the number of visible steps, 0 … steps.length: canvas and
 * text are two readings of one trajectory at one cursor. Pure; nothing is kept between calls.
 */
import type { ImageBox } from '@/lib/geometry';
import { isOpenCall } from './fold';
import { givenPictures, picturesNamedBy, rootOf, rootPlace, type RootPicture } from './pictures';
import type { Step, StepOf, StepType, Token, Trajectory } from './schema';

type Cursor = number;

/** A place the model looked at. */
export interface BoxAt {
  readonly callId: string;
  /** 1 for the first call of the run. */
  readonly number: number;
  readonly turn: number;
  /** Index of the call in `steps`. */
  readonly stepIndex: number;
  readonly label: string;
  /** The picture that both boxes are of: always one with pixels of its own, whatever view the model spoke of. */
  readonly picture: string;
  /** In pixels of that picture: what was asked (clamped), and what was cut; the same where nothing was cut. */
  readonly asked: ImageBox;
  readonly executed: ImageBox;
  /** What was cut; null where nothing was (yet). */
  readonly cut: ImageBox | null;
  /** Whether the model is looking at this one at the cursor. */
  readonly active: boolean;
  /** A person wrote it, or moved it; left out: the model alone did. */
  readonly person?: true;
  /** 0 for the first call, and so on; the palette decides when colours repeat. */
  readonly colorIndex: number;
}

export interface TimelineEntry {
  readonly stepIndex: number;
  readonly type: StepType;
  readonly turn: number;
  /** Milliseconds since the run began; both null where nobody measured. */
  readonly start: number | null;
  readonly end: number | null;
  readonly tokens: number;
  /** Whether a person wrote any of it. */
  readonly person: boolean;
}

export function stepsUpTo(trajectory: Trajectory, cursor: Cursor): readonly Step[] {
  return trajectory.steps.slice(0, clampCursor(trajectory, cursor));
}

export function currentStep(trajectory: Trajectory, cursor: Cursor): Step | null {
  return trajectory.steps[clampCursor(trajectory, cursor) - 1] ?? null;
}

/** What came of a call; null where nothing did (yet). */
export function resultOf(trajectory: Trajectory, callId: string): StepOf<'result'> | null {
  const step = trajectory.steps.find((one) => one.type === 'result' && one.callId === callId);
  return step?.type === 'result' ? step : null;
}

/** Every look that is visible and was not refused, in the order of asking. A call still being written is not among them. */
export function boxesAt(trajectory: Trajectory, cursor: Cursor): readonly BoxAt[] {
  const visible = stepsUpTo(trajectory, cursor);
  // Of the whole run, whatever the cursor: stepping back to a call shows the exact crop that came of it, and none where it was refused.
  const results = resultsByCall(trajectory);
  const activeId = activeCall(visible, results);
  const boxes: BoxAt[] = [];
  for (const [stepIndex, step] of visible.entries()) {
    if (step.type !== 'call' || step.place === null) continue;
    const result = results.get(step.callId);
    const asked = rootPlace(trajectory.pictures, step.place);
    if (!asked || result?.refused) continue;
    const cut = cutOf(trajectory, result, asked.picture);
    boxes.push({
      callId: step.callId,
      number: boxes.length + 1,
      turn: step.turn,
      stepIndex,
      label: step.label,
      picture: asked.picture.id,
      asked: asked.box,
      executed: cut ?? asked.box,
      cut,
      active: step.callId === activeId,
      ...(step.person?.length && { person: true as const }),
      colorIndex: boxes.length,
    });
  }
  return boxes;
}

/** What is known to be sought in a picture with pixels of its own; empty where nobody said. */
export function soughtIn({ truth, pictures }: Trajectory, picture: string): readonly ImageBox[] {
  return (truth?.places ?? []).flatMap(({ place }) => {
    const root = rootPlace(pictures, place);
    return root?.picture.id === picture ? [root.box] : [];
  });
}

function resultsByCall({ steps }: Trajectory): ReadonlyMap<string, StepOf<'result'>> {
  return new Map(steps.flatMap((step) => (step.type === 'result' ? [[step.callId, step] as const] : [])));
}

/** The region of `of` that a result shows; null where it shows none of it. */
function cutOf(trajectory: Trajectory, result: StepOf<'result'> | undefined, of: RootPicture): ImageBox | null {
  for (const part of result?.parts ?? []) {
    const root = 'picture' in part ? rootOf(trajectory.pictures, part.picture) : null;
    if (root?.picture.id === of.id) return root.view.region;
  }
  return null;
}

/**
 * The picture to show: the one the latest visible step speaks of, else the first that was given. Null where none has been shown yet, or a
 * document does not say.
 */
export function pictureAt(trajectory: Trajectory, cursor: Cursor): RootPicture | null {
  for (const step of stepsUpTo(trajectory, cursor).toReversed()) {
    for (const id of picturesNamedBy(step)) {
      const root = rootOf(trajectory.pictures, id);
      if (root) return root.picture;
    }
  }
  // Not mainPicture: what a tool brings later is not there yet.
  for (const { id } of givenPictures(trajectory)) {
    const root = rootOf(trajectory.pictures, id);
    if (root) return root.picture;
  }
  return null;
}

/** The crop the model looks at, in pixels of `pictureAt`: from its call until it calls again or answers. Null: all of it. */
export function activeCrop(trajectory: Trajectory, cursor: Cursor): ImageBox | null {
  const active = boxesAt(trajectory, cursor).find((box) => box.active);
  // A call may ask about one picture and bring back another.
  return active && active.picture === pictureAt(trajectory, cursor)?.id ? active.executed : null;
}

/**
 * The call whose crop the model looks at: of the turn that last called, the latest that was not refused, and of calls made at once the one
 * whose result came last.
 */
function activeCall(visible: readonly Step[], results: ReadonlyMap<string, StepOf<'result'>>): string | null {
  let turn: number | null = null;
  for (const step of visible.toReversed()) {
    if (turn !== null && step.turn !== turn) return null;
    if (step.type === 'answer' || isOpenCall(step)) return null;
    if (step.type !== 'call' && step.type !== 'result') continue;
    if (!results.get(step.callId)?.refused) return step.callId;
    turn = step.turn;
  }
  return null;
}

/**
 * Number of the box a step speaks of, to light one when the other is pointed at: a call and its result are their own; a
 * thought leads to the call of its turn, or, where there is none, speaks of the last crop; an answer rests on the last crop.
 */
export function boxNumberOf(trajectory: Trajectory, stepIndex: number): number | null {
  const step = trajectory.steps[stepIndex];
  if (step === undefined) return null;
  const boxes = boxesAt(trajectory, trajectory.steps.length);
  const before = boxes.findLast((box) => box.stepIndex < stepIndex)?.number ?? null;
  switch (step.type) {
    case 'call':
    case 'result':
      return boxes.find((box) => box.callId === step.callId)?.number ?? null;
    case 'think':
      return boxes.find((box) => box.turn === step.turn && box.stepIndex > stepIndex)?.number ?? before;
    case 'answer':
      return before;
    case 'said':
    case 'other':
      return null;
    default:
      return step satisfies never;
  }
}

/** The answer as written; null when there is none (yet). */
export function answerOf(trajectory: Trajectory): string | null {
  return trajectory.steps.findLast((step) => step.type === 'answer')?.text ?? null;
}

/** Calls that were read and not refused. */
export function callCount(trajectory: Trajectory): number {
  const results = resultsByCall(trajectory);
  return trajectory.steps.filter(
    (step) => step.type === 'call' && !isOpenCall(step) && !results.get(step.callId)?.refused,
  ).length;
}

/** What a person reads of a step's own words; empty where it has none. */
export function wordsOf(step: Step): string {
  if (step.type === 'call') return step.written;
  return step.type === 'think' || step.type === 'answer' ? step.text : '';
}

export function tokensOf(step: Step): readonly Token[] {
  return step.tokens;
}

export function tokenCount(trajectory: Trajectory): number {
  return trajectory.steps.reduce((sum, step) => sum + step.tokens.length, 0);
}

/** Milliseconds from the start of the run to the end of its last step; null where nobody measured. */
export function runTime(trajectory: Trajectory): number | null {
  return trajectory.steps.reduce<number | null>(
    (latest, { span }) => (span ? Math.max(latest ?? 0, span.end) : latest),
    null,
  );
}

/** While tokens were drawn, the reading before them left out; null where nobody measured. */
export function tokensPerSecond({ usage }: Pick<Trajectory, 'usage'>): number | null {
  const told = usage.flatMap(({ outputTokens, decodeMs }) =>
    outputTokens !== null && decodeMs !== null && decodeMs > 0 ? [{ outputTokens, decodeMs }] : [],
  );
  const ms = told.reduce((sum, { decodeMs }) => sum + decodeMs, 0);
  return ms === 0 ? null : (1000 * told.reduce((sum, { outputTokens }) => sum + outputTokens, 0)) / ms;
}

export function timeline(trajectory: Trajectory): readonly TimelineEntry[] {
  return trajectory.steps.map((step, stepIndex) => ({
    stepIndex,
    type: step.type,
    turn: step.turn,
    start: step.span?.start ?? null,
    end: step.span?.end ?? null,
    tokens: step.tokens.length,
    person: (step.person?.length ?? 0) > 0,
  }));
}

// Cursor arithmetic

/** The nearest whole number of visible steps there can be; anything that is not a number is 0. */
export function clampCursor(trajectory: Trajectory, cursor: Cursor): Cursor {
  return Number.isNaN(cursor) ? 0 : Math.min(Math.max(Math.trunc(cursor), 0), trajectory.steps.length);
}

export function moveCursor(trajectory: Trajectory, cursor: Cursor, delta: number): Cursor {
  return clampCursor(trajectory, clampCursor(trajectory, cursor) + delta);
}

export function lastCursor(trajectory: Trajectory): Cursor {
  return trajectory.steps.length;
}

/** The cursor that has just made step `stepIndex` visible. */
export function cursorAtStep(trajectory: Trajectory, stepIndex: number): Cursor {
  return clampCursor(trajectory, stepIndex + 1);
}

/**
 * How many steps had begun `ms` after the run did. Steps that nobody timed count as soon as one after them had begun; the last of a run, as
 * soon as all that were timed are over.
 */
export function cursorAtTime(trajectory: Trajectory, ms: number): Cursor {
  const end = runTime(trajectory);
  if (end !== null && ms >= end) return lastCursor(trajectory);
  return trajectory.steps.findLastIndex(({ span }) => span !== null && span.start <= ms) + 1;
}
