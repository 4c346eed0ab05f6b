/**
 * From the document back to the events that build it: `foldAll(eventsOf(t))` equals `t`. A kept run is thereby replayed by
 * the code that shows a live one. Times inside a step were not kept one by one and are spread evenly over its tokens.
 */
import type { TrajectoryEvent } from './event';
import { isOpenCall } from './fold';
import type { Step, Token, Trajectory } from './schema';

export function* eventsOf(trajectory: Trajectory): Generator<TrajectoryEvent, void, undefined> {
  const { format: _format, steps, usage, status, stop, seen, world, ...header } = trajectory;
  yield { type: 'run-start', at: 0, header };
  if (seen !== null) yield { type: 'image-seen', at: 0, seen, world };

  let told = 0;
  let turn = 0;
  let at = 0;
  for (const [index, step] of steps.entries()) {
    if (step.type !== 'result' && step.turn > turn) {
      for (; told < usage.length && isBefore(usage[told], step.turn); told += 1) yield turnEnd(usage[told], at);
      turn = step.turn;
      yield { type: 'turn-start', at: step.span.start, turn };
    }
    yield* eventsOfStep(step, index);
    at = step.span.end;
  }
  for (; told < usage.length; told += 1) yield turnEnd(usage[told], at);
  if (status !== 'running' && stop !== null) {
    yield { type: 'run-end', at, status, ...stop, updatedAt: trajectory.updatedAt };
  }
}

function isBefore(usage: Trajectory['usage'][number] | undefined, turn: number): boolean {
  return usage !== undefined && usage.turn < turn;
}

function turnEnd(usage: Trajectory['usage'][number] | undefined, at: number): TrajectoryEvent {
  if (usage === undefined) throw new Error('no usage to tell');
  return { type: 'turn-end', at, usage };
}

function* eventsOfStep(step: Step, index: number): Generator<TrajectoryEvent, void, undefined> {
  const { turn } = step;
  const { start, end } = step.span;
  switch (step.type) {
    case 'think':
      yield { type: 'think-start', at: start, turn };
      for (const delta of deltas(step)) yield { type: 'think-delta', ...delta };
      yield { type: 'think-end', at: end };
      return;
    case 'answer':
      yield { type: 'answer-start', at: start, turn };
      for (const delta of deltas(step)) yield { type: 'answer-delta', ...delta };
      yield { type: 'answer-end', at: end };
      return;
    case 'call': {
      const { callId, label, asked, askedInImage, executed } = step;
      yield { type: 'call-start', at: start, turn, callId };
      for (const delta of deltas(step)) yield { type: 'call-delta', ...delta };
      if (!isOpenCall(step)) yield { type: 'call-end', at: end, callId, label, asked, askedInImage, executed };
      return;
    }
    case 'malformed':
      yield { type: 'call-start', at: start, turn, callId: `malformed-${index}` };
      for (const delta of deltas(step)) yield { type: 'call-delta', ...delta };
      yield { type: 'malformed', at: end, text: step.text, problem: step.problem, told: step.told };
      return;
    case 'result': {
      const { callId, executed, seen } = step;
      yield { type: 'result', at: end, start, turn, callId, executed, seen };
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
function* deltas(step: Exclude<Step, { type: 'result' }>): Generator<Delta, void, undefined> {
  const { text, tokens, span } = step;
  if (tokens.length === 0) {
    if (text !== '' || span.end !== span.start) yield { at: span.end, text, tokens: [] };
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
    const at = isLast ? span.end : span.start + ((span.end - span.start) * (index + 1)) / tokens.length;
    yield { at, text: part, tokens: [token] };
  }
}
