/** Gemini's Interactions: a list of steps, whole or as a stream of their pieces. */
import type { Json } from '@/lib/trajectory';
import { isList, isObject, numberOf, textOf, type JsonObject } from '../json-shape';
import type { MessagePart } from '../message';
import { pictureAt, pictureOfBase64 } from '../picture-address';
import { errorIn, objectAt, objectsAt, objectsIn, timeOf, usedItems } from './body';
import { NO_BODY, type Protocol } from './contract';
import { callItem, codeItem, otherItem, textItems, textPart, textsOf, type Item } from './item';
import { objectIn } from '../lenient-json';

const STEP = /^(?:user_input|thought|model_output|function_(?:call|result)|[a-z_]+_(?:call|result))$/;

const isStep = (json: Json): boolean => isObject(json) && STEP.test(textOf(json['type']));

const isPart = (json: Json): boolean =>
  isObject(json) && /^(?:text|image)$/.test(textOf(json['type'])) && !('role' in json);

export const interactions: Protocol = {
  id: 'gemini-interactions',
  isRequest(json) {
    const input = json['input'];
    if (typeof input === 'string') return 'previous_interaction_id' in json || 'agent' in json;
    if (!isList(input) || input.length === 0) return false;
    return (
      input.every(isPart) ||
      (input.every(isStep) &&
        input.some(
          (one) => isObject(one) && /^(?:user_input|model_output|function_result|thought)$/.test(textOf(one['type'])),
        ))
    );
  },
  isReply: (json) =>
    json['object'] === 'interaction' ||
    ((isList(json['steps']) || isList(json['outputs'])) &&
      [...objectsAt(json, 'steps'), ...objectsAt(json, 'outputs')].some((one) => isStep(one) || isPart(one))),
  isEvent: (json) => /^(?:interaction\.|step\.|content\.)/.test(textOf(json['event_type'])),
  request: (json) => ({
    ...NO_BODY,
    items: [...systemItems(textOf(json['system_instruction'])), ...inputItems(json['input'])],
    model: textOf(json['model']),
    tools: json['tools'] ?? null,
    after: textOf(json['previous_interaction_id']),
  }),
  reply: (json) => {
    const usage = objectAt(json, 'usage');
    return {
      ...NO_BODY,
      items: [
        ...objectsAt(json, 'steps').flatMap(itemsOf),
        ...objectsAt(json, 'outputs').flatMap((one) => (isPart(one) ? outputItems([one]) : itemsOf(one))),
        ...usedItems(usage['total_input_tokens'], usage['total_output_tokens'], usage['total_cached_tokens']),
      ],
      model: textOf(json['model']),
      id: textOf(json['id']),
      after: textOf(json['previous_interaction_id']),
      createdAt: timeOf(json['created']),
      error: errorIn(json),
    };
  },
  fold(events) {
    const replies: JsonObject[][] = [];
    for (const event of events) {
      if (replies.length === 0 || event['event_type'] === 'interaction.created') replies.push([]);
      replies.at(-1)?.push(event);
    }
    return replies.map(foldOne);
  },
};

function foldOne(events: readonly JsonObject[]): JsonObject {
  const whole = objectAt(events.findLast((event) => isObject(event['interaction'] ?? null)) ?? {}, 'interaction');
  if (isList(whole['steps'])) return whole;
  const steps = new Map<number, Record<string, Json>>();
  for (const event of events) {
    const index = numberOf(event['index']) ?? -1;
    if (isObject(event['step'])) steps.set(index, { ...event['step'] });
    const [step, delta] = [steps.get(index), event['delta']];
    if (!step || !isObject(delta)) continue;
    if (typeof delta['arguments'] === 'string') step['written'] = textOf(step['written']) + delta['arguments'];
    else if (delta['type'] === 'text') step['content'] = grown(step['content'], delta);
    else if (delta['type'] === 'thought_summary')
      step['summary'] = grown(step['summary'], isObject(delta['content']) ? delta['content'] : delta);
    else if (typeof delta['signature'] !== 'string') step['content'] = [...objectsIn(step['content']), delta];
  }
  const told = [...steps.values()].map(({ written, ...step }) =>
    typeof written === 'string' ? { ...step, arguments: objectIn(written) ?? written } : step,
  );
  return { object: 'interaction', ...whole, steps: told };
}

/** Text goes on in the last text; whatever stands between ends it. */
function grown(parts: Json | undefined, delta: JsonObject): Json {
  const had = objectsIn(parts);
  const last = had.at(-1);
  if (last?.['type'] !== 'text') return [...had, { type: 'text', text: textOf(delta['text']) }];
  return [...had.slice(0, -1), { ...last, text: textOf(last['text']) + textOf(delta['text']) }];
}

const systemItems = (text: string): readonly Item[] => (text.trim() === '' ? [] : [{ kind: 'system', text }]);

function inputItems(input: Json | undefined): readonly Item[] {
  if (typeof input === 'string') return input.trim() === '' ? [] : [{ kind: 'user', parts: textPart(input) }];
  const list = objectsIn(input);
  return list.every(isPart) ? [{ kind: 'user', parts: list.flatMap(partsOf) }] : list.flatMap(itemsOf);
}

function itemsOf(step: JsonObject): readonly Item[] {
  const type = textOf(step['type']);
  const id = textOf(step['call_id']) || textOf(step['id']);
  if (type === 'user_input') return [{ kind: 'user', parts: objectsAt(step, 'content').flatMap(partsOf) }];
  if (type === 'model_output') return outputItems(objectsAt(step, 'content'));
  if (type === 'thought') {
    const text = objectsAt(step, 'summary')
      .map((one) => textOf(one['text']))
      .join('\n\n');
    return text.trim() === '' ? [{ kind: 'hidden' }] : textItems('think', text);
  }
  if (type === 'code_execution_call')
    return [codeItem(id, 'code_execution', textOf(objectAt(step, 'arguments')['code']))];
  if (/_call$/.test(type)) return [callItem(id, textOf(step['name']) || type.replace(/_call$/, ''), step['arguments'])];
  if (/_result$/.test(type)) {
    const result = step['result'];
    const parts = isList(result)
      ? objectsIn(result).flatMap((one) => (isPart(one) ? partsOf(one) : textsOf(one)))
      : textsOf(result);
    return [
      { kind: 'result', callId: id, parts, failed: step['is_error'] === true, aside: type !== 'function_result' },
    ];
  }
  return [otherItem(step)];
}

function outputItems(content: readonly JsonObject[]): readonly Item[] {
  return content.flatMap((one) =>
    partsOf(one).flatMap((part): readonly Item[] =>
      part.kind === 'text' ? textItems('text', part.text) : [{ kind: 'shown', picture: part }],
    ),
  );
}

function partsOf(part: JsonObject): readonly MessagePart[] {
  if (part['type'] !== 'image') return textPart(textOf(part['text']));
  const data = textOf(part['data']);
  return [data === '' ? pictureAt(textOf(part['uri'])) : pictureOfBase64(data)];
}
