/**
 * What happened in a conversation with a model's API, item by item, whichever wire carried it: every protocol's reader makes these, and from here
 * on nothing knows which it was.
 */
import type { Json } from '@/lib/trajectory';
import { isList, isObject, textOf, type JsonObject } from '../json-shape';
import { objectIn } from '../lenient-json';
import type { Message, MessageCall, MessagePart } from '../message';
import type { PicturePart } from '../picture-address';

export type Item =
  | { readonly kind: 'system'; readonly text: string }
  | { readonly kind: 'user'; readonly parts: readonly MessagePart[] }
  | { readonly kind: 'think'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** A picture among the model's own words. */
  | { readonly kind: 'shown'; readonly picture: PicturePart }
  | {
      readonly kind: 'call';
      readonly call: MessageCall;
      /** The app itself made it: no request repeats it. */
      readonly aside?: boolean;
    }
  | {
      readonly kind: 'result';
      readonly callId: string;
      readonly parts: readonly MessagePart[];
      readonly failed: boolean;
      /** The service itself made it: a request that repeats the history may leave it out. */
      readonly aside: boolean;
      /** It ran, and what came of it was not kept. */
      readonly unrecorded?: boolean;
    }
  | { readonly kind: 'used'; readonly used: NonNullable<Message['used']> }
  /** A thought that only its service can read. */
  | { readonly kind: 'hidden' }
  | { readonly kind: 'other'; readonly type: string; readonly json: Json };

export type CallItem = Extract<Item, { kind: 'call' }>;
export type ResultItem = Extract<Item, { kind: 'result' }>;

/** @param written as it stands in the log: a text of JSON, or the value itself */
export function callItem(id: string, name: string, written: Json | undefined): CallItem {
  const text = typeof written === 'string' ? written : JSON.stringify(written ?? {});
  const input = typeof written === 'string' ? (objectIn(written) ?? written) : (written ?? {});
  return { kind: 'call', call: { id, name, written: text, input } };
}

/** Code that a service's own tool ran. */
export function codeItem(id: string, name: string, code: string): CallItem {
  const tidy = code.replaceAll('\r\n', '\n');
  return { kind: 'call', call: { id, name, written: tidy, input: { code: tidy } } };
}

export function textItems(kind: 'think' | 'text', text: string): readonly Item[] {
  return text.trim() === '' ? [] : [{ kind, text }];
}

export const textPart = (text: string): readonly MessagePart[] => (text.trim() === '' ? [] : [{ kind: 'text', text }]);

/** A value that a tool gave back, as texts: a list gives one each. */
export function textsOf(value: Json | undefined): readonly MessagePart[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return textPart(value);
  if (isList(value)) return value.slice(0, 200).flatMap(textsOf);
  if (isObject(value) && Object.keys(value).length === 0) return [];
  return textPart(JSON.stringify(value));
}

export function otherItem(json: JsonObject, type = textOf(json['type'])): Item {
  return { kind: 'other', type, json: withoutBytes(json) };
}

const OPAQUE = 400;

/** Long strings of base64, signatures and encrypted thoughts are nothing to read: how long they are is kept. */
export function withoutBytes(value: Json, depth = 0): Json {
  if (typeof value === 'string') {
    const bytes = value.length > OPAQUE && /^(?:data:[\w/+.;=-]+,)?[A-Za-z0-9+/_=\s-]+$/.test(value.slice(0, 1000));
    return bytes ? `${value.slice(0, 24)}… [${value.length}]` : value;
  }
  if (depth > 30) return null;
  if (isList(value)) return value.map((one) => withoutBytes(one, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutBytes(one, depth + 1)]));
}

const EMPTY = { parts: [], calls: [], reasoning: '', callId: '', json: {} } as const;

/** In which order a message of the model's is told; what comes earlier again begins another message of the same turn. */
const RANK = { think: 0, text: 1, shown: 2, call: 3 } as const;

/**
 * Items as messages. A turn of the model's reaches as far as nobody else speaks: one wire sends it as one message, another in pieces.
 */
export function messagesOfItems(items: readonly Item[]): readonly Message[] {
  const messages: Message[] = [];
  /** Where the turn that goes on began; -1 where none does. */
  let turn = -1;
  let rank = 0;
  const end = () => {
    const called = turn >= 0 ? messages.findLastIndex(({ calls }) => calls.length > 0) : -1;
    for (let at = Math.max(0, turn); at < called; at += 1) {
      const message = messages[at] as Message; // at is inside
      if (message.role === 'assistant') messages[at] = { ...message, goesOn: true };
    }
    [turn, rank] = [-1, 0];
  };
  const say = (kind: keyof typeof RANK, add: (message: Message) => Message) => {
    const last = messages.at(-1);
    if (turn < 0 || RANK[kind] < rank || last?.role !== 'assistant' || last.other !== undefined) {
      messages.push({ ...EMPTY, role: 'assistant', ...(turn >= 0 && { continues: true }) });
      if (turn < 0) turn = messages.length - 1;
    }
    rank = RANK[kind];
    messages.push(add(messages.pop() as Message)); // one was pushed
  };
  for (const item of items) {
    switch (item.kind) {
      case 'system':
        end();
        messages.push({ ...EMPTY, role: 'system', parts: textPart(item.text) });
        break;
      case 'user':
        end();
        messages.push({ ...EMPTY, role: 'user', parts: item.parts });
        break;
      case 'think':
        say('think', (message) => ({ ...message, reasoning: joined(message.reasoning, item.text) }));
        break;
      case 'text':
        say('text', (message) => ({ ...message, parts: [...message.parts, { kind: 'text', text: item.text }] }));
        break;
      case 'shown':
        say('shown', (message) => ({ ...message, parts: [...message.parts, item.picture] }));
        break;
      case 'call':
        say('call', (message) => ({ ...message, calls: [...message.calls, item.call] }));
        break;
      case 'result':
        end();
        messages.push({
          ...EMPTY,
          role: 'tool',
          parts: item.parts,
          callId: item.callId,
          ...(item.failed && { failed: true }),
        });
        break;
      case 'used': {
        const at = messages.findLastIndex(({ role, other }) => role === 'assistant' && other === undefined);
        const spoke = messages[at];
        if (spoke) messages[at] = { ...spoke, used: item.used };
        break;
      }
      case 'hidden':
        break;
      case 'other':
        messages.push({ ...EMPTY, role: 'assistant', other: { kind: item.type, json: item.json } });
        break;
      default:
        item satisfies never;
    }
  }
  end();
  return messages;
}

const joined = (before: string, text: string): string => (before === '' ? text : `${before}\n\n${text}`);
