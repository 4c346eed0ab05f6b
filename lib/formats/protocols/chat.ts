/**
 * Chat Completions, and all who call themselves compatible: reasoning under three names, arguments as text or as an object, pictures as an
 * address or an object of one; Ollama's own chat and DashScope's besides, which differ in their wrapping alone.
 */
import type { Json } from '@/lib/trajectory';
import { chatChunk, type ChatChunk } from '@/lib/wire';
import { isList, isObject, textOf, type JsonObject } from '../json-shape';
import { isMessage, type MessagePart } from '../message';
import { pictureAt, pictureOfBase64 } from '../picture-address';
import { contentOf, errorIn, objectAt, objectsAt, objectsIn, timeOf, usedItems } from './body';
import { NO_BODY, type Protocol } from './contract';
import { callItem, textItems, textPart, type Item } from './item';
import { spoken } from './responses';
import { partsOfText } from './values';

/** What a request has beside its messages; a row of a data set has none of it. */
const ASKED = [
  'temperature',
  'max_tokens',
  'max_completion_tokens',
  'tools',
  'tool_choice',
  'stream',
  'n',
  'top_p',
  'response_format',
  'chat_template_kwargs',
  'thinking',
  'reasoning_effort',
  'options',
  'modalities',
];

/** DashScope's own wire keeps them a step deeper. */
const messagesIn = (json: JsonObject): Json | undefined => json['messages'] ?? objectAt(json, 'input')['messages'];
const choicesIn = (json: JsonObject): readonly JsonObject[] => [
  ...objectsAt(json, 'choices'),
  ...objectsAt(objectAt(json, 'output'), 'choices'),
];

export const chat: Protocol = {
  id: 'openai',
  isRequest(json) {
    const messages = messagesIn(json);
    if (!isList(messages) || messages.length === 0 || !messages.some(isMessage)) return false;
    return typeof json['model'] === 'string' && ('input' in json || ASKED.some((key) => key in json));
  },
  isReply: (json) =>
    choicesIn(json).some((choice) => isObject(choice['message'] ?? null)) ||
    (typeof json['model'] === 'string' && typeof json['done'] === 'boolean' && isMessage(json['message'])),
  isEvent: (json) =>
    json['object'] === 'chat.completion.chunk' ||
    objectsAt(json, 'choices').some((choice) => isObject(choice['delta'] ?? null)),
  request: (json) => ({
    ...NO_BODY,
    items: reattached(objectsIn(messagesIn(json)).flatMap(itemsOfMessage)),
    model: textOf(json['model']),
    tools: json['tools'] ?? null,
  }),
  reply: (json) => {
    const [choice = {}, ...others] = choicesIn(json);
    const usage = objectAt(json, 'usage');
    const cached = objectAt(usage, 'prompt_tokens_details')['cached_tokens'];
    const message = isObject(choice['message'] ?? null) ? objectAt(choice, 'message') : objectAt(json, 'message');
    return {
      ...NO_BODY,
      items: [
        ...itemsOfMessage({ ...message, role: 'assistant' }),
        ...usedItems(
          usage['prompt_tokens'] ?? usage['input_tokens'],
          // Of several answers it is what all of them took.
          others.length > 0 ? undefined : (usage['completion_tokens'] ?? usage['output_tokens']),
          cached,
        ),
      ],
      others: others.map((one) => itemsOfMessage({ ...objectAt(one, 'message'), role: 'assistant' })),
      model: textOf(json['model']),
      id: textOf(json['id']),
      createdAt: timeOf(json['created'] ?? json['created_at']),
      error: errorIn(json),
    };
  },
  fold(events) {
    const replies = new Map<string, JsonObject[]>();
    for (const event of events) {
      const id = textOf(event['id']);
      replies.set(id, [...(replies.get(id) ?? []), event]);
    }
    return [...replies.values()].map(foldOne);
  },
};

type Delta = NonNullable<ChatChunk['choices'][number]['delta']>;

/** Pieces of several answers come mixed, each with the number of its own. */
function foldOne(events: readonly JsonObject[]): JsonObject {
  let usage: JsonObject = {};
  const choices = new Map<number, Delta[]>();
  for (const event of events) {
    const read = chatChunk.safeParse(event);
    if (!read.success) continue;
    if (isObject(event['usage'])) usage = event['usage'];
    for (const [at, { index, delta }] of read.data.choices.entries()) {
      const own = choices.get(index ?? at) ?? [];
      if (delta) own.push(delta);
      choices.set(index ?? at, own);
    }
  }
  const [first = {}] = events;
  const inOrder = [...choices].toSorted(([a], [b]) => a - b).map(([, deltas]) => ({ message: messageOf(deltas) }));
  return {
    ...first,
    object: 'chat.completion',
    usage,
    choices: inOrder.length > 0 ? inOrder : [{ message: messageOf([]) }],
  };
}

function messageOf(deltas: readonly Delta[]): JsonObject {
  let [content, reasoning] = ['', ''];
  const calls = new Map<number, { id: string; name: string; arguments: string }>();
  for (const delta of deltas) {
    content += delta.content ?? '';
    reasoning += delta.reasoning_content ?? delta.reasoning ?? delta.thinking ?? '';
    for (const [at, call] of (delta.tool_calls ?? []).entries()) {
      const index = call.index ?? at;
      const known = calls.get(index) ?? { id: '', name: '', arguments: '' };
      const written = call.function?.arguments ?? '';
      calls.set(index, {
        id: known.id || (call.id ?? ''),
        name: known.name || (call.function?.name ?? ''),
        arguments: known.arguments + (typeof written === 'string' ? written : JSON.stringify(written)),
      });
    }
  }
  const tool_calls = [...calls.values()].map(({ id, ...named }) => ({ id, type: 'function', function: named }));
  return { role: 'assistant', content, reasoning_content: reasoning, tool_calls };
}

export function itemsOfMessage(message: JsonObject): readonly Item[] {
  const role = textOf(message['role']);
  const { parts: said, others } = contentOf(message['content']);
  // Ollama's own chat lays pictures beside the words.
  const parts = [...said, ...(isList(message['images']) ? message['images'].flatMap(pictureBeside) : [])];
  switch (role) {
    case 'system':
    case 'developer':
      return parts.flatMap((part): readonly Item[] =>
        part.kind === 'text' ? [{ kind: 'system', text: part.text }] : [],
      );
    case 'tool':
    case 'function':
      return [
        {
          kind: 'result',
          callId: textOf(message['tool_call_id']),
          parts: parts.flatMap(opened),
          failed: false,
          aside: false,
        },
      ];
    case 'assistant': {
      const thoughts = objectsAt(message, 'content').filter(({ type }) => type === 'thinking');
      return [
        ...textItems('think', reasoningIn(message, thoughts)),
        ...parts.flatMap(spoken),
        ...textItems('text', textOf(message['refusal'])),
        ...callsIn(message),
        ...others.filter((item) => item.kind !== 'other' || item.type !== 'thinking'),
      ];
    }
    default:
      return [...(parts.length > 0 ? [{ kind: 'user', parts } as const] : []), ...others];
  }
}

/** A tool's words may be JSON that holds pictures. */
const opened = (part: MessagePart): readonly MessagePart[] => (part.kind === 'text' ? partsOfText(part.text) : [part]);

function pictureBeside(value: Json): readonly MessagePart[] {
  if (typeof value === 'string')
    return [/^[A-Za-z0-9+/_-]{40,}={0,2}$/.test(value.slice(0, 400)) ? pictureOfBase64(value) : pictureAt(value)];
  return contentOf([value]).parts;
}

/** Some give the same thought under two names. */
function reasoningIn(message: JsonObject, thoughts: readonly JsonObject[]): string {
  const beside = [message['reasoning_content'], message['reasoning'], message['thinking']]
    .map(textOf)
    .find((one) => one.trim() !== '');
  if (beside !== undefined) return beside;
  const details = objectsAt(message, 'reasoning_details').map((one) => textOf(one['text']) || textOf(one['summary']));
  const chunks = thoughts.flatMap((one) =>
    contentOf(one['thinking']).parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])),
  );
  return [...details, ...chunks].filter((one) => one !== '').join('\n');
}

function callsIn(message: JsonObject): readonly Item[] {
  const one = isObject(message['function_call']) ? [{ function: message['function_call'] }] : [];
  return [...objectsAt(message, 'tool_calls'), ...one].map((call: JsonObject) => {
    const named = isObject(call['function']) ? call['function'] : call;
    return callItem(
      textOf(call['id']),
      textOf(named['name'] ?? call['function']),
      named['arguments'] ?? named['args'] ?? named['input'],
    );
  });
}

/** Longer is a question, not a name. */
const LONGEST_NAME = 160;

/**
 * Where a wire takes no picture from a tool, frameworks send it as the person's next message, under a name that the tool's words speak of, some
 * with an "OK" between: there it belongs to the result, where it is spoken of or after it.
 */
export function reattached(items: readonly Item[]): readonly Item[] {
  const told: Item[] = [];
  for (const item of items) {
    const last = told.at(-1);
    const filler = last?.kind === 'text' && /^ok[.!]?$/i.test(last.text.trim()) && told.at(-2)?.kind === 'result';
    const at = told.length - (filler ? 2 : 1);
    if (item.kind !== 'user' || told[at]?.kind !== 'result' || !isNaming(item.parts)) {
      told.push(item);
      continue;
    }
    if (filler) told.pop();
    let name = '';
    for (const part of item.parts) {
      if (part.kind === 'text') name = part.text;
      else attach(told, part, name);
    }
  }
  return told;
}

function isNaming(parts: readonly MessagePart[]): boolean {
  if (!parts.some(({ kind }) => kind === 'picture')) return false;
  return parts.every(
    (part) => part.kind === 'picture' || (part.text.length <= LONGEST_NAME && !/[?？]/.test(part.text)),
  );
}

/** To the result of this turn that speaks of the name, in place of the words that do. */
function attach(told: Item[], picture: MessagePart, name: string): void {
  const id = /\b(?:file|image|picture)\s+[`"']?([\w.-]*[\w-])/i.exec(name)?.[1] ?? '';
  let last = -1;
  for (let at = told.length - 1; at >= 0; at -= 1) {
    const item = told[at];
    if (item?.kind !== 'result') break;
    if (last < 0) last = at;
    const parts = id === '' ? null : placedIn(item.parts, id, picture);
    if (!parts) continue;
    told[at] = { ...item, parts };
    return;
  }
  const item = told[last];
  if (item?.kind === 'result') told[last] = { ...item, parts: [...item.parts, picture] };
}

function placedIn(parts: readonly MessagePart[], id: string, picture: MessagePart): readonly MessagePart[] | null {
  for (const [at, part] of parts.entries()) {
    if (part.kind !== 'text') continue;
    const lines = part.text.split('\n');
    const line = lines.findIndex(
      (one) => one.length <= LONGEST_NAME && one.includes(id) && /^\W*(?:see|file|image|picture)\b/i.test(one),
    );
    if (line < 0) continue;
    const [before, after] = [lines.slice(0, line).join('\n'), lines.slice(line + 1).join('\n')];
    return [...parts.slice(0, at), ...textPart(before), picture, ...textPart(after), ...parts.slice(at + 1)];
  }
  return null;
}
