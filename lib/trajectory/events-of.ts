/**
 * From the document back to the events that build it: `foldAll(eventsOf(t))` equals `t`. A kept run is thereby replayed by
 * the code that shows a live one. Times inside a step were not kept one by one and are spread evenly over its tokens.
 */
import type { TrajectoryEvent } from './event';
import { picturesNamedBy, picturesOf } from './pictures';
import type { Picture, Step, Token, Trajectory } from './schema';

export function* eventsOf(trajectory: Trajectory): Generator<TrajectoryEvent, void, undefined> {
  const { format: _format, steps, usage, status, stop, pictures, given, models, ...header } = trajectory;
  // Pictures keep their order, so those before the last that was given were there when the run began.
  let shown = lastNamed(pictures, [...picturesOf(given), ...placesOf(trajectory)]) + 1;
  const unseen = given.map((part) => ('picture' in part ? { ...part, seen: null } : part));
  let known = Math.min(1, models.length);
  const start = { ...header, pictures: pictures.slice(0, shown), given: unseen, models: models.slice(0, known) };
  yield { type: 'run-start', at: 0, header: start };
  for (const [index, part] of given.entries()) {
    if ('picture' in part && part.seen !== null) yield { type: 'given-seen', at: 0, index, seen: part.seen };
  }

  let told = 0;
  let turn = 0;
  let at = 0;
  for (const step of steps) {
    if (step.type !== 'result' && step.turn > turn) {
      for (; told < usage.length && usage[told]!.turn < step.turn; told += 1) {
        yield { type: 'turn-end', at, usage: usage[told]! };
      }
      turn = step.turn;
      yield { type: 'turn-start', at: step.span?.start ?? at, turn };
    }
    // Every picture a step speaks of is there before it.
    for (const needed = lastNamed(pictures, picturesNamedBy(step)) + 1; shown < needed; shown += 1) {
      yield { type: 'picture', at, picture: pictures[shown]! };
    }
    for (; known <= (step.model ?? 0) && known < models.length; known += 1) {
      yield { type: 'model', at, model: models[known]! };
    }
    yield* eventsOfStep(step, at);
    at = step.span?.end ?? at;
  }
  for (; shown < pictures.length; shown += 1) yield { type: 'picture', at, picture: pictures[shown]! };
  for (; known < models.length; known += 1) yield { type: 'model', at, model: models[known]! };
  for (; told < usage.length; told += 1) yield { type: 'turn-end', at, usage: usage[told]! };
  if (status !== 'running' && stop !== null) {
    yield { type: 'run-end', at, status, ...stop, updatedAt: trajectory.updatedAt };
  }
}

/** The last picture of the list that is among `ids`; -1 where none is. */
function lastNamed(pictures: readonly Picture[], ids: readonly string[]): number {
  if (ids.length === 0) return -1;
  const named = new Set(ids);
  return pictures.findLastIndex(({ id }) => named.has(id));
}

/** What is known to be true was known before the run began. */
function placesOf({ truth }: Trajectory): readonly string[] {
  return truth?.places.map(({ place }) => place.picture) ?? [];
}

function* eventsOfStep(step: Step, before: number): Generator<TrajectoryEvent, void, undefined> {
  const { turn, model, person } = step;
  const { start, end } = step.span ?? { start: before, end: before };
  const opening = {
    turn,
    ...(model !== undefined && { model }),
    ...(step.span === null && { untimed: true as const }),
  };
  switch (step.type) {
    case 'think':
    case 'answer': {
      const { type, text, marks } = step;
      yield { type: `${type}-start`, at: start, ...opening };
      for (const delta of deltas(step, text, before)) yield { type: `${type}-delta`, ...delta };
      yield { type: `${type}-end`, at: end, ...(marks && { marks }), ...(person && { person }) };
      return;
    }
    case 'call': {
      const { callId, tool, input, label, asked, place, state } = step;
      yield { type: 'call-start', at: start, callId, ...opening };
      const isOpen = state === 'writing';
      const told = isOpen && person ? { person } : {};
      for (const delta of deltas(step, step.written, before)) yield { type: 'call-delta', ...delta, ...told };
      if (isOpen) return;
      yield { type: 'call-end', at: end, tool, input, label, asked, place, ...(person && { person }) };
      return;
    }
    case 'result': {
      const { callId, parts, refused } = step;
      yield { type: 'result', at: end, start, callId, parts, refused, ...opening };
      return;
    }
    case 'said':
      yield { type: 'said', at: end, start, parts: step.parts, ...opening };
      return;
    case 'other': {
      const { kind, json, tokens } = step;
      yield { type: 'other', at: end, start, kind, json, tokens, ...opening, ...(person && { person }) };
      return;
    }
    default:
      return step satisfies never;
  }
}

interface Delta {
  readonly at: number;
  readonly text: string;
  readonly tokens: readonly Token[];
}

/** One delta a token, with the part of the step's text that the token wrote (tags are tokens without text of their own). */
function* deltas({ tokens, span }: Step, text: string, before: number): Generator<Delta, void, undefined> {
  const { start, end } = span ?? { start: before, end: before };
  if (tokens.length === 0) {
    if (text !== '' || end !== start) yield { at: end, text, tokens: [] };
    return;
  }
  const all = tokens.map((token) => token.text).join('');
  const offset = all.indexOf(text);
  let read = 0;
  let told = 0;
  for (const [index, token] of tokens.entries()) {
    const isLast = index === tokens.length - 1;
    read += token.text.length;
    // Text that its tokens do not spell is told whole, with the last of them.
    const reached = isLast ? text.length : offset < 0 ? 0 : Math.min(Math.max(read - offset, 0), text.length);
    const part = text.slice(told, reached);
    told = reached;
    const at = isLast ? end : start + ((end - start) * (index + 1)) / tokens.length;
    yield { at, text: part, tokens: [token] };
  }
}
