/** Langfuse's own export: a trace with its observations, or observations alone. Pictures stand apart and are named by their hash. */
import type { Json } from '@/lib/trajectory';
import { isList, isObject, textOf, type JsonObject } from '../json-shape';
import { objectAt, objectsAt } from '../protocols/body';
import { unpacked } from '../protocols/values';
import { kindOf } from './span-kinds';
import type { Span } from './trace';

export function langfuseSpans(record: Json, within = ''): readonly Span[] {
  if (isList(record)) return record.flatMap((one) => langfuseSpans(one, within));
  if (!isObject(record)) return [];
  const inner = isObject(record['trace'] ?? null) ? objectAt(record, 'trace') : record;
  const observations = [
    ...objectsAt(record, 'observations'),
    ...(inner === record ? [] : objectsAt(inner, 'observations')),
  ];
  if (observations.length > 0 || isTrace(inner)) {
    const id = textOf(inner['id']);
    const first = observations.map((one) => textOf(one['startTime'])).toSorted()[0] ?? '';
    const own: Span = {
      trace: id,
      id: `trace ${id}`,
      name: textOf(inner['name']),
      start: first.slice(0, -1),
      kind: 'whole',
      input: unpacked(inner['input']),
      output: observations.some((one) => kindOf(textOf(one['type'])) === 'model') ? null : unpacked(inner['output']),
      model: '',
      callId: '',
      error: '',
    };
    return [own, ...observations.flatMap((one) => langfuseSpans(one, id))];
  }
  if (!isObservation(record))
    return [...objectsAt(record, 'data'), ...objectsAt(record, 'traces')].flatMap((one) => langfuseSpans(one));
  const type = textOf(record['type']);
  // Steps in between repeat what went in and out of those within them.
  if (/^(?:span|event|agent|chain)$/i.test(type)) return [];
  return [
    {
      trace: textOf(record['traceId']) || textOf(record['trace_id']) || within || textOf(record['id']),
      id: textOf(record['id']),
      name: textOf(record['name']),
      start: textOf(record['startTime']) || textOf(record['start_time']),
      kind: kindOf(type),
      input: unpacked(record['input']),
      output: unpacked(record['output']),
      model: textOf(record['model']) || textOf(record['providedModelName']),
      callId: textOf(objectAt(record, 'metadata')['tool_call_id']),
      error: record['level'] === 'ERROR' ? textOf(record['statusMessage']) : '',
    },
  ];
}

const isTrace = (json: JsonObject): boolean =>
  isList(json['observations'] ?? null) ||
  ('sessionId' in json && 'input' in json && 'output' in json && !('type' in json));

const isObservation = (json: JsonObject): boolean =>
  /^(?:span|generation|tool|agent|event|chain|retriever|evaluator|embedding|guardrail)$/i.test(textOf(json['type'])) &&
  ('startTime' in json || 'start_time' in json) &&
  ('input' in json || 'output' in json);

export function isLangfuse(record: Json): boolean {
  if (!isObject(record)) return false;
  const inner = isObject(record['trace'] ?? null) ? objectAt(record, 'trace') : record;
  const all = [
    ...objectsAt(record, 'observations'),
    ...objectsAt(inner, 'observations'),
    ...objectsAt(record, 'data'),
    ...objectsAt(record, 'traces'),
  ];
  return isObservation(record) || all.some(isObservation) || all.some(isTrace);
}
