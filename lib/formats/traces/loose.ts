/**
 * What a trace kept of a call, where it is no body of a wire: a list of messages, one message, a text, LangChain's objects. Whatever has words or
 * pictures in it is read; the rest is shown as it stands.
 */
import type { Json } from '@/lib/trajectory';
import { isList, isObject } from '../json-shape';
import { objectIn } from '../lenient-json';
import { isMessage, langChainMessage, type MessagePart } from '../message';
import { contentOf } from '../protocols/body';
import { itemsOfMessage, reattached } from '../protocols/chat';
import { callItem, textItems, type CallItem, type Item } from '../protocols/item';
import { messages } from '../protocols/messages';
import { isResponsesItem, itemsOfResponses } from '../protocols/responses';
import { converse } from '../protocols/converse';
import { gemini } from '../protocols/gemini';
import { itemsOfOtel, isOtelMessage } from './otel-messages';
import { partsOfValue, unpacked } from '../protocols/values';

const DEEPEST = 6;

/** Under which names an app keeps what was asked, and what came back. */
const HOLDERS = [
  'messages',
  'input',
  'inputs',
  'output',
  'outputs',
  'generations',
  'generation',
  'message',
  'question',
  'query',
  'prompt',
  'text',
  'answer',
  'result',
  'response',
  'completion',
  'content',
] as const;

export function looseItems(value: Json | undefined, by: 'user' | 'assistant', depth = 0): readonly Item[] {
  const read = unpacked(value);
  if (depth > DEEPEST || read === null) return [];
  if (typeof read === 'string') return said(partsOfValue(read), by);
  if (isList(read)) return listItems(read, by, depth);
  if (!isObject(read)) return [];
  const converted = langChainMessage(read);
  if (converted) return itemsOfMessage(converted);
  if (isMessage(read) || isOtelMessage(read) || isResponsesItem(read)) return listItems([read], by, depth);
  for (const key of HOLDERS) {
    const items = looseItems(read[key], by, depth + 1);
    if (items.length > 0) return items;
  }
  return [];
}

function listItems(list: readonly Json[], by: 'user' | 'assistant', depth: number): readonly Item[] {
  const objects = list.filter(isObject);
  if (objects.some(isOtelMessage)) return itemsOfOtel(objects);
  if (objects.some((one) => isResponsesItem(one) && one['type'] !== 'message')) return itemsOfResponses(list);
  const body = { messages: list };
  if (messages.isRequest(body)) return messages.request(body).items;
  if (converse.isRequest(body)) return converse.request(body).items;
  if (objects.some((one) => isList(one['parts'] ?? null))) return gemini.request({ contents: list }).items;
  const told = objects
    .map((one) => langChainMessage(one) ?? (isMessage(one) ? one : null))
    .filter((one) => one !== null);
  if (told.length > 0) return reattached(told.flatMap(itemsOfMessage));
  const { parts, others } = contentOf(list.filter((one) => !isList(one)));
  if (parts.length > 0) return [...said(parts, by), ...others];
  return list.slice(0, 1000).flatMap((one) => (isList(one) || isObject(one) ? looseItems(one, by, depth + 1) : []));
}

function said(parts: readonly MessagePart[], by: 'user' | 'assistant'): readonly Item[] {
  if (parts.length === 0) return [];
  if (by === 'user') return [{ kind: 'user', parts }];
  return parts.flatMap((part): readonly Item[] =>
    part.kind === 'text' ? textItems('text', part.text) : [{ kind: 'shown', picture: part }],
  );
}

/** Under which names an app's own tools get what they were called with. */
const WRAPPED = ['input', 'args', 'kwargs', 'arguments', 'tool_input'] as const;

/** A tool's call as a trace has it: what it was given may be wrapped once more, or be Python in a text. */
export function toolCall(id: string, name: string, input: Json | undefined): CallItem {
  const read = unpacked(input);
  if (typeof read === 'string') return callItem(id, name, objectIn(read) ?? read);
  if (!isObject(read) || Object.keys(read).length > 2) return callItem(id, name, read);
  for (const key of WRAPPED) {
    const inner = unpacked(read[key]);
    const object = typeof inner === 'string' ? objectIn(inner) : inner;
    if (isObject(object ?? null)) return callItem(id, name, object);
  }
  return callItem(id, name, read);
}
