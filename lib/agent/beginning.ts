/**
 * The events before a run's first turn: of a new run its header, of one that goes on all that is kept of the other. What another model
 * wrote stays its own: it is named beside the one that goes on.
 */
import { eventsOf, fitName, givenParts, givenPictures, TRAJECTORY_LIMITS } from '@/lib/trajectory';
import type { RunHeader, RunModel, TrajectoryEvent } from '@/lib/trajectory';
import type { Dialect } from './contract';
import { frameOf } from './judge';
import type { AgentRun } from './order';

export function* beginning(order: AgentRun, dialect: Dialect | null): Generator<TrajectoryEvent> {
  const { from } = order;
  const header = headerOf(order, dialect);
  if (!from) {
    yield { type: 'run-start', at: 0, header };
    return;
  }
  const model = modelOf(order);
  // Another model sees a picture at another size, so it is told anew how this one does.
  const isFamiliar = from.models.length > 0 && from.models.every((one) => isSameModel(one, model));
  let at = 0;
  for (const event of eventsOf({ ...from, status: 'running', stop: null })) {
    at = Math.max(at, event.at);
    if (event.type === 'run-start') {
      const { pictures, given, models } = event.header;
      // What is true of the first question says nothing of the next.
      const truth = order.said === undefined ? from.truth : null;
      yield { ...event, header: { ...header, pictures, given, models, truth } };
    } else if (event.type !== 'given-seen' || isFamiliar) {
      yield event;
    }
  }
  if (modelIndex(from.models, order) < 0) yield { type: 'model', at, model };
  if (order.said === undefined) return;
  const turn = Math.max(0, ...from.steps.map((step) => step.turn)) + 1;
  const text = fitName(order.said, TRAJECTORY_LIMITS.text);
  yield { type: 'said', at, start: at, turn, parts: [{ text }] };
}

/** Which of a run's models the order's is; −1: none of them. */
export function modelIndex(models: readonly RunModel[], order: AgentRun): number {
  const model = modelOf(order);
  return models.findIndex(
    (one) =>
      isSameModel(one, model) && one.device === model.device && one.url === model.url && one.engine === model.engine,
  );
}

/** Whether tokens and sizes mean the same to both. Older runs do not say where their model came from. */
export function isSameModel(a: RunModel, b: RunModel): boolean {
  const isSamePlace = a.url === undefined || b.url === undefined || a.url === b.url;
  return a.id === b.id && a.version === b.version && isSamePlace;
}

export function modelOf({
  card,
  device,
  modelUrl,
  engineName,
}: Pick<AgentRun, 'card' | 'device' | 'modelUrl' | 'engineName'>): RunModel {
  return {
    id: fitName(card.id),
    name: fitName(card.name),
    version: fitName(card.version),
    device,
    ...(modelUrl !== undefined && { url: fitName(modelUrl) }),
    ...(engineName !== undefined && { engine: fitName(engineName) }),
  };
}

function headerOf(order: AgentRun, dialect: Dialect | null): RunHeader {
  const { settings, card, from } = order;
  const { pictures, given, words } = givenParts(order.given);
  const count = from ? givenPictures(from).length : pictures.length;
  return {
    id: order.id ?? crypto.randomUUID(),
    title: fitName(order.title ?? from?.title ?? words),
    createdAt: order.createdAt ?? new Date().toISOString(),
    pictures,
    given,
    models: [modelOf(order)],
    dialect: dialect?.id ?? fitName(card.dialect),
    ...(dialect?.file && { ownDialect: dialect.file }),
    systemPrompt: dialect?.systemPrompt(settings.tools.length > 0, frameOf(dialect, card), settings.tools, count) ?? '',
    settings,
    parent: order.parent ?? null,
    source: null,
    truth: null,
  };
}
