/**
 * Conversations out of a log of exchanges: each request repeats what came before it, so that one continues another where it begins with all of
 * it, and nothing is told twice. A request that names the reply it goes on from continues that.
 */
import type { Json } from '@/lib/trajectory';
import type { JsonObject } from '../json-shape';
import type { MessageCall, MessagePart } from '../message';
import { NO_BODY, type Body, type Protocol } from './contract';
import { textPart, type Item } from './item';
import { piecesOfLog, type LogPiece } from './pieces-of-log';
import { itemsOfResponses, responses } from './responses';

export interface Exchange {
  readonly protocol: Protocol;
  readonly request: Body | null;
  readonly reply: Body | null;
}

export interface Conversation {
  readonly protocol: Protocol;
  items: Item[];
  model: string;
  tools: Json;
  createdAt: string;
  error: string;
  /** Of each of its replies, by its id: how many items there were when it had come. */
  ends: ReadonlyMap<string, number>;
  /** It goes on from a reply that is not here. */
  readonly after: string;
  /** Another one that it was the same as until here: a further answer to the same, or what was asked instead. */
  readonly branchOf?: Conversation;
}

/** The exchanges that records tell of, in their order. */
export function exchangesOf(records: Iterable<Json>): readonly Exchange[] {
  const reader = createExchangeReader();
  return [...[...records].flatMap((record) => reader.read(record)), ...reader.end()];
}

interface ExchangeReader {
  /** The exchanges that are complete with this record. */
  read(record: Json): readonly Exchange[];
  end(): readonly Exchange[];
}

/** Records one after the other, so that of a log of any size no more is held than the exchange that goes on. */
export function createExchangeReader(): ExchangeReader {
  let exchanges: Exchange[] = [];
  let request: { readonly json: JsonObject; readonly protocol: Protocol | null } | null = null;
  let events: JsonObject[] = [];
  let speaking: Protocol | null = null;
  const items: JsonObject[] = [];
  const close = (reply: JsonObject | null, protocol: Protocol | null) => {
    const spoken = protocol ?? request?.protocol ?? null;
    if (spoken && (request || reply))
      exchanges.push({
        protocol: spoken,
        request: request && bodyOf(request, spoken),
        reply: reply && spoken.reply(reply),
      });
    request = null;
  };
  const flush = () => {
    for (const reply of speaking && events.length > 0 ? speaking.fold(events) : []) close(reply, speaking);
    [events, speaking] = [[], null];
    if (request) close(null, null);
  };
  const take = (piece: LogPiece) => {
    switch (piece.kind) {
      case 'item':
        items.push(piece.json);
        break;
      case 'request':
        flush();
        request = piece;
        break;
      case 'reply':
        if (events.length > 0) flush();
        close(piece.json, piece.protocol);
        break;
      case 'event':
        if (speaking && speaking !== piece.protocol) flush();
        speaking = piece.protocol;
        events.push(piece.json);
        break;
      default:
        piece satisfies never;
    }
  };
  const made = (): readonly Exchange[] => {
    const own = exchanges;
    exchanges = [];
    return own;
  };
  return {
    read(record) {
      for (const piece of piecesOfLog(record)) take(piece);
      return made();
    },
    end() {
      flush();
      if (items.length > 0)
        exchanges.push({ protocol: responses, request: { ...NO_BODY, items: itemsOfResponses(items) }, reply: null });
      return made();
    },
  };
}

/** A reply says whose wire it is; where its reader finds nothing in the request, the one that knew the request does, or what was asked is a text. */
function bodyOf(request: { readonly json: JsonObject; readonly protocol: Protocol | null }, spoken: Protocol): Body {
  const read = spoken.request(request.json);
  if (read.items.length > 0) return read;
  const asked = request.json['input'] ?? request.json['prompt'];
  if (!request.protocol && typeof asked === 'string')
    return { ...read, items: [{ kind: 'user', parts: textPart(asked) }] };
  return request.protocol ? request.protocol.request(request.json) : read;
}

/**
 * @param traced the exchanges are of one trace, which tells the same more than once: an exchange that is in a conversation already is none
 */
export function conversationsOf(exchanges: readonly Exchange[], traced = false): Conversation[] {
  const joiner = createConversations(traced);
  for (const exchange of exchanges) joiner.add(exchange);
  return joiner.all();
}

/** Exchanges one after the other; of each no more is kept than what is new in it. */
export function createConversations(traced = false) {
  const conversations: Conversation[] = [];
  const byStart = new Map<string, Conversation[]>();
  const remember = (start: string, made: Conversation) => {
    conversations.push(made);
    byStart.set(start, [...(byStart.get(start) ?? []), made]);
  };
  const add = (exchange: Exchange): void => {
    const { request, reply, protocol } = exchange;
    const asked = request?.items ?? [];
    const after = request?.after || reply?.after || '';
    const before = after === '' ? null : continuedFrom(conversations, after);
    const start = keysOf(asked)[0] ?? '';
    const alike = byStart.get(start) ?? [];
    const told = [...asked, ...(reply?.items ?? [])];
    const known = before || !(reply || traced) ? undefined : alike.find((one) => isToldBy(one.items, told, traced));
    if (known) {
      known.model ||= reply?.model || request?.model || '';
      known.tools ??= request?.tools ?? null;
      if (traced && reply?.id) known.ends = new Map(known.ends).set(reply.id, known.items.length);
      return;
    }
    const shortest = alike
      .flatMap((one) => {
        const rest = restAfter(one.items, asked);
        return rest ? [{ one, rest }] : [];
      })
      .toSorted((a, b) => a.rest.length - b.rest.length)[0];
    const target = before ?? shortest?.one;
    const others = reply?.others ?? [];
    if (!target) {
      const made: Conversation = {
        protocol,
        items: told,
        model: '',
        tools: null,
        createdAt: '',
        error: '',
        ends: new Map(),
        after,
      };
      const first = start || (keysOf(told)[0] ?? '');
      remember(first, made);
      tell(made, exchange);
      for (const other of others) remember(first, { ...made, items: [...asked, ...other], branchOf: made });
      return;
    }
    if (!conversations.includes(target)) conversations.push(target);
    const rest = before ? asked.filter(({ kind }) => kind !== 'system') : (shortest?.rest ?? []);
    const until = [...target.items, ...rest];
    target.items = [...until, ...(reply?.items ?? [])];
    tell(target, exchange);
    const first = keysOf(until)[0] ?? '';
    for (const other of others) remember(first, { ...target, items: [...until, ...other], branchOf: target });
  };
  return {
    add,
    all: (): Conversation[] =>
      conversations.filter(
        ({ items, error }) => items.some(({ kind }) => kind !== 'used' && kind !== 'hidden') || error !== '',
      ),
  };
}

function tell(conversation: Conversation, { request, reply }: Exchange): void {
  conversation.model = reply?.model || conversation.model || (request?.model ?? '');
  conversation.tools ??= request?.tools ?? null;
  conversation.createdAt ||= reply?.createdAt ?? '';
  conversation.error = reply?.error ?? '';
  if (reply?.id) conversation.ends = new Map(conversation.ends).set(reply.id, conversation.items.length);
}

/** The conversation that has a reply; where it went on otherwise after it, a branch of it. */
function continuedFrom(conversations: readonly Conversation[], id: string): Conversation | null {
  const found = conversations.find(({ ends }) => ends.has(id));
  const end = found?.ends.get(id) ?? 0;
  if (!found || end === found.items.length) return found ?? null;
  return { ...found, items: found.items.slice(0, end), ends: new Map([[id, end]]), branchOf: found };
}

/** What a request repeats of the history, to the word: thoughts and what a service itself made may be left out. */
const keys = new WeakMap<Item, string | null>();

function keyOf(item: Item): string | null {
  const known = keys.get(item);
  if (known !== undefined) return known;
  const key = keyAnew(item);
  keys.set(item, key);
  return key;
}

function keyAnew(item: Item): string | null {
  switch (item.kind) {
    case 'user':
      return `user ${keyOfParts(item.parts)}`;
    case 'text':
      return `text ${squeezed(item.text)}`;
    case 'call':
      return item.aside ? null : keyOfCall(item.call);
    case 'result':
      return item.aside ? null : `result ${keyOfParts(item.parts)}`;
    default:
      return null;
  }
}

export const keyOfCall = ({ name, input }: MessageCall): string => `call ${name} ${JSON.stringify(input)}`;

export function keysOf(items: readonly Item[]): readonly string[] {
  return items.flatMap((item) => keyOf(item) ?? []);
}

const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

function keyOfParts(parts: readonly MessagePart[]): string {
  const words = parts.flatMap((part) => (part.kind === 'text' ? [squeezed(part.text)] : []));
  return `${words.join(' ')} ${parts.length - words.length}`;
}

/** What is new in `asked`, where it repeats all of `told`; null where it does not. */
function restAfter(told: readonly Item[], asked: readonly Item[]): readonly Item[] | null {
  const had = told.filter((item) => keyOf(item) !== null);
  /** A reply may have left its calls without ids: the request that repeats it gives them some. */
  const names = new Map<string, string>();
  let at = 0;
  for (const item of had) {
    while (at < asked.length && keyOf(asked[at] as Item) === null) at += 1;
    const own = asked[at];
    if (!own || keyOf(own) !== keyOf(item)) return null;
    if (own.kind === 'call' && item.kind === 'call') names.set(own.call.id, item.call.id);
    at += 1;
  }
  if (had.length === 0) return null;
  // What a service made of the last call belongs to what was told.
  while (asked[at]?.kind === 'result' && keyOf(asked[at] as Item) === null) at += 1;
  return asked
    .slice(at)
    .map((item) => (item.kind === 'result' ? { ...item, callId: names.get(item.callId) ?? item.callId } : item));
}

/** Whether an exchange is told already, and goes on there; of a trace, whether it is told at all. */
function isToldBy(told: readonly Item[], items: readonly Item[], traced: boolean): boolean {
  const [had, own] = [keysOf(told), keysOf(items)];
  return (
    own.length > 0 &&
    (traced ? own.length <= had.length : own.length < had.length) &&
    own.every((key, at) => key === had[at])
  );
}
