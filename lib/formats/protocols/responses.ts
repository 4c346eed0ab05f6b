/**
 * OpenAI's Responses, and what speaks it: Azure, xAI, vLLM, Volcengine Ark with its `image_process`. A conversation is what was sent and what came
 * back, both lists of items; items of a kind nobody knows are kept.
 */
import type { Json } from '@/lib/trajectory';
import { responsesEvent } from '@/lib/wire';
import { isList, isObject, numberOf, textOf, type JsonObject } from '../json-shape';
import type { MessagePart } from '../message';
import { pictureAt, pictureOfBase64 } from '../picture-address';
import { contentOf, errorIn, objectAt, objectsAt, objectsIn, timeOf, usedItems } from './body';
import { NO_BODY, type Protocol } from './contract';
import { partsOfText } from './values';
import { callItem, codeItem, otherItem, textItems, textPart, textsOf, type Item, type ResultItem } from './item';

/** Items by what they are called; whatever else ends so is one, too. */
const ITEM =
  /^(?:reasoning|function_call(?:_output)?|custom_tool_call(?:_output)?|image_process|compaction|item_reference|[a-z_]+_call(?:_output)?|input_(?:text|image|file)|mcp_[a-z_]+)$/;

export function isResponsesItem(json: Json | undefined): json is JsonObject {
  if (!isObject(json)) return false;
  const type = textOf(json['type']);
  if (type === 'message') return 'role' in json && 'content' in json;
  return ITEM.test(type);
}

const isTurn = (json: Json): boolean =>
  isResponsesItem(json) || (isObject(json) && 'role' in json && 'content' in json);

export const responses: Protocol = {
  id: 'openai-responses',
  isRequest(json) {
    const input = json['input'];
    if (isList(input)) return input.length > 0 && input.every(isTurn);
    return typeof input === 'string' && typeof json['model'] === 'string' && !/embed|tts/i.test(json['model']);
  },
  isReply: (json) =>
    isList(json['output']) &&
    (json['object'] === 'response' ||
      /^resp_/.test(textOf(json['id'])) ||
      (json['output'].length > 0 && json['output'].every(isTurn))),
  isEvent: (json) => /^response\./.test(textOf(json['type'])),
  request: (json) => ({
    ...NO_BODY,
    items: [
      ...textItems('text', textOf(json['instructions'])).map((item): Item => ({
        kind: 'system',
        text: 'text' in item ? item.text : '',
      })),
      ...itemsOfResponses(json['input']),
    ],
    model: textOf(json['model']),
    tools: json['tools'] ?? null,
    after: textOf(json['previous_response_id']),
  }),
  reply: (json) => {
    const usage = objectAt(json, 'usage');
    const cached = objectAt(usage, 'input_tokens_details')['cached_tokens'];
    return {
      ...NO_BODY,
      items: [...itemsOfResponses(json['output']), ...usedItems(usage['input_tokens'], usage['output_tokens'], cached)],
      model: textOf(json['model']),
      id: textOf(json['id']),
      after: textOf(json['previous_response_id']),
      createdAt: timeOf(json['created_at']),
      error: errorIn(json),
    };
  },
  fold(events) {
    const replies: JsonObject[] = [];
    let current: JsonObject[] = [];
    for (const event of events) {
      if (event['type'] === 'response.created' && current.length > 0) {
        replies.push(foldOne(current));
        current = [];
      }
      current.push(event);
    }
    return current.length > 0 ? [...replies, foldOne(current)] : replies;
  },
};

/** The whole answer stands at the end of a stream; of one that was cut off, what had come by then. */
function foldOne(events: readonly JsonObject[]): JsonObject {
  const last = events.findLast((event) => isObject(event['response']));
  const whole = last ? objectAt(last, 'response') : {};
  if (objectsAt(whole, 'output').length > 0) return whole;
  const items = new Map<number, Record<string, Json>>();
  for (const event of events) {
    const read = responsesEvent.safeParse(event);
    const index = read.success ? read.data.output_index : undefined;
    if (index === undefined) continue;
    const type = textOf(event['type']);
    if (isObject(event['item'])) items.set(index, { ...items.get(index), ...event['item'] });
    const item = items.get(index);
    if (!item) continue;
    if (isObject(event['action']))
      Object.assign(item, { action: event['action'], arguments: event['arguments'] ?? null });
    const delta = textOf(event['delta']);
    if (delta === '') continue;
    const grow = (key: string) => void (item[key] = textOf(item[key]) + delta);
    if (type === 'response.output_text.delta') item['content'] = grown(item['content'], 'output_text', delta);
    else if (/^response\.reasoning_summary_text\.delta/.test(type))
      item['summary'] = grown(item['summary'], 'summary_text', delta);
    else if (type === 'response.reasoning_text.delta')
      item['content'] = grown(item['content'], 'reasoning_text', delta);
    else if (/_call_code\.delta$/.test(type)) grow('code');
    else if (/call_arguments\.delta$/.test(type)) grow('arguments');
    else if (/call_input\.delta$/.test(type)) grow('input');
  }
  const output = [...items].toSorted(([a], [b]) => a - b).map(([, item]) => item);
  return { object: 'response', ...whole, output };
}

/** A `done` that came after all its deltas has replaced what they made. */
function grown(parts: Json | undefined, type: string, delta: string): Json {
  const [first] = objectsIn(parts);
  return [{ type, text: textOf(first?.['text']) + delta }];
}

export function itemsOfResponses(value: Json | undefined): readonly Item[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ kind: 'user', parts: textPart(value) }];
  return objectsIn(value).flatMap(itemsOf);
}

function itemsOf(item: JsonObject): readonly Item[] {
  const type = textOf(item['type']);
  const id = textOf(item['call_id']) || textOf(item['id']);
  switch (type) {
    case 'message':
      return itemsOfMessage(item);
    case '':
      return 'role' in item ? itemsOfMessage(item) : [otherItem(item, 'item')];
    case 'input_text':
    case 'input_image':
      return [{ kind: 'user', parts: contentOf([item]).parts }];
    case 'reasoning': {
      const said = [...objectsAt(item, 'summary'), ...objectsAt(item, 'content')].map(({ text }) => textOf(text));
      const text = said.filter((one) => one.trim() !== '').join('\n\n');
      return text === '' ? [{ kind: 'hidden' }] : [{ kind: 'think', text }];
    }
    case 'function_call':
      return [callItem(id, textOf(item['name']), item['arguments'])];
    case 'custom_tool_call':
      return [callItem(id, textOf(item['name']), item['input'])];
    case 'local_shell_call':
    case 'shell_call':
      return [callItem(id, 'shell', item['action'])];
    case 'computer_call':
      return [callItem(id, 'computer', item['action'] ?? { actions: item['actions'] ?? null })];
    case 'mcp_call':
      return withResult(callItem(id, textOf(item['name']), item['arguments']), textsOf(item['output']), errorIn(item));
    case 'code_interpreter_call':
      return [codeItem(id, 'code_interpreter', textOf(item['code'])), codeResult(id, item)];
    case 'image_generation_call': {
      const { revised_prompt: prompt = null, size = null } = item;
      const made = textOf(item['result']);
      return withResult(
        callItem(id, 'image_generation', { prompt, size }),
        made === '' ? [] : [pictureOfBase64(made)],
        errorIn(item),
      );
    }
    case 'image_process':
      return itemsOfImageProcess(item, id);
    default:
      break;
  }
  if (/_call_output$/.test(type)) return [outputItem(item, id)];
  if (/^(?:web|file)_search_call$/.test(type))
    return withResult(
      callItem(id, type.replace(/_call$/, ''), item['action'] ?? { queries: item['queries'] ?? null }),
      textsOf(item['results']),
      '',
    );
  return [otherItem(item)];
}

function itemsOfMessage(item: JsonObject): readonly Item[] {
  const role = textOf(item['role']);
  const { parts, others } = contentOf(item['content']);
  if (role === 'assistant') {
    const refused = objectsAt(item, 'content').flatMap((part) => textPart(textOf(part['refusal'])));
    return [
      ...[...parts, ...refused].flatMap(spoken),
      ...others.filter((one) => one.kind !== 'other' || one.type !== 'refusal'),
    ];
  }
  if (role === 'system' || role === 'developer')
    return parts.flatMap((part): readonly Item[] =>
      part.kind === 'text' ? [{ kind: 'system', text: part.text }] : [],
    );
  return [...(parts.length > 0 ? [{ kind: 'user', parts } as const] : []), ...others];
}

/** Parts of what the model said. */
export function spoken(part: MessagePart): readonly Item[] {
  return part.kind === 'text' ? textItems('text', part.text) : [{ kind: 'shown', picture: part }];
}

function withResult(call: Item & { kind: 'call' }, parts: readonly MessagePart[], error: string): readonly Item[] {
  const failed = error !== '';
  return [
    call,
    {
      kind: 'result',
      callId: call.call.id,
      parts: failed ? [...parts, ...textPart(error)] : parts,
      failed,
      aside: true,
    },
  ];
}

/** `null`: nobody asked for what came of it. An empty list: it ran and printed nothing. */
function codeResult(callId: string, item: JsonObject): ResultItem {
  const outputs = objectsAt(item, 'outputs');
  const parts = outputs.flatMap((output) =>
    output['type'] === 'image' ? [pictureAt(textOf(output['url']))] : textPart(textOf(output['logs'])),
  );
  const failed = item['status'] === 'failed';
  return { kind: 'result', callId, parts, failed, aside: true, ...(!isList(item['outputs']) && { unrecorded: true }) };
}

function outputItem(item: JsonObject, callId: string): ResultItem {
  const output = item['output'];
  const { parts } = isObject(output) && 'type' in output ? contentOf([output]) : { parts: [] };
  const read =
    parts.length > 0
      ? parts
      : isList(output) && objectsIn(output).some((one) => 'type' in one)
        ? contentOf(output).parts
        : null;
  const failed = item['status'] === 'failed' || item['status'] === 'incomplete';
  const told = typeof output === 'string' ? partsOfText(output) : textsOf(output);
  return { kind: 'result', callId, parts: read ?? told, failed, aside: false };
}

/**
 * Ark's own tool. The address of what it made is signed for three days, so a crop is drawn from its box again; what it drew boxes into is the
 * picture that is there already.
 */
function itemsOfImageProcess(item: JsonObject, id: string): readonly Item[] {
  const action = objectAt(item, 'action');
  const name = textOf(action['type']) || 'image_process';
  const input = isObject(item['arguments']) ? item['arguments'] : textOf(item['arguments']);
  const error = item['status'] === 'failed' ? errorIn(item) || 'failed' : '';
  const cut = name === 'zoom' || (name === 'grounding' && isObject(input) && input['crop'] === true);
  const address = textOf(action['result_image_url']);
  const kept = address.startsWith('data:') ? pictureAt(address) : null;
  const made: readonly MessagePart[] =
    error === '' && item['status'] !== 'in_progress' && cut ? [kept ?? { kind: 'picture', bytes: '', name: '' }] : [];
  return withResult(callItem(id, name, input), made, error);
}

/** Which picture of Ark's a call means, counted from 0. */
export const arkPicture = (input: Json): number | null => (isObject(input) ? numberOf(input['image_index']) : null);
