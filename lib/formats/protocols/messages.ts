/** Anthropic's Messages: blocks of words, thoughts, calls and results; what its own servers run stands in the answer itself. */
import type { Json } from '@/lib/trajectory';
import { messagesEvent } from '@/lib/wire';
import { isList, isObject, textOf, type JsonObject } from '../json-shape';
import { objectIn } from '../lenient-json';
import type { MessagePart } from '../message';
import { contentOf, errorIn, objectAt, objectsAt, objectsIn, usedItems } from './body';
import { NO_BODY, type Protocol } from './contract';
import { callItem, otherItem, textItems, textPart, textsOf, type Item, type ResultItem } from './item';

import { partsOfText } from './values';

const BLOCK =
  /^(?:tool_use|tool_result|thinking|redacted_thinking|server_tool_use|container_upload|mcp_tool_(?:use|result)|[a-z_]+_tool_result)$/;

const isOwnBlock = (block: JsonObject): boolean =>
  BLOCK.test(textOf(block['type'])) || (block['type'] === 'image' && isObject(block['source'] ?? null));

/** No other wire has such blocks, or nothing speaks against it. */
function isOwnRequest(json: JsonObject): boolean {
  const messages = objectsAt(json, 'messages');
  if (messages.length === 0) return false;
  if (
    messages.some((message) => 'tool_calls' in message || !/^(?:user|assistant|system)$/.test(textOf(message['role'])))
  )
    return false;
  if (messages.some((message) => objectsIn(message['content']).some(isOwnBlock))) return true;
  const system = json['system'];
  const hasSystem = typeof system === 'string' || objectsIn(system).some(({ type }) => type === 'text');
  return hasSystem || 'anthropic_version' in json || /^(?:[\w.:/-]*[./])?claude/i.test(textOf(json['model']));
}

export const messages: Protocol = {
  id: 'anthropic',
  isRequest: isOwnRequest,
  isReply: (json) =>
    json['role'] === 'assistant' && isList(json['content']) && (json['type'] === 'message' || 'stop_reason' in json),
  isEvent: (json) =>
    /^(?:message_(?:start|delta|stop)|content_block_(?:start|delta|stop)|ping)$/.test(textOf(json['type'])),
  request: (json) => ({
    ...NO_BODY,
    items: [...systemItems(json['system']), ...objectsAt(json, 'messages').flatMap(itemsOfMessage)],
    model: textOf(json['model']),
    tools: json['tools'] ?? null,
  }),
  reply: (json) => {
    const usage = objectAt(json, 'usage');
    const fallback = objectAt(json, 'usage_metadata');
    const input = usage['input_tokens'] ?? fallback['input_tokens'];
    return {
      ...NO_BODY,
      items: [
        ...itemsOfMessage({ ...json, role: 'assistant' }),
        ...usedItems(input, usage['output_tokens'] ?? fallback['output_tokens'], usage['cache_read_input_tokens']),
      ],
      model: textOf(json['model']),
      id: textOf(json['id']),
      error: errorIn(json),
    };
  },
  fold(events) {
    const replies: JsonObject[] = [];
    let current: JsonObject[] = [];
    for (const event of events) {
      if (event['type'] === 'message_start' && current.length > 0) {
        replies.push(foldOne(current));
        current = [];
      }
      current.push(event);
    }
    return current.length > 0 ? [...replies, foldOne(current)] : replies;
  },
};

function foldOne(events: readonly JsonObject[]): JsonObject {
  const blocks = new Map<number, Record<string, Json>>();
  let reply: JsonObject = { type: 'message', role: 'assistant' };
  let usage: JsonObject = {};
  for (const event of events) {
    const read = messagesEvent.safeParse(event);
    if (!read.success) continue;
    const { type, index = 0 } = read.data;
    if (type === 'message_start') reply = { ...reply, ...objectAt(event, 'message') };
    if (type === 'message_start') usage = { ...usage, ...objectAt(objectAt(event, 'message'), 'usage') };
    if (type === 'message_delta') usage = { ...usage, ...objectAt(event, 'usage') };
    if (type === 'error') reply = { ...reply, error: event['error'] ?? null };
    if (type === 'content_block_start') blocks.set(index, { ...objectAt(event, 'content_block') });
    const block = blocks.get(index);
    if (type !== 'content_block_delta' || !block) continue;
    const { text, thinking, partial_json: json } = read.data.delta ?? {};
    if (text !== undefined) block['text'] = textOf(block['text']) + text;
    if (thinking !== undefined) block['thinking'] = textOf(block['thinking']) + thinking;
    if (json !== undefined) block['written'] = textOf(block['written']) + json;
  }
  const content = [...blocks]
    .toSorted(([a], [b]) => a - b)
    .map(([, { written, ...block }]) => {
      const input = typeof written === 'string' && written !== '' ? (objectIn(written) ?? written) : null;
      return input === null ? block : { ...block, input };
    });
  return { ...reply, content, usage };
}

function systemItems(system: Json | undefined): readonly Item[] {
  const text = contentOf(system)
    .parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []))
    .join('\n\n');
  return text.trim() === '' ? [] : [{ kind: 'system', text }];
}

function itemsOfMessage(message: JsonObject): readonly Item[] {
  const role = textOf(message['role']);
  const content = message['content'];
  if (role === 'system') return systemItems(content);
  if (!isList(content)) {
    const text = textOf(content);
    return role === 'assistant'
      ? textItems('text', text)
      : text.trim() === ''
        ? []
        : [{ kind: 'user', parts: textPart(text) }];
  }
  return role === 'assistant' ? itemsOfAnswer(objectsIn(content)) : itemsOfUser(content);
}

/** Results come first in a person's message, and what that person says after them. */
function itemsOfUser(content: readonly Json[]): readonly Item[] {
  const results = objectsIn(content).filter((block) => /_?tool_result$/.test(textOf(block['type'])));
  const { parts, others } = contentOf(content.filter((block) => !isObject(block) || !results.includes(block)));
  return [
    ...results.map((block) => resultItem(block, false)),
    ...(parts.length > 0 ? [{ kind: 'user', parts } as const] : []),
    ...others,
  ];
}

function itemsOfAnswer(blocks: readonly JsonObject[]): readonly Item[] {
  const items: Item[] = [];
  for (const block of blocks) {
    const type = textOf(block['type']);
    if (type === 'text') {
      const text = textOf(block['text']);
      const last = items.at(-1);
      // An answer with citations comes in pieces that belong together to the letter.
      if (last?.kind === 'text')
        items.splice(-1, 1, { kind: 'text', text: last.text + (isList(block['citations']) ? '' : '\n\n') + text });
      else items.push(...textItems('text', text));
    } else if (type === 'thinking') {
      const text = textOf(block['thinking']);
      items.push(...(text.trim() === '' ? [{ kind: 'hidden' } as const] : textItems('think', text)));
    } else if (type === 'redacted_thinking') items.push({ kind: 'hidden' }, otherItem(block));
    else if (/tool_use$/.test(type)) items.push(callItem(textOf(block['id']), textOf(block['name']), block['input']));
    else if (/tool_result$/.test(type)) items.push(resultItem(block, true));
    else {
      const { parts, others } = contentOf([block]);
      for (const part of parts)
        items.push(part.kind === 'text' ? { kind: 'text', text: part.text } : { kind: 'shown', picture: part });
      items.push(...others);
    }
  }
  return items;
}

function resultItem(block: JsonObject, aside: boolean): ResultItem {
  const content = block['content'];
  const callId = textOf(block['tool_use_id']);
  if (isObject(content))
    return {
      kind: 'result',
      callId,
      parts: partsOfServerResult(content),
      failed: /_error$/.test(textOf(content['type'])),
      aside,
    };
  const blocks = objectsIn(content);
  const failed = block['is_error'] === true;
  const known = blocks.some(({ type }) => type === 'text' || type === 'image');
  const parts = known
    ? contentOf(content).parts
    : typeof content === 'string'
      ? partsOfText(content)
      : blocks.flatMap(partsOfServerResult);
  return { kind: 'result', callId, parts, failed, aside };
}

/** What ran on the servers gives back words and files; files have an id and nothing else. */
function partsOfServerResult(result: JsonObject): readonly MessagePart[] {
  const said = ['stdout', 'stderr', 'error_code'].flatMap((key) => textPart(textOf(result[key])));
  const files = objectsAt(result, 'content').flatMap((file): readonly MessagePart[] => {
    const name = textOf(file['file_id']);
    return name === '' ? [] : [{ kind: 'picture', bytes: null, name }];
  });
  if (said.length + files.length > 0) return [...said, ...files];
  if ('stdout' in result) return [];
  const { type: _, encrypted_content: __, ...rest } = result;
  return textsOf(rest);
}
