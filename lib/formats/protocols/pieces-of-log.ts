/**
 * What of a record is a request, a reply, a piece of a streamed one, or an item on its own: bodies stand bare, in pairs under the names that
 * people give them, in lists, as text within JSON, or as the text of an event stream.
 */
import type { Json } from '@/lib/trajectory';
import { isEventStream } from '../containers/event-stream';
import { parseRecord } from '../containers/records';
import { isList, isObject, textOf, type JsonObject } from '../json-shape';
import { isMessage } from '../message';
import { isBareRequest, protocolOfEvent, protocolOfReply, protocolOfRequest } from './all';
import { chat } from './chat';
import type { Protocol } from './contract';
import { isResponsesItem } from './responses';

export type LogPiece =
  | { readonly kind: 'request' | 'reply' | 'event'; readonly json: JsonObject; readonly protocol: Protocol | null }
  | { readonly kind: 'item'; readonly json: JsonObject };

const REQUEST = [
  'request',
  'req',
  'request_body',
  'requestBody',
  'request_json',
  'full_request',
  'body',
  'input',
  'inputs',
  'kwargs',
  'params',
  'prompt',
  'payload',
] as const;
const REPLY = [
  'response',
  'res',
  'reply',
  'response_body',
  'responseBody',
  'response_json',
  'full_response',
  'output',
  'outputs',
  'result',
  'completion',
] as const;

/** Where what was sent keeps its body. */
const WITHIN = [
  'body',
  'json',
  'data',
  'content',
  'text',
  'postData',
  'parsed',
  'message',
  'inputBodyJson',
  'outputBodyJson',
] as const;

/** Lists of exchanges under a name. */
const LISTS = [
  'exchanges',
  'entries',
  'calls',
  'requests',
  'records',
  'history',
  'log',
  'logs',
  'items',
  'chunks',
  'events',
  'data',
] as const;

const DEEPEST = 4;
/** So much text of JSON within JSON is looked into. */
const LONGEST = 64 * 1024 * 1024;

export function* piecesOfLog(json: Json | undefined, depth = 0): Generator<LogPiece, void> {
  if (json === undefined || json === null || depth > DEEPEST) return;
  if (typeof json === 'string') {
    for (const within of valuesInText(json)) yield* piecesOfLog(within, depth + 1);
    return;
  }
  if (isList(json)) {
    for (const one of json) if (isObject(one) || typeof one === 'string') yield* piecesOfLog(one, depth + 1);
    return;
  }
  if (!isObject(json)) return;
  const own = [...ownPieces(json, depth)];
  if (own.length > 0) {
    yield* own;
    return;
  }
  const pair = [...pairIn(json, depth)];
  if (pair.length > 0) {
    yield* pair;
    return;
  }
  for (const key of LISTS) {
    const list = json[key];
    if (isList(list) || (isObject(list) && key === 'log')) yield* piecesOfLog(list, depth + 1);
  }
}

function* ownPieces(json: JsonObject, depth: number): Generator<LogPiece, void> {
  const event = protocolOfEvent(json);
  if (event) {
    yield { kind: 'event', json, protocol: event };
    return;
  }
  const reply = protocolOfReply(json);
  const request = protocolOfRequest(json);
  // A conversation's row may hold its reply beside its messages, and nothing else of a request.
  if (request || (reply && isList(json['messages'] ?? null)))
    yield { kind: 'request', json, protocol: request ?? reply };
  // DashScope's reply looks like a record that keeps one under `output`.
  else if (reply) yield* requestsIn(json, depth);
  if (reply) yield { kind: 'reply', json, protocol: reply };
  else if (request) yield* looseReply(json);
  if (!request && !reply && isResponsesItem(json)) yield { kind: 'item', json };
}

function* pairIn(json: JsonObject, depth: number): Generator<LogPiece, void> {
  const replies = under(json, REPLY)
    .flatMap((value) => [...piecesOfLog(value, depth + 1)])
    .filter(({ kind }) => kind !== 'request');
  const requests = [...requestsIn(json, depth)];
  // What may be a request is one where something answers it.
  if (replies.length > 0) yield* [...requests, ...replies];
  else if (requests.some(({ protocol }) => protocol !== null)) yield* [...requests, ...looseReply(json)];
}

type BodyPiece = Exclude<LogPiece, { kind: 'item' }>;

function* requestsIn(json: JsonObject, depth: number): Generator<BodyPiece, void> {
  const values = under(json, REQUEST);
  const requests = values
    .flatMap((value) => [...piecesOfLog(value, depth + 1)])
    .filter((piece): piece is BodyPiece => piece.kind === 'request');
  if (requests.length > 0) {
    yield* requests;
    return;
  }
  // A row may hold its reply beside what was asked.
  const bare = values.find(isBareRequest) ?? (isBareRequest(json) ? json : undefined);
  if (bare) yield { kind: 'request', json: bare, protocol: null };
}

/** Names under which words alone are what was answered: a `result` may be anything. */
const SAID = ['response', 'reply', 'completion', 'output'] as const;

/** A reply that somebody took out of its body: its choices, its message, or no more than its words. */
function* looseReply(json: JsonObject, depth = 0): Generator<LogPiece, void> {
  for (const name of REPLY) {
    const value = json[name] ?? null;
    const text = typeof value === 'string' && SAID.some((one) => one === name) ? value.trim() : '';
    const choices = isList(value)
      ? value.filter((one) => isObject(one) && isObject(one['message'] ?? null))
      : isMessage(value) && value['role'] === 'assistant'
        ? [{ message: value }]
        : text === ''
          ? []
          : [{ message: { role: 'assistant', content: text } }];
    if (choices.length > 0) {
      yield { kind: 'reply', json: { object: 'chat.completion', choices }, protocol: chat };
      return;
    }
    if (!isObject(value) || depth > 0) continue;
    const within = [...looseReply(value, depth + 1)];
    if (within.length === 0) continue;
    yield* within;
    return;
  }
}

/** What stands under the first of the names that is there, and where that wraps a body, the body. */
function under(json: JsonObject, names: readonly string[]): readonly Json[] {
  for (const name of names) {
    const value = json[name];
    if (value === undefined || value === null) continue;
    const inner = WITHIN.flatMap((key) => (isObject(value) ? [value[key] ?? null] : [])).filter((one) => one !== null);
    const whole = typeof value === 'string' ? [...valuesInText(value)] : [value];
    const within = inner.flatMap((one) =>
      typeof one === 'string'
        ? [...valuesInText(one)]
        : isObject(one)
          ? [one, ...under(one, WITHIN)]
          : isList(one)
            ? [one]
            : [],
    );
    return [...whole, ...within]
      .filter((one) => isList(one) || (isObject(one) && isKnown(one)) || isBareRequest(one))
      .slice(0, 1);
  }
  return [];
}

const isKnown = (json: JsonObject): boolean =>
  protocolOfReply(json) !== null || protocolOfRequest(json) !== null || protocolOfEvent(json) !== null;

/** JSON as a text, or the data of an event stream. */
export function* valuesInText(text: string): Generator<Json, void> {
  if (text.length > LONGEST) return;
  const start = text.slice(0, 200).trimStart();
  if (/^[{[]/.test(start)) {
    const read = parseRecord(text);
    if ('json' in read) yield read.json;
    return;
  }
  if (!isEventStream(start)) return;
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (!line.startsWith('data:')) continue;
    const read = parseRecord(line.slice(5));
    if ('json' in read) yield read.json;
  }
}

/** Whether a piece of a record tells of a model's API: not merely a list of messages, which many keep. */
export function tellsOfApi(json: Json): boolean {
  for (const piece of piecesOfLog(json)) return piece.kind === 'item' ? textOf(piece.json['type']) !== 'message' : true;
  return false;
}
