/**
 * OpenAI's Responses keep a conversation as items, of which a turn of the model is several: what it reasoned, said and called. They become
 * messages as its chat has them.
 */
import type { Json } from '@/lib/trajectory';
import { isList, isObject, textOf, type JsonObject } from './json-shape';

const KINDS = new Set([
  'function_call',
  'function_call_output',
  'custom_tool_call',
  'custom_tool_call_output',
  'reasoning',
]);

/** Whether it is one that chats do not have. */
export function isItem(json: Json): json is JsonObject {
  return isObject(json) && !('role' in json) && KINDS.has(textOf(json['type']));
}

/** A turn's items as one message; all else as it is. */
export function messagesOfItems(items: readonly Json[]): readonly Json[] {
  const messages: Json[] = [];
  let turn: Record<string, Json> | null = null;
  for (const item of items) {
    const own = isObject(item) ? partOfTurn(item) : null;
    if (!own) {
      messages.push(isItem(item) ? resultOf(item) : item);
      turn = null;
      continue;
    }
    if (turn) addTo(turn, own);
    else messages.push((turn = { role: 'assistant', ...own }));
  }
  return messages;
}

function partOfTurn(item: JsonObject): JsonObject | null {
  if (item['role'] === 'assistant') return { content: item['content'] ?? '' };
  switch (item['type']) {
    case 'reasoning':
      return { content: [], reasoning_content: textIn(item['summary']) || textIn(item['content']) };
    case 'function_call':
    case 'custom_tool_call': {
      const call = { name: item['name'] ?? '', arguments: item['arguments'] ?? item['input'] ?? null };
      return { content: [], tool_calls: [{ id: item['call_id'] ?? item['id'] ?? '', function: call }] };
    }
    default:
      return null;
  }
}

function addTo(turn: Record<string, Json>, more: JsonObject): void {
  const lists = (key: string) => [turn[key], more[key]].flatMap((one) => (isList(one) ? one : one ? [one] : []));
  turn['content'] = lists('content');
  const calls = lists('tool_calls');
  if (calls.length > 0) turn['tool_calls'] = calls;
  const reasoning = [textOf(turn['reasoning_content']), textOf(more['reasoning_content'])].filter((one) => one !== '');
  if (reasoning.length > 0) turn['reasoning_content'] = reasoning.join('\n');
}

const resultOf = (item: JsonObject): JsonObject => ({
  role: 'tool',
  tool_call_id: item['call_id'] ?? '',
  content: item['output'] ?? '',
});

function textIn(parts: Json | undefined): string {
  if (!isList(parts)) return textOf(parts);
  return parts.map((part) => (isObject(part) ? textOf(part['text']) : textOf(part))).join('\n');
}
