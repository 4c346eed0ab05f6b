/**
 * What a schema cannot say of a document: that its parts fit each other. Ids are used once, boxes lie in their pictures, results answer
 * calls, and all text together stays within the limit.
 */
import { viewSize } from '@/lib/geometry';
import type { Size } from '@/lib/geometry';
import { isOpenCall } from './fold';
import { jsonTextLength } from './json';
import { TRAJECTORY_LIMITS } from './limits';
import type { Part, Picture, Place, Step, StepOf, Trajectory } from './schema';

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
  switch (step.type) {
    case 'call':
      if (step.place) yield* placeProblems(pictures, step.place, `${path}.place`);
      return;
    case 'result':
      if (step.tokens.length > 0) yield problem('schema', `${path}.tokens`, 'a result has no tokens');
      if (step.person) yield problem('schema', `${path}.person`, 'the environment wrote a result, no person');
      yield* partProblems(pictures, step.parts, `${path}.parts`);
      return;
    case 'think':
    case 'answer':
      for (const [at, { picture }] of (step.marks ?? []).entries()) {
        if (!pictures.has(picture)) {
          yield problem('picture-unknown', `${path}.marks.${at}`, `no picture ${picture}`);
        }
      }
      return;
    case 'other':
      return;
    default:
      step satisfies never;
  }
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
  const { tool, input, label, asked, place, person } = step as StepOf<'call'>;
  if (tool !== '' || input !== null || label !== '' || asked || place || person) {
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
  const { tokens: mostTokens, allText } = TRAJECTORY_LIMITS;
  let tokens = 0;
  let text = 0;
  const add = (...words: readonly (string | null | undefined)[]): void => {
    for (const word of words) text += word?.length ?? 0;
  };
  const addParts = (parts: readonly Part[]): void => {
    for (const part of parts) add(part.address, 'text' in part ? part.text : part.picture);
  };
  add(run.id, run.title, run.systemPrompt, run.stop?.message, run.source?.error);
  addParts(run.given);
  for (const { id } of run.pictures) add(id);
  if (run.parent?.change) text += jsonTextLength(run.parent.change.json);
  for (const answer of [...(run.truth?.answers ?? []), ...(run.truth?.options ?? [])]) add(answer);
  for (const step of run.steps) {
    tokens += step.tokens.length;
    for (const token of step.tokens) {
      add(token.text);
      for (const other of token.top) add(other.text);
    }
    if (step.type === 'call') {
      add(step.callId, step.tool, step.written, step.label);
      text += jsonTextLength(step.input);
    } else if (step.type === 'result') {
      addParts(step.parts);
      add(step.refused?.told, step.refused?.problem);
    } else if (step.type === 'other') {
      add(step.kind);
      text += jsonTextLength(step.json);
    } else {
      add(step.text);
      for (const { label } of step.marks ?? []) add(label);
    }
    if (text > allText) break;
  }
  if (tokens > mostTokens) yield problem('too-large', 'steps', `more than ${mostTokens} tokens`);
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
