/**
 * The door of the document: whatever comes from disk, a link or a file is checked here once (version, schema, then what a
 * schema cannot say) and trusted inside. Never throws.
 */
import { isEmpty } from '@/lib/geometry';
import type { Size } from '@/lib/geometry';
import { isOpenCall } from './fold';
import { migrate } from './migrate';
import { trajectorySchema } from './schema';
import type { Step, Trajectory } from './schema';

export type TrajectoryProblemCode =
  | 'not-a-trajectory'
  | 'newer-version'
  | 'schema'
  | 'too-large'
  | 'box-outside-image'
  | 'call-without-id'
  | 'duplicate-call'
  | 'result-without-call'
  | 'status-without-stop'
  | 'time-order';

export interface TrajectoryProblem {
  readonly code: TrajectoryProblemCode;
  /** Where in the document, as `steps.3.executed`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

export type ParsedTrajectory =
  | { readonly ok: true; readonly trajectory: Trajectory }
  | { readonly ok: false; readonly problems: readonly TrajectoryProblem[] };

/** What a document may hold at most; far beyond any run this app makes, so that a file cannot freeze the page. */
export const TRAJECTORY_LIMITS = {
  steps: 2_000,
  usage: 2_000,
  tokens: 200_000,
  alternatives: 20,
  text: 200_000,
  name: 2_000,
  imageSide: 100_000,
} as const;

export function parseTrajectory(value: unknown): ParsedTrajectory {
  const migrated = migrate(value);
  if (!migrated.ok) {
    const message =
      migrated.code === 'newer-version'
        ? 'The run was written by a newer version of Loupe.'
        : 'This is not a Loupe trajectory.';
    return { ok: false, problems: [{ code: migrated.code, path: '', message }] };
  }
  const parsed = trajectorySchema.safeParse(migrated.document);
  if (!parsed.success) {
    const problems = parsed.error.issues.slice(0, 20).map(({ path, message }) => ({
      code: 'schema' as const,
      path: path.map(String).join('.'),
      message,
    }));
    return { ok: false, problems };
  }
  const problems = [...semanticProblems(parsed.data)];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, trajectory: parsed.data };
}

function* semanticProblems(trajectory: Trajectory): Generator<TrajectoryProblem> {
  const { image, steps, status, stop, seen, world } = trajectory;
  yield* sizeProblems(trajectory);
  if ((status === 'running') !== (stop === null)) {
    yield problem('status-without-stop', 'stop', `a run that is ${status} ${stop === null ? 'has no' : 'has a'} stop`);
  }
  if (seen === null && world !== null) yield problem('schema', 'world', 'nothing was seen, yet its distance is known');

  const executed = new Map<string, string>();
  const ids = new Set<string>();
  const answered = new Set<string>();
  for (const [index, step] of steps.entries()) {
    const path = `steps.${index}`;
    if (step.span.end < step.span.start) yield problem('time-order', `${path}.span`, 'ends before it starts');
    if (step.type === 'call') {
      if (step.callId === '') yield problem('call-without-id', `${path}.callId`, 'a call has an id');
      if (ids.has(step.callId)) yield problem('duplicate-call', `${path}.callId`, `${step.callId} is used twice`);
      ids.add(step.callId);
      if (isOpenCall(step)) {
        if (status !== 'running' || index !== steps.length - 1) {
          yield problem('schema', path, 'only the last call of a running run may be unfinished');
        }
        if (
          step.label !== '' ||
          step.asked.frame !== 'thousandths' ||
          boxKey(step.asked.box) !== '0,0,0,0' ||
          boxKey(step.askedInImage) !== '0,0,0,0'
        ) {
          yield problem('schema', path, 'an unfinished call has no label and no box yet');
        }
        continue;
      }
      executed.set(step.callId, boxKey(step.executed));
      if (!isInside(step.executed, image) || isEmpty(step.executed))
        yield problem('box-outside-image', `${path}.executed`, 'outside the image');
      if (!isInside(step.askedInImage, image)) {
        yield problem('box-outside-image', `${path}.askedInImage`, 'outside the image');
      }
    }
    if (step.type === 'result') {
      if (executed.get(step.callId) !== boxKey(step.executed) || answered.has(step.callId)) {
        yield problem('result-without-call', `${path}.callId`, `no call ${step.callId} before it asked for this crop`);
      }
      answered.add(step.callId);
      if (step.tokens.length > 0) yield problem('schema', `${path}.tokens`, 'a result has no tokens');
    }
  }
}

function* sizeProblems(trajectory: Trajectory): Generator<TrajectoryProblem> {
  const { image, steps, usage } = trajectory;
  const limits = TRAJECTORY_LIMITS;
  const isSide = (side: number) => Number.isInteger(side) && side >= 1 && side <= limits.imageSide;
  if (!isSide(image.width) || !isSide(image.height)) {
    yield problem('too-large', 'image', `a side is a whole number of pixels from 1 to ${limits.imageSide}`);
  }
  if (steps.length > limits.steps) yield problem('too-large', 'steps', `more than ${limits.steps} steps`);
  if (usage.length > limits.usage) yield problem('too-large', 'usage', `more than ${limits.usage} turns`);
  const { id, title, protocol, model } = trajectory;
  const names = [id, title, image.name, image.mimeType, protocol, model.url ?? ''];
  if (names.some((name) => name.length > limits.name)) yield problem('too-large', '', 'a name is too long');
  if ([trajectory.question, trajectory.systemPrompt, ...steps.map(textOf)].some((text) => text.length > limits.text)) {
    yield problem('too-large', '', `a text is longer than ${limits.text} characters`);
  }
  const tokens = steps.flatMap((step) => step.tokens);
  if (tokens.length > limits.tokens || tokens.some(({ top }) => top.length > limits.alternatives)) {
    yield problem('too-large', 'steps', 'too many tokens or alternatives');
  }
}

function textOf(step: Step): string {
  return step.type === 'result' ? '' : step.text;
}

function problem(code: TrajectoryProblemCode, path: string, message: string): TrajectoryProblem {
  return { code, path, message };
}

type PlainBox = { x1: number; y1: number; x2: number; y2: number };

function isInside(box: PlainBox, image: Size): boolean {
  // Boxes in pixels are products of division; a thousandth of a pixel is no escape.
  const slack = 1e-3;
  return (
    box.x1 <= box.x2 &&
    box.y1 <= box.y2 &&
    box.x1 >= -slack &&
    box.y1 >= -slack &&
    box.x2 <= image.width + slack &&
    box.y2 <= image.height + slack
  );
}

function boxKey(box: PlainBox): string {
  return `${box.x1},${box.y1},${box.x2},${box.y2}`;
}
