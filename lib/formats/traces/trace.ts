/**
 * A trace as conversations: calls of models continue each other as requests of a log do, and what an app's tools did is put where it happened,
 * unless the conversation tells it already.
 */
import type { Json } from '@/lib/trajectory';
import type { MessagePart } from '../message';
import { chat } from '../protocols/chat';
import { NO_BODY, type Body, type Protocol } from '../protocols/contract';
import { conversationsOf, exchangesOf, keyOfCall, type Conversation, type Exchange } from '../protocols/conversation';
import type { CallItem, Item } from '../protocols/item';
import { partsOfValue, unpacked } from '../protocols/values';
import { looseItems, toolCall } from './loose';

export interface Span {
  readonly trace: string;
  readonly id: string;
  readonly name: string;
  /** Sorts by time within its trace. */
  readonly start: string;
  /** `whole`: it holds the conversation once more, or what the app was asked. */
  readonly kind: 'model' | 'tool' | 'whole';
  readonly input: Json;
  readonly output: Json;
  readonly model: string;
  readonly callId: string;
  readonly error: string;
  /** Where its reader knows better than the bodies: what went in, and what came out. */
  readonly items?: { readonly input: readonly Item[]; readonly output: readonly Item[] };
}

export interface Trace {
  readonly id: string;
  readonly conversations: readonly Conversation[];
}

export function tracesOf(spans: readonly Span[]): readonly Trace[] {
  const traces = new Map<string, Span[]>();
  for (const span of spans) traces.set(span.trace, [...(traces.get(span.trace) ?? []), span]);
  return [...traces].map(([id, own]) => ({ id, conversations: conversationsIn(own.toSorted(byStart)) }));
}

const byStart = (a: Span, b: Span): number => (a.start === b.start ? 0 : a.start < b.start ? -1 : 1);

function conversationsIn(spans: readonly Span[]): readonly Conversation[] {
  const told = new Map(spans.flatMap((span) => (span.kind === 'tool' ? [] : [[span, exchangeOf(span)] as const])));
  const calls = callsIn(
    [...told.values()].flatMap((exchange) => [...(exchange.request?.items ?? []), ...(exchange.reply?.items ?? [])]),
  );
  const exchanges: Exchange[] = [];
  /** What tools did since a model was last asked, and nobody else tells of. */
  let loose: Item[] = [];
  let previous = '';
  const answers: { readonly span: Span; readonly call: CallItem }[] = [];
  for (const span of spans) {
    const exchange = told.get(span);
    if (!exchange) {
      const call = toolCall(span.callId || span.id, span.name, span.input);
      if (calls.ids.has(span.callId) || calls.keys.has(keyOfCall(call.call))) answers.push({ span, call });
      else loose.push({ ...call, aside: true }, resultOf(span, call.call.id, true));
      continue;
    }
    const continued = continuing(exchange, loose, previous);
    const { request } = continued;
    exchanges.push({
      ...continued,
      request:
        loose.length > 0 || request ? { ...(request ?? NO_BODY), items: [...(request?.items ?? []), ...loose] } : null,
    });
    loose = [];
    previous = exchange.reply?.id ?? previous;
  }
  if (loose.length > 0)
    exchanges.push({ protocol: chat, request: { ...NO_BODY, items: loose, after: previous }, reply: null });
  const conversations = conversationsOf(exchanges, true);
  for (const { span, call } of answers) answer(conversations, span, call);
  // What spans around a model's calls say once more in other words is no conversation of its own.
  const models = new Set(spans.flatMap(({ kind, id }) => (kind === 'model' ? [`span ${id}`] : [])));
  const asked = conversations.filter(({ ends }) => [...ends.keys()].some((id) => models.has(id)));
  if (asked.length > 0) return asked;
  const spoken = conversations.filter(({ items }) =>
    items.some(({ kind }) => kind !== 'user' && kind !== 'system' && kind !== 'used'),
  );
  return spoken.length > 0 ? spoken : conversations;
}

function resultOf({ output, error }: Span, callId: string, aside: boolean): Item {
  const parts = partsOfValue(output);
  const failed = error !== '' && parts.length === 0;
  return { kind: 'result', callId, parts: failed ? [{ kind: 'text', text: error }] : parts, failed, aside };
}

/** A model that is shown nothing but what a tool has just made goes on where it was. */
function continuing(exchange: Exchange, loose: readonly Item[], previous: string): Exchange {
  const { request } = exchange;
  const asked = request?.items.filter(({ kind }) => kind !== 'system') ?? [];
  const made = new Set(loose.flatMap((item) => (item.kind === 'result' ? item.parts.flatMap(keyOfPicture) : [])));
  const onlyMade =
    asked.length > 0 &&
    asked.every(
      (item) => item.kind === 'user' && item.parts.every((part) => keyOfPicture(part).some((key) => made.has(key))),
    );
  return request && onlyMade && previous !== ''
    ? { ...exchange, request: { ...request, items: [], after: previous } }
    : exchange;
}

const keyOfPicture = (part: MessagePart): readonly string[] =>
  part.kind === 'picture' ? [part.hash ?? (part.bytes || part.name)] : [];

function callsIn(items: readonly Item[]) {
  const calls = items.flatMap((item) => (item.kind === 'call' ? [item.call] : []));
  return { ids: new Set(calls.map(({ id }) => id).filter((id) => id !== '')), keys: new Set(calls.map(keyOfCall)) };
}

/** A call that its conversation ends on has its result from the tool's own span. */
function answer(conversations: readonly Conversation[], span: Span, { call }: CallItem): void {
  for (const conversation of conversations) {
    const at = conversation.items.findIndex(
      (item) => item.kind === 'call' && (item.call.id === span.callId || keyOfCall(item.call) === keyOfCall(call)),
    );
    const own = conversation.items[at];
    if (own?.kind !== 'call') continue;
    const has = conversation.items.some((item) => item.kind === 'result' && item.callId === own.call.id);
    if (!has && own.call.id !== '') conversation.items.splice(at + 1, 0, resultOf(span, own.call.id, false));
    return;
  }
}

/** What a span of a model's call tells: by the wire it spoke, else as far as it can be read. */
function exchangeOf(span: Span): Exchange {
  const { input, output, model, id, kind, error } = span;
  const bodies = kind === 'model' ? exchangesOf([{ request: unpacked(input), response: unpacked(output) }]) : [];
  const [body] = bodies;
  const request = body?.request?.items.length ? body.request : { ...NO_BODY, items: looseItems(input, 'user') };
  const reply = body?.reply?.items.length ? body.reply : { ...NO_BODY, items: looseItems(output, 'assistant') };
  const protocol: Protocol = body?.protocol ?? chat;
  const known = (own: Body, items: readonly Item[] | undefined, value: Json): Body =>
    items && items.length > 0 ? { ...own, items: typeof value === 'string' ? items : better(own.items, items) } : own;
  return {
    protocol,
    request: known(request, span.items?.input, input),
    reply: {
      ...known(reply, span.items?.output, output),
      id: `span ${id}`,
      model: reply.model || model,
      error: reply.error || error,
    },
  };
}

/** The body first, unless it is no more than words; where it has nothing, or left pictures out that stand elsewhere, what else there is. */
function better(body: readonly Item[], flat: readonly Item[]): readonly Item[] {
  if (body.length === 0) return flat;
  const left = picturesIn(body);
  const there = picturesIn(flat);
  if (!left.some(isLeftOut) || left.length !== there.length) return body;
  let at = 0;
  const fill = (part: MessagePart): MessagePart => {
    if (part.kind !== 'picture') return part;
    const other = there[at];
    at += 1;
    return isLeftOut(part) && other ? other : part;
  };
  return body.map((item) => ('parts' in item ? { ...item, parts: item.parts.map(fill) } : item));
}

const isLeftOut = (part: MessagePart): boolean => part.kind === 'picture' && part.redacted === true;

const picturesIn = (items: readonly Item[]): readonly MessagePart[] =>
  items.flatMap((item) => ('parts' in item ? item.parts.filter(({ kind }) => kind === 'picture') : []));
