/**
 * What a schema cannot say of a document: that its parts fit each other. Ids are used once, boxes lie in their pictures, results answer
 * calls, and all text together stays within the limit.
 */
import { viewSize } from '@/lib/geometry';
import type { Size } from '@/lib/geometry';
import { isOpenCall } from './fold';
import { charactersOf } from './json';
import { TRAJECTORY_LIMITS } from './limits';
import type { Mark, Part, Picture, Place, Step, StepOf, Trajectory } from './schema';
import { wordsOf } from './select';

export type TrajectoryProblemCode =
  | 'not-a-trajectory'
  | 'newer-version'
  | 'schema'
  | 'too-large'
  | 'box-outside-image'
  | 'picture-unknown'
  | 'duplicate-picture'
  | 'call-without-id'
  | 'duplicate-call'
  | 'result-without-call'
  | 'status-without-stop'
  | 'time-order';

export interface TrajectoryProblem {
  readonly code: TrajectoryProblemCode;
  /** Where in the document, as `steps.3.place`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

type Pictures = ReadonlyMap<string, Picture>;

export function* problemsOf(run: Trajectory): Generator<TrajectoryProblem> {
  yield* sizeProblems(run);
  const { status, stop, models } = run;
  if ((status === 'running') !== (stop === null)) {
    yield problem('status-without-stop', 'stop', `a run that is ${status} ${stop === null ? 'has no' : 'has a'} stop`);
  }
  yield* pictureProblems(run);
  const pictures: Pictures = new Map(run.pictures.map((picture) => [picture.id, picture]));
  yield* partProblems(pictures, run.given, 'given');
  for (const [index, { place }] of (run.truth?.places ?? []).entries()) {
    yield* placeProblems(pictures, place, `truth.places.${index}`);
  }

  const calls = new Set<string>();
  const answered = new Set<string>();
  for (const [index, step] of run.steps.entries()) {
    const path = `steps.${index}`;
    yield* stepProblems(pictures, step, path);
    if (isOpenCall(step)) yield* openCallProblems(run, step, index, path);
    if (step.model !== undefined && step.model >= models.length) {
      yield problem('schema', `${path}.model`, 'the run has no such model');
    }
    if (step.type === 'call') {
      if (step.callId === '') yield problem('call-without-id', `${path}.callId`, 'a call has an id');
      if (calls.has(step.callId)) yield problem('duplicate-call', `${path}.callId`, `${step.callId} is used twice`);
      calls.add(step.callId);
    }
    if (step.type === 'result') {
      if (!calls.has(step.callId) || answered.has(step.callId)) {
        yield problem('result-without-call', `${path}.callId`, `no call ${step.callId} before it waits for a result`);
      }
      answered.add(step.callId);
    }
  }
}

function* stepProblems(pictures: Pictures, step: Step, path: string): Generator<TrajectoryProblem> {
  const { span } = step;
  if (span && span.end < span.start) yield problem('time-order', `${path}.span`, 'ends before it starts');
  yield* personProblems(step, path);
  switch (step.type) {
    case 'call':
      if (step.place) yield* placeProblems(pictures, step.place, `${path}.place`);
      return;
    case 'result':
      if (step.tokens.length > 0) yield problem('schema', `${path}.tokens`, 'a result has no tokens');
      yield* partProblems(pictures, step.parts, `${path}.parts`);
      return;
    case 'said':
      if (step.tokens.length > 0) yield problem('schema', `${path}.tokens`, 'what a person said has no tokens');
      yield* partProblems(pictures, step.parts, `${path}.parts`);
      return;
    case 'think':
    case 'answer':
      for (const [index, mark] of (step.marks ?? []).entries()) {
        yield* markProblems(pictures, mark, step.text, `${path}.marks.${index}`);
      }
      return;
    case 'other':
      return;
    default:
      step satisfies never;
  }
}

/** Ranges in order, apart from each other, in the step's words. Of a step without words, any range says that a person made it. */
function* personProblems(step: Step, path: string): Generator<TrajectoryProblem> {
  if (step.type === 'other') return;
  const words = wordsOf(step);
  let free = 0;
  for (const [index, { from, to }] of (step.person ?? []).entries()) {
    if (from < free || to <= from || to > words.length) {
      yield problem('schema', `${path}.person.${index}`, 'ranges are in order, and inside the words of the step');
    }
    free = to;
  }
}

function* markProblems(
  pictures: Pictures,
  { picture, shape, at }: Mark,
  text: string,
  path: string,
): Generator<TrajectoryProblem> {
  const corners = shape.kind === 'point' ? [shape.point] : shape.kind === 'polygon' ? shape.points : [];
  const boxes = shape.kind === 'box' ? [shape.box] : corners.map(({ x, y }) => ({ x1: x, y1: y, x2: x, y2: y }));
  for (const box of boxes) yield* placeProblems(pictures, { picture, box }, path);
  if (shape.kind === 'polygon' && corners.length < 3) {
    yield problem('schema', `${path}.shape`, 'a polygon has three corners at least');
  }
  if (at && (at.to < at.from || at.to > text.length)) yield problem('schema', `${path}.at`, 'outside the text');
}

function* openCallProblems(
  { status, steps }: Trajectory,
  step: Step,
  index: number,
  path: string,
): Generator<TrajectoryProblem> {
  if (status === 'running' && index !== steps.length - 1) {
    yield problem('schema', path, 'only the last call of a running run may be unfinished');
  }
  // isOpenCall said so; a guard would have to tell "no call" from "a finished one".
  const { tool, input, label, asked, place } = step as StepOf<'call'>;
  if (tool !== '' || input !== null || label !== '' || asked || place) {
    yield problem('schema', path, 'an unfinished call has no tool, no label and no box yet');
  }
}

function* pictureProblems({ pictures, steps }: Trajectory): Generator<TrajectoryProblem> {
  const known = new Map<string, Size>();
  const calls = new Set(steps.flatMap((step) => (step.type === 'call' ? [step.callId] : [])));
  for (const [index, picture] of pictures.entries()) {
    const path = `pictures.${index}`;
    if (picture.id === '' || known.has(picture.id)) {
      yield problem('duplicate-picture', `${path}.id`, 'a picture has an id of its own');
    }
    if (picture.from === 'view') {
      const of = known.get(picture.of);
      const { width, height } = viewSize(picture);
      if (!of) yield problem('picture-unknown', `${path}.of`, `no picture ${picture.of} before it`);
      else if (!isInside(picture.region, of) || width <= 0 || height <= 0) {
        yield problem('box-outside-image', `${path}.region`, 'outside the picture');
      }
      if (Math.abs(width - picture.width) > SLACK || Math.abs(height - picture.height) > SLACK) {
        yield problem('schema', path, 'a view is as large as its region, turned');
      }
    } else if (!Number.isInteger(picture.width) || !Number.isInteger(picture.height)) {
      yield problem('too-large', path, `a side is a whole number of pixels up to ${TRAJECTORY_LIMITS.imageSide}`);
    }
    if (picture.from === 'call' && !calls.has(picture.callId)) {
      yield problem('result-without-call', `${path}.callId`, `no call ${picture.callId} made it`);
    }
    known.set(picture.id, picture);
  }
}

function* partProblems(pictures: Pictures, parts: readonly Part[], path: string): Generator<TrajectoryProblem> {
  for (const [index, part] of parts.entries()) {
    if ('picture' in part && !pictures.has(part.picture)) {
      yield problem('picture-unknown', `${path}.${index}`, `no picture ${part.picture}`);
    }
  }
}

function* placeProblems(pictures: Pictures, { picture, box }: Place, path: string): Generator<TrajectoryProblem> {
  const of = pictures.get(picture);
  if (!of) yield problem('picture-unknown', path, `no picture ${picture}`);
  else if (!isInside(box, of)) yield problem('box-outside-image', path, 'outside the picture');
}

function* sizeProblems(run: Trajectory): Generator<TrajectoryProblem> {
  const { allText } = TRAJECTORY_LIMITS;
  // The document's own keys are no text of anybody's; those of foreign JSON are.
  const foreign = run.steps.map((step) =>
    step.type === 'call' ? step.input : step.type === 'other' ? step.json : null,
  );
  const lenses = (run.lenses ?? []).map((lens) => lens.json);
  const text = charactersOf(run).strings + charactersOf([...foreign, ...lenses, run.parent?.change?.json]).keys;
  if (text > allText) yield problem('too-large', '', `more than ${allText} characters in all`);
}

function problem(code: TrajectoryProblemCode, path: string, message: string): TrajectoryProblem {
  return { code, path, message };
}

/** Boxes in pixels are products of division; a thousandth of a pixel is no escape. */
const SLACK = 1e-3;

function isInside(box: Place['box'], image: Size): boolean {
  return (
    box.x1 <= box.x2 &&
    box.y1 <= box.y2 &&
    box.x1 >= -SLACK &&
    box.y1 >= -SLACK &&
    box.x2 <= image.width + SLACK &&
    box.y2 <= image.height + SLACK
  );
}
