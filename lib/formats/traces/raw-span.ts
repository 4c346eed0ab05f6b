/**
 * Spans of a trace as every export writes them: OpenTelemetry's own JSON, as its SDKs print it and as it is sent (OTLP), Phoenix's rows, MLflow's
 * files. Attributes come flat under dotted names, as lists of keys and values, or nested; here they are flat.
 */
import type { Json } from '@/lib/trajectory';
import { isList, isObject, textOf, type JsonObject } from '../json-shape';
import { objectAt, objectsAt, objectsIn } from '../protocols/body';

export interface RawSpan {
  readonly trace: string;
  readonly id: string;
  readonly parent: string;
  readonly name: string;
  /** Sorts by time within its export. */
  readonly start: string;
  readonly attributes: ReadonlyMap<string, Json>;
  readonly error: string;
}

export function rawSpansOf(record: Json): readonly RawSpan[] {
  if (!isObject(record)) return [];
  const sent = [...objectsAt(record, 'resourceSpans'), ...objectsAt(record, 'resource_spans')];
  if (sent.length > 0)
    return sent.flatMap((resource) =>
      [
        ...objectsAt(resource, 'scopeSpans'),
        ...objectsAt(resource, 'scope_spans'),
        ...objectsAt(resource, 'instrumentationLibrarySpans'),
      ].flatMap((scope) => objectsAt(scope, 'spans').map(rawSpan)),
    );
  const spans = [...objectsAt(record, 'spans'), ...objectsAt(objectAt(record, 'data'), 'spans')];
  if (spans.some(isSpan)) return spans.map(rawSpan);
  const traces = [...objectsAt(record, 'traces'), ...objectsAt(record, 'data')].flatMap(rawSpansOf);
  if (traces.length > 0) return traces;
  return isSpan(record) ? [rawSpan(record)] : [];
}

function isSpan(json: JsonObject): boolean {
  const named =
    'span_id' in json ||
    'spanId' in json ||
    'span_id' in objectAt(json, 'context') ||
    'spanId' in objectAt(json, 'context') ||
    'context.span_id' in json;
  return named && ('attributes' in json || Object.keys(json).some((key) => key.startsWith('attributes.')));
}

function rawSpan(json: JsonObject): RawSpan {
  const context = objectAt(json, 'context');
  const first = (...values: readonly (Json | undefined)[]): string => {
    for (const value of values) {
      if (typeof value === 'string' && value !== '') return value;
      if (typeof value === 'number') return String(value);
    }
    return '';
  };
  const attributes = new Map<string, Json>();
  flatten(json['attributes'], '', attributes, 0);
  for (const [key, value] of Object.entries(json))
    if (key.startsWith('attributes.')) flatten(value, key.slice('attributes.'.length), attributes, 0);
  const status = objectAt(json, 'status');
  const failed = /error/i.test(first(status['status_code'], status['code'], json['status_code']));
  return {
    trace: first(context['trace_id'], context['traceId'], json['traceId'], json['trace_id'], json['context.trace_id']),
    id: first(context['span_id'], context['spanId'], json['spanId'], json['span_id'], json['context.span_id']),
    parent: first(json['parent_id'], json['parentSpanId'], json['parent_span_id']),
    name: textOf(json['name']),
    start: first(
      json['start_time'],
      json['startTimeUnixNano'],
      json['start_time_unix_nano'],
      json['start_time_ns'],
      json['startTime'],
    ),
    attributes,
    error: failed ? first(status['message'], status['description'], json['status_message']) : '',
  };
}

const MOST = 20_000;

function flatten(value: Json | undefined, at: string, into: Map<string, Json>, depth: number): void {
  if (value === undefined || value === null || into.size >= MOST || depth > 20) return;
  if (isList(value)) {
    const pairs = objectsIn(value);
    if (at === '' && pairs.length > 0 && pairs.every((one) => 'key' in one && 'value' in one)) {
      for (const pair of pairs) into.set(textOf(pair['key']), valueOf(pair['value'] ?? null));
      return;
    }
    // A list of plain values is one value; of objects, each has its number in the name.
    if (pairs.length === 0) into.set(at, value);
    else for (const [index, one] of value.entries()) flatten(one, `${at}.${index}`, into, depth + 1);
    return;
  }
  if (!isObject(value)) {
    into.set(at, value);
    return;
  }
  if (at !== '') into.set(at, value);
  for (const [key, one] of Object.entries(value)) flatten(one, at === '' ? key : `${at}.${key}`, into, depth + 1);
}

/** OTLP says of each value what it is. */
function valueOf(value: Json): Json {
  if (!isObject(value)) return value;
  for (const key of ['stringValue', 'intValue', 'doubleValue', 'boolValue'])
    if (key in value) return value[key] ?? null;
  const list = objectAt(value, 'arrayValue')['values'];
  if (isList(list)) return list.map(valueOf);
  const pairs = objectAt(value, 'kvlistValue')['values'];
  if (isList(pairs))
    return Object.fromEntries(objectsIn(pairs).map((pair) => [textOf(pair['key']), valueOf(pair['value'] ?? null)]));
  return value;
}
