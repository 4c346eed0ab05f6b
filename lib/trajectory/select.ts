/**
 * What a view reads from a trajectory at a cursor. The cursor is the number of visible steps, 0 … steps.length: canvas and
 * text are two readings of one trajectory at one cursor. Pure; nothing is kept between calls.
 */
import type { ImageBox } from '@/lib/geometry';
import { isOpenCall } from './fold';
import type { Step, StepType, Token, Trajectory } from './schema';

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
  /** Both in pixels of the upright original: what was asked (clamped) and what was cut. */
  readonly asked: ImageBox;
  readonly executed: ImageBox;
  /** Whether the model is looking at this one at the cursor. */
  readonly active: boolean;
  /** 0 for the first call, and so on; the palette decides when colours repeat. */
  readonly colorIndex: number;
}

export interface TimelineEntry {
  readonly stepIndex: number;
  readonly type: StepType;
  readonly turn: number;
  /** Milliseconds since the run began. */
  readonly start: number;
  readonly end: number;
  readonly tokens: number;
}

export function stepsUpTo(trajectory: Trajectory, cursor: Cursor): readonly Step[] {
  return trajectory.steps.slice(0, clampCursor(trajectory, cursor));
}

export function currentStep(trajectory: Trajectory, cursor: Cursor): Step | null {
  return trajectory.steps[clampCursor(trajectory, cursor) - 1] ?? null;
}

/** Every executed call that is visible, in the order of asking. A call still being written is not among them. */
export function boxesAt(trajectory: Trajectory, cursor: Cursor): readonly BoxAt[] {
  const visible = stepsUpTo(trajectory, cursor);
  const activeId = activeCall(visible);
  const boxes: BoxAt[] = [];
  for (const [stepIndex, step] of visible.entries()) {
    if (step.type !== 'call' || isOpenCall(step)) continue;
    boxes.push({
      callId: step.callId,
      number: boxes.length + 1,
      turn: step.turn,
      stepIndex,
      label: step.label,
      asked: step.askedInImage,
      executed: step.executed,
      active: step.callId === activeId,
      colorIndex: boxes.length,
    });
  }
  return boxes;
}

/** The crop the model looks at: from its call until it calls again or answers. Null: it looks at the whole picture. */
export function activeCrop(trajectory: Trajectory, cursor: Cursor): ImageBox | null {
  return boxesAt(trajectory, cursor).find((box) => box.active)?.executed ?? null;
}

function activeCall(visible: readonly Step[]): string | null {
  for (const step of visible.toReversed()) {
    if (step.type === 'answer' || step.type === 'malformed' || isOpenCall(step)) return null;
    if (step.type === 'call') return step.callId;
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
    case 'malformed':
      return null;
    default:
      return step satisfies never;
  }
}

/** The answer as written; null when there is none (yet). */
export function answerOf(trajectory: Trajectory): string | null {
  return trajectory.steps.findLast((step) => step.type === 'answer')?.text ?? null;
}

/** Executed calls. */
export function callCount(trajectory: Trajectory): number {
  return trajectory.steps.filter((step) => step.type === 'call' && !isOpenCall(step)).length;
}

export function tokensOf(step: Step): readonly Token[] {
  return step.tokens;
}

export function tokenCount(trajectory: Trajectory): number {
  return trajectory.steps.reduce((sum, step) => sum + step.tokens.length, 0);
}

/** Milliseconds from the start of the run to the end of its last step. */
export function runTime(trajectory: Trajectory): number {
  return trajectory.steps.reduce((latest, step) => Math.max(latest, step.span.end), 0);
}

export function timeline(trajectory: Trajectory): readonly TimelineEntry[] {
  return trajectory.steps.map((step, stepIndex) => ({
    stepIndex,
    type: step.type,
    turn: step.turn,
    start: step.span.start,
    end: step.span.end,
    tokens: step.tokens.length,
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

/** How many steps had begun `ms` after the run did. */
export function cursorAtTime(trajectory: Trajectory, ms: number): Cursor {
  return trajectory.steps.filter((step) => step.span.start <= ms).length;
}
