/**
 * From events to the document: one pure step at a time, so that a live run, a kept run and a shared run are built by the
 * same code. Nothing here knows where events come from. The way back is events-of.ts.
 */
import type { TrajectoryEvent } from './event';
import { TRAJECTORY_FORMAT } from './format';
import type { Span, Step, StepOf, Trajectory } from './schema';

/** A call that is still being written, or broke off there. */
export function isOpenCall(step: Step): boolean {
  return step.type === 'call' && step.state === 'writing';
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
      steps: [],
      usage: [],
      status: 'running',
      stop: null,
    };
  }
  if (trajectory === null) throw new Error(`a run begins with run-start, not ${event.type}`);
  switch (event.type) {
    case 'given-seen': {
      const given = trajectory.given.map((part, index) =>
        index === event.index && 'picture' in part ? { ...part, seen: event.seen } : part,
      );
      return { ...trajectory, given };
    }
    case 'picture':
      return { ...trajectory, pictures: [...trajectory.pictures, event.picture] };
    case 'model':
      return { ...trajectory, models: [...trajectory.models, event.model] };
    case 'turn-start':
    case 'progress':
      return trajectory;
    case 'think-start':
      return append(trajectory, { type: 'think', text: '', tokens: [], ...opened(event) });
    case 'answer-start':
      return append(trajectory, { type: 'answer', text: '', tokens: [], ...opened(event) });
    case 'call-start':
      return append(trajectory, {
        type: 'call',
        callId: event.callId,
        tool: '',
        written: '',
        input: null,
        label: '',
        state: 'writing',
        asked: null,
        place: null,
        tokens: [],
        ...opened(event),
      });
    case 'think-delta':
    case 'answer-delta': {
      const step = last(trajectory, event.type === 'think-delta' ? 'think' : 'answer');
      return replaceLast(trajectory, { ...step, text: step.text + event.text, ...grown(step, event) });
    }
    case 'call-delta': {
      const step = last(trajectory, 'call');
      return replaceLast(trajectory, { ...step, written: step.written + event.text, ...grown(step, event) });
    }
    case 'think-end':
    case 'answer-end': {
      const step = last(trajectory, event.type === 'think-end' ? 'think' : 'answer');
      const { marks, person } = event;
      return replaceLast(trajectory, {
        ...step,
        span: until(step.span, event.at),
        ...(marks && { marks }),
        ...(person && { person }),
      });
    }
    case 'call-end': {
      const step = last(trajectory, 'call');
      const { tool, input, label, asked, place, person } = event;
      return replaceLast(trajectory, {
        ...step,
        tool,
        input,
        label,
        asked,
        place,
        state: 'read',
        span: until(step.span, event.at),
        ...(person && { person }),
      });
    }
    case 'result': {
      const { callId, parts, refused } = event;
      return append(trajectory, { type: 'result', callId, parts: [...parts], refused, tokens: [], ...happened(event) });
    }
    case 'said':
      return append(trajectory, { type: 'said', parts: [...event.parts], tokens: [], ...happened(event) });
    case 'other': {
      const { kind, json, person, tokens = [] } = event;
      const said = { kind, json, tokens: [...tokens], ...(person && { person }) };
      return append(trajectory, { type: 'other', ...said, ...happened(event) });
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

interface Opened {
  readonly at: number;
  readonly turn: number;
  readonly model?: number;
  readonly untimed?: true;
}

/** What every step has from its beginning on; it grows from `at`. */
function opened(event: Opened): Pick<Step, 'turn' | 'span' | 'model'> {
  return happened({ ...event, start: event.at });
}

/** The same of a step that is over when it is told. */
function happened({
  at,
  turn,
  model,
  untimed,
  start = at,
}: Opened & { readonly start?: number }): Pick<Step, 'turn' | 'span' | 'model'> {
  return { turn, span: untimed ? null : { start, end: at }, ...(model !== undefined && { model }) };
}

function until(span: Span | null, end: number): Span | null {
  return span && { start: span.start, end };
}

function grown(
  step: Step,
  event: { readonly at: number; readonly tokens: readonly Step['tokens'][number][]; readonly person?: Step['person'] },
): Pick<Step, 'tokens' | 'span' | 'person'> {
  return {
    ...(event.person && { person: event.person }),
    tokens: event.tokens.length > 0 ? [...step.tokens, ...event.tokens] : step.tokens,
    span: until(step.span, event.at),
  };
}

function append(trajectory: Trajectory, step: Step): Trajectory {
  return { ...trajectory, steps: [...trajectory.steps, step] };
}

function replaceLast(trajectory: Trajectory, step: Step): Trajectory {
  return { ...trajectory, steps: [...trajectory.steps.slice(0, -1), step] };
}

function last<T extends 'think' | 'call' | 'answer'>(trajectory: Trajectory, type: T): StepOf<T> {
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
