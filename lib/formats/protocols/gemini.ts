/**
 * Gemini's generateContent, on its own service and on Vertex: parts in camel case or, out of Python, in snake case; bytes in either base64. A
 * picture that code made is a part of its own after the result it belongs to: nothing but their order says so.
 */
import type { Json } from '@/lib/trajectory';
import { isList, isObject, textOf, type JsonObject } from '../json-shape';
import type { MessagePart } from '../message';
import { pictureAt, pictureOfBase64, type PicturePart } from '../picture-address';
import { objectsIn, timeOf, usedItems, valueAt } from './body';
import { reattached } from './chat';
import { NO_BODY, type Protocol } from './contract';
import { callItem, codeItem, otherItem, textPart, textsOf, type Item } from './item';

const at = (json: JsonObject, ...keys: readonly string[]): JsonObject => {
  const value = valueAt(json, ...keys);
  return isObject(value) ? value : {};
};

const contentsIn = (json: JsonObject): readonly JsonObject[] => {
  const contents = json['contents'];
  if (typeof contents === 'string') return [{ role: 'user', parts: [{ text: contents }] }];
  if (isObject(contents)) return [contents];
  if (!isList(contents)) return [];
  return contents.map((one) =>
    typeof one === 'string' ? { role: 'user', parts: [{ text: one }] } : isObject(one) ? one : {},
  );
};

export const gemini: Protocol = {
  id: 'gemini',
  isRequest: (json) =>
    contentsIn(json).some(
      (content) => isList(content['parts']) || isObject(content['parts'] ?? null) || 'text' in content,
    ),
  isReply: (json) => isCandidates(json['candidates']),
  // A streamed answer is the same object in pieces.
  isEvent: (json) => isCandidates(json['candidates']),
  request(json) {
    const config = at(json, 'config');
    const system =
      valueAt(json, 'systemInstruction', 'system_instruction') ??
      valueAt(config, 'systemInstruction', 'system_instruction');
    const told = typeof system === 'string' ? system : wordsIn(system);
    return {
      ...NO_BODY,
      items: [
        ...(told.trim() === '' ? [] : [{ kind: 'system', text: told } as const]),
        ...itemsOfContents(contentsIn(json)),
      ],
      model: textOf(json['model']).replace(/^models\//, ''),
      tools: json['tools'] ?? config['tools'] ?? null,
    };
  },
  reply(json) {
    const [candidate = {}, ...others] = objectsIn(json['candidates']);
    const usage = at(json, 'usageMetadata', 'usage_metadata');
    const content = at(candidate, 'content');
    const block = at(json, 'promptFeedback', 'prompt_feedback');
    return {
      ...NO_BODY,
      items: [
        ...itemsOfContents([{ ...content, role: 'model' }]),
        ...usedItems(
          valueAt(usage, 'promptTokenCount', 'prompt_token_count'),
          // Of several answers it is what all of them took.
          others.length > 0 ? undefined : valueAt(usage, 'candidatesTokenCount', 'candidates_token_count'),
          valueAt(usage, 'cachedContentTokenCount', 'cached_content_token_count'),
        ),
      ],
      others: others.map((one) => itemsOfContents([{ ...at(one, 'content'), role: 'model' }])),
      model: textOf(valueAt(json, 'modelVersion', 'model_version')),
      id: textOf(valueAt(json, 'responseId', 'response_id')),
      createdAt: timeOf(valueAt(json, 'createTime', 'create_time')),
      error: textOf(valueAt(block, 'blockReason', 'block_reason')),
    };
  },
  fold(events) {
    const replies: JsonObject[][] = [];
    /** Candidates of the reply that goes on, and those of them that ended. */
    let [begun, ended] = [new Set<Json>(), new Set<Json>()];
    let id = '';
    for (const event of events) {
      const own = textOf(valueAt(event, 'responseId', 'response_id'));
      const isNew = own !== '' && id !== '' ? own !== id : begun.size === ended.size;
      if (isNew || replies.length === 0) {
        replies.push([]);
        [begun, ended] = [new Set(), new Set()];
      }
      replies.at(-1)?.push(event);
      id = own;
      for (const [place, candidate] of objectsIn(event['candidates']).entries()) {
        const index = candidate['index'] ?? place;
        begun.add(index);
        if (textOf(valueAt(candidate, 'finishReason', 'finish_reason')) !== '') ended.add(index);
      }
    }
    return replies.map(foldOne);
  },
};

function isCandidates(value: Json | undefined): boolean {
  return (
    isList(value) &&
    value.some((one) => isObject(one) && ('content' in one || 'finishReason' in one || 'finish_reason' in one))
  );
}

function foldOne(events: readonly JsonObject[]): JsonObject {
  const parts = new Map<number, JsonObject[]>([[0, []]]);
  for (const event of events) {
    for (const [place, candidate] of objectsIn(event['candidates']).entries()) {
      const { index = place } = candidate;
      const own = typeof index === 'number' ? index : place;
      parts.set(own, [...(parts.get(own) ?? []), ...partsIn(at(candidate, 'content'))]);
    }
  }
  const [last = {}] = events.slice(-1);
  const inOrder = [...parts].toSorted(([a], [b]) => a - b);
  return { ...events[0], ...last, candidates: inOrder.map(([, own]) => ({ content: { role: 'model', parts: own } })) };
}

const partsIn = (content: JsonObject): readonly JsonObject[] => {
  const { parts } = content;
  if (isObject(parts)) return [parts];
  if (isList(parts))
    return parts.map((part) => (typeof part === 'string' ? { text: part } : isObject(part) ? part : {}));
  return 'text' in content ? [content] : [];
};

function wordsIn(content: Json | undefined): string {
  if (isList(content)) return content.map(wordsIn).join('\n');
  if (typeof content === 'string') return content;
  return isObject(content)
    ? partsIn(content)
        .map(({ text }) => textOf(text))
        .join('\n')
    : '';
}

function itemsOfContents(contents: readonly JsonObject[]): readonly Item[] {
  const items: Item[] = [];
  /** Calls that nothing came of yet, in their order: neither of both sides need have ids. */
  const open: { id: string; name: string }[] = [];
  let calls = 0;
  const begin = (id: string, name: string): string => {
    calls += 1;
    const own = id || `call-${calls}`;
    open.push({ id: own, name });
    return own;
  };
  const end = (id: string, name: string): string => {
    const found = open.findIndex((one) => (id !== '' ? one.id === id : name === '' || one.name === name));
    return found < 0 ? id || (open.shift()?.id ?? '') : (open.splice(found, 1)[0]?.id ?? id);
  };
  for (const content of contents) {
    const byModel = textOf(content['role']) === 'model';
    for (const part of partsIn(content)) add(items, part, byModel, begin, end);
  }
  return reattached(items);
}

function add(
  items: Item[],
  part: JsonObject,
  byModel: boolean,
  begin: (id: string, name: string) => string,
  end: (id: string, name: string) => string,
): void {
  const code = at(part, 'executableCode', 'executable_code');
  const ran = at(part, 'codeExecutionResult', 'code_execution_result');
  const call = at(part, 'functionCall', 'function_call', 'toolCall', 'tool_call');
  const answer = at(part, 'functionResponse', 'function_response', 'toolResponse', 'tool_response');
  const picture = pictureIn(part);
  const last = items.at(-1);
  if ('code' in code) items.push(codeItem(begin(textOf(code['id']), CODE), CODE, textOf(code['code'])));
  else if ('outcome' in ran || 'output' in ran) {
    const outcome = textOf(ran['outcome']);
    const failed = /FAILED|DEADLINE/i.test(outcome);
    items.push({
      kind: 'result',
      callId: end(textOf(ran['id']), CODE),
      parts: textPart(textOf(ran['output'])),
      failed,
      aside: true,
    });
  } else if ('name' in call) {
    const name = textOf(call['name']);
    items.push(callItem(begin(textOf(call['id']), name), name, call['args'] ?? call['arguments']));
  } else if ('name' in answer || 'response' in answer) items.push(resultOf(answer, end));
  else if (picture) {
    // Of what the model's code made, the last result is meant.
    if (byModel && last?.kind === 'result')
      items.push({ ...(items.pop() as typeof last), parts: [...last.parts, picture] });
    else if (byModel) items.push({ kind: 'shown', picture });
    else addToUser(items, picture);
  } else if (typeof part['text'] === 'string') {
    const { text } = part;
    const kind = part['thought'] === true ? 'think' : 'text';
    if (text === '') return;
    if (!byModel) addToUser(items, { kind: 'text', text });
    else if (last?.kind === kind) items.splice(-1, 1, { kind, text: last.text + text });
    else items.push({ kind, text });
  } else {
    // Out of Python, all that a part is not stands there as null.
    const known = Object.entries(part).find(
      ([key, value]) => value !== null && !/^thought|^(?:media|video)_?[rm]/i.test(key),
    );
    if (known) items.push(otherItem(part, known[0]));
  }
}

const CODE = 'code_execution';

function addToUser(items: Item[], part: MessagePart): void {
  const last = items.at(-1);
  if (last?.kind === 'user') items.splice(-1, 1, { kind: 'user', parts: [...last.parts, part] });
  else items.push({ kind: 'user', parts: [part] });
}

function pictureIn(part: JsonObject): PicturePart | null {
  const inline = at(part, 'inlineData', 'inline_data');
  const file = at(part, 'fileData', 'file_data');
  const type = textOf(valueAt(inline, 'mimeType', 'mime_type') ?? valueAt(file, 'mimeType', 'mime_type'));
  if (type !== '' && !type.startsWith('image/')) return null;
  if (typeof inline['data'] === 'string') {
    const name = textOf(valueAt(inline, 'displayName', 'display_name'));
    const read = pictureOfBase64(inline['data']);
    return name === '' ? read : { ...read, name };
  }
  const uri = textOf(valueAt(file, 'fileUri', 'file_uri'));
  return uri === '' ? null : pictureAt(uri);
}

/** Keys under which a function gives back what it has to say; whatever else is there is kept as it is. */
const SAID = ['return_value', 'output', 'result', 'content'] as const;

function resultOf(answer: JsonObject, end: (id: string, name: string) => string): Item {
  const response = valueAt(answer, 'response');
  const callId = end(textOf(answer['id']), textOf(answer['name']));
  const pictures = objectsIn(answer['parts']).flatMap((part) => pictureIn(part) ?? []);
  if (!isObject(response))
    return { kind: 'result', callId, parts: [...textsOf(response), ...pictures], failed: false, aside: false };
  const failed = 'error' in response && response['error'] !== null;
  const key = failed ? 'error' : SAID.find((one) => one in response);
  const { [key ?? '']: said, files, ...rest } = response;
  const parts = announced([...textsOf(said), ...textsOf(rest)], [...textsOf(files), ...pictures]);
  return { kind: 'result', callId, parts, failed, aside: false };
}

/** This wire keeps a result's pictures apart from its words: "Here is the image:" says where they belong, else they come last. */
function announced(words: readonly MessagePart[], pictures: readonly MessagePart[]): readonly MessagePart[] {
  const at = words.findIndex(
    (part) =>
      part.kind === 'text' &&
      /\b(?:image|picture|photo|screenshot|crop)s?\b[^\n]{0,40}[:：]\s*$/i.test(part.text.slice(-120)),
  );
  return at < 0 ? [...words, ...pictures] : [...words.slice(0, at + 1), ...pictures, ...words.slice(at + 1)];
}
