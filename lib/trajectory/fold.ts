/**
 * From events to the document: one pure step at a time, so that a live run, a kept run and a shared run are built by the
 * same code. Nothing here knows where events come from. The way back is events-of.ts.
 */
import type { TrajectoryEvent } from './event';
import { TRAJECTORY_FORMAT } from './schema';
import type { Step, StepOf, Trajectory } from './schema';

const EMPTY_BOX = { x1: 0, y1: 0, x2: 0, y2: 0 };

/** A call that is still being written: its crop is the empty box at the origin, which no executed call can have. */
export function isOpenCall(step: Step): boolean {
  if (step.type !== 'call') return false;
  const { x1, y1, x2, y2 } = step.executed;
  return x1 === 0 && y1 === 0 && x2 === 0 && y2 === 0;
}

/**
 * The document after one more event. `trajectory` is null before `run-start`; a later `run-start` begins anew. Throws only
 * when the first event is not `run-start` or a delta has no step of its kind to go to, which are errors of the caller.
 */
export function foldEvent(trajectory: Trajectory | null, event: TrajectoryEvent): Trajectory {
  if (event.type === 'run-start') {
    const { updatedAt, ...header } = event.header;
    return {
      format: TRAJECTORY_FORMAT,
      ...header,
      updatedAt: updatedAt ?? header.createdAt,
      seen: null,
      world: null,
      steps: [],
      usage: [],
      status: 'running',
      stop: null,
    };
  }
  if (trajectory === null) throw new Error(`a run begins with run-start, not ${event.type}`);
  switch (event.type) {
    case 'image-seen':
      return { ...trajectory, seen: event.seen, world: event.world };
    case 'turn-start':
    case 'progress':
      return trajectory;
    case 'think-start':
      return append(trajectory, { type: 'think', text: '', ...written(event.turn, event.at) });
    case 'answer-start':
      return append(trajectory, { type: 'answer', text: '', ...written(event.turn, event.at) });
    case 'call-start':
      return append(trajectory, {
        type: 'call',
        callId: event.callId,
        tool: 'zoom',
        text: '',
        label: '',
        asked: { box: EMPTY_BOX, frame: 'thousandths' },
        askedInImage: EMPTY_BOX,
        executed: EMPTY_BOX,
        ...written(event.turn, event.at),
      });
    case 'think-delta':
    case 'call-delta':
    case 'answer-delta': {
      const step = last(
        trajectory,
        event.type === 'think-delta' ? 'think' : event.type === 'call-delta' ? 'call' : 'answer',
      );
      return replaceLast(trajectory, {
        ...step,
        text: step.text + event.text,
        tokens: event.tokens.length > 0 ? [...step.tokens, ...event.tokens] : step.tokens,
        span: { start: step.span.start, end: event.at },
      });
    }
    case 'think-end':
    case 'answer-end': {
      const step = last(trajectory, event.type === 'think-end' ? 'think' : 'answer');
      return replaceLast(trajectory, { ...step, span: { start: step.span.start, end: event.at } });
    }
    case 'call-end': {
      const step = last(trajectory, 'call');
      return replaceLast(trajectory, {
        ...step,
        label: event.label,
        asked: event.asked,
        askedInImage: event.askedInImage,
        executed: event.executed,
        span: { start: step.span.start, end: event.at },
      });
    }
    case 'malformed': {
      const open = trajectory.steps.at(-1);
      const what = { type: 'malformed', text: event.text, problem: event.problem, told: event.told } as const;
      return open !== undefined && isOpenCall(open)
        ? replaceLast(trajectory, {
            ...what,
            turn: open.turn,
            span: { start: open.span.start, end: event.at },
            tokens: open.tokens,
          })
        : append(trajectory, { ...what, ...written(open?.turn ?? 1, event.at) });
    }
    case 'result': {
      const span = { start: event.start ?? event.at, end: event.at };
      const { turn, callId, executed, seen } = event;
      return append(trajectory, { type: 'result', callId, executed, seen, turn, span, tokens: [] });
    }
    case 'turn-end':
      return { ...trajectory, usage: [...trajectory.usage, event.usage] };
    case 'run-end':
      return {
        ...trajectory,
        status: event.status,
        stop: { reason: event.reason, message: event.message, code: event.code },
        updatedAt: event.updatedAt ?? later(trajectory.createdAt, event.at),
      };
    default:
      return event satisfies never;
  }
}

/** The document of a whole stream; null for an empty one. */
export function foldAll(events: Iterable<TrajectoryEvent>): Trajectory | null {
  let trajectory: Trajectory | null = null;
  for (const event of events) trajectory = foldEvent(trajectory, event);
  return trajectory;
}

function written(turn: number, at: number): Pick<Step, 'turn' | 'span' | 'tokens'> {
  return { turn, span: { start: at, end: at }, tokens: [] };
}

function append(trajectory: Trajectory, step: Step): Trajectory {
  return { ...trajectory, steps: [...trajectory.steps, step] };
}

function replaceLast(trajectory: Trajectory, step: Step): Trajectory {
  return { ...trajectory, steps: [...trajectory.steps.slice(0, -1), step] };
}

function last<T extends Step['type']>(trajectory: Trajectory, type: T): StepOf<T> {
  const step = trajectory.steps.at(-1);
  if (step?.type !== type) throw new Error(`no ${type} is being written`);
  // `type` decides the member of the union; TypeScript does not narrow a union by a type parameter.
  return step as StepOf<T>;
}

/** An instant `ms` after an ISO 8601 one; the same instant when that cannot be read. */
function later(instant: string, ms: number): string {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? instant : new Date(time + ms).toISOString();
}
