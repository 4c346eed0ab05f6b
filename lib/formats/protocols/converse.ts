/** Bedrock's Converse: blocks that are named by their only key, whoever's model it was. */
import type { Json } from '@/lib/trajectory';
import { isList, isObject, numberOf, textOf, type JsonObject } from '../json-shape';
import { objectIn } from '../lenient-json';
import type { MessagePart } from '../message';
import { pictureAt, pictureOfBase64, type PicturePart } from '../picture-address';
import { errorIn, objectAt, objectsAt, objectsIn, usedItems } from './body';
import { NO_BODY, type Protocol } from './contract';
import { callItem, otherItem, textItems, textPart, textsOf, type Item } from './item';

const OWN = ['toolUse', 'toolResult', 'reasoningContent', 'cachePoint', 'guardContent', 'document', 'video'] as const;

const isOwnBlock = (block: JsonObject): boolean =>
  OWN.some((key) => isObject(block[key] ?? null)) || 'format' in objectAt(block, 'image');

const EVENTS = ['messageStart', 'contentBlockStart', 'contentBlockDelta', 'contentBlockStop', 'messageStop'] as const;

export const converse: Protocol = {
  id: 'bedrock',
  isRequest(json) {
    const messages = objectsAt(json, 'messages');
    if (messages.some((message) => objectsAt(message, 'content').some(isOwnBlock))) return true;
    const bare = messages.some((message) =>
      objectsAt(message, 'content').some((block) => 'text' in block && !('type' in block)),
    );
    return bare && ('inferenceConfig' in json || 'toolConfig' in json || 'modelId' in json);
  },
  isReply: (json) => isList(objectAt(objectAt(json, 'output'), 'message')['content']),
  isEvent: (json) => EVENTS.some((key) => isObject(json[key] ?? null)),
  request: (json) => ({
    ...NO_BODY,
    items: [
      ...objectsAt(json, 'system').flatMap(({ text }): readonly Item[] =>
        textOf(text) === '' ? [] : [{ kind: 'system', text: textOf(text) }],
      ),
      ...objectsAt(json, 'messages').flatMap(itemsOfMessage),
    ],
    model: textOf(json['modelId']),
    tools: objectAt(json, 'toolConfig')['tools'] ?? null,
  }),
  reply: (json) => {
    const usage = objectAt(json, 'usage');
    return {
      ...NO_BODY,
      items: [
        ...itemsOfMessage({ ...objectAt(objectAt(json, 'output'), 'message'), role: 'assistant' }),
        ...usedItems(usage['inputTokens'], usage['outputTokens'], usage['cacheReadInputTokens']),
      ],
      model: textOf(json['modelId']),
      error: errorIn(json),
    };
  },
  fold(events) {
    const replies: JsonObject[][] = [];
    for (const event of events) {
      if (replies.length === 0 || 'messageStart' in event) replies.push([]);
      replies.at(-1)?.push(event);
    }
    return replies.map(foldOne);
  },
};

const indexOf = (json: JsonObject): number => numberOf(json['contentBlockIndex']) ?? 0;

function foldOne(events: readonly JsonObject[]): JsonObject {
  const blocks = new Map<number, Record<string, Json>>();
  let usage: JsonObject = {};
  for (const event of events) {
    usage = { ...usage, ...objectAt(objectAt(event, 'metadata'), 'usage') };
    const [start, delta] = [objectAt(event, 'contentBlockStart'), objectAt(event, 'contentBlockDelta')];
    if ('start' in start) blocks.set(indexOf(start), { ...objectAt(start, 'start') });
    if (!('delta' in delta)) continue;
    const index = indexOf(delta);
    const block = blocks.get(index) ?? {};
    const { text, toolUse, reasoningContent } = objectAt(delta, 'delta');
    if (typeof text === 'string') block['text'] = textOf(block['text']) + text;
    if (isObject(toolUse ?? null))
      block['written'] = textOf(block['written']) + textOf((toolUse as JsonObject)['input']);
    if (isObject(reasoningContent ?? null))
      block['thought'] = textOf(block['thought']) + textOf((reasoningContent as JsonObject)['text']);
    blocks.set(index, block);
  }
  const content = [...blocks.values()].map(({ written, thought, ...block }) => {
    if (typeof thought === 'string') return { reasoningContent: { reasoningText: { text: thought } } };
    if (typeof written !== 'string') return block;
    return { toolUse: { ...objectAt(block, 'toolUse'), input: objectIn(written) ?? written } };
  });
  return { output: { message: { role: 'assistant', content } }, usage };
}

function itemsOfMessage(message: JsonObject): readonly Item[] {
  const byModel = message['role'] === 'assistant';
  const items: Item[] = [];
  for (const block of objectsIn(message['content'])) {
    const [use, result, thought] = [block['toolUse'], block['toolResult'], block['reasoningContent']];
    if (isObject(use ?? null)) {
      const { toolUseId, name, input } = use as JsonObject;
      items.push(callItem(textOf(toolUseId), textOf(name), input));
    } else if (isObject(result ?? null)) {
      const { toolUseId, status } = result as JsonObject;
      const parts = objectsAt(result as JsonObject, 'content').flatMap(partsOf);
      items.push({ kind: 'result', callId: textOf(toolUseId), parts, failed: status === 'error', aside: false });
    } else if (isObject(thought ?? null)) {
      const text = textOf(objectAt(thought as JsonObject, 'reasoningText')['text']);
      if (text.trim() !== '') items.push({ kind: 'think', text });
      else
        items.push(
          { kind: 'hidden' },
          ...('redactedContent' in (thought as JsonObject) ? [otherItem(block, 'redactedContent')] : []),
        );
    } else {
      const parts = partsOf(block);
      if (parts.length === 0)
        items.push(
          ...(Object.keys(block).every((key) => key === 'text' || key === 'cachePoint')
            ? []
            : [otherItem(block, Object.keys(block)[0] ?? '')]),
        );
      else if (byModel)
        items.push(
          ...parts.flatMap((part): readonly Item[] =>
            part.kind === 'text' ? textItems('text', part.text) : [{ kind: 'shown', picture: part }],
          ),
        );
      else {
        const last = items.at(-1);
        if (last?.kind === 'user') items.splice(-1, 1, { kind: 'user', parts: [...last.parts, ...parts] });
        else items.push({ kind: 'user', parts });
      }
    }
  }
  return items;
}

function partsOf(block: JsonObject): readonly MessagePart[] {
  if (isObject(block['image'] ?? null)) return pictureIn(objectAt(block, 'image'));
  if ('json' in block) return textsOf(block['json']);
  return textPart(textOf(block['text']));
}

function pictureIn(image: JsonObject): readonly PicturePart[] {
  const source = objectAt(image, 'source');
  if (typeof source['bytes'] === 'string') return [pictureOfBase64(source['bytes'])];
  const place = textOf(objectAt(source, 's3Location')['uri']);
  return [place === '' ? { kind: 'picture', bytes: '', name: '', redacted: true } : pictureAt(place)];
}
