/** Messages as OpenTelemetry's conventions for generative models have them: a role and parts, with the names that writers give parts instead. */
import type { Json } from '@/lib/trajectory';
import { isList, isObject, textOf, type JsonObject } from '../json-shape';
import type { MessagePart } from '../message';
import { pictureAt, pictureOfBase64 } from '../picture-address';
import { objectsAt } from '../protocols/body';
import { callItem, otherItem, textItems, textPart, type Item } from '../protocols/item';
import { partsOfValue } from '../protocols/values';

const PART =
  /^(?:text|blob|binary|uri|file|reasoning|thinking|tool_call|tool_call_response|server_tool_call(?:_response)?|image-url|image_url)$/;

export function isOtelMessage(json: JsonObject): boolean {
  return (
    'role' in json &&
    isList(json['parts'] ?? null) &&
    objectsAt(json, 'parts').some((part) => PART.test(textOf(part['type'])))
  );
}

export function itemsOfOtel(messages: readonly JsonObject[]): readonly Item[] {
  return messages.flatMap((message) => {
    const role = textOf(message['role']);
    const items: Item[] = [];
    let user: MessagePart[] = [];
    const end = () => {
      if (user.length > 0) items.push({ kind: 'user', parts: user });
      user = [];
    };
    for (const part of objectsAt(message, 'parts')) {
      const shown = partsOf(part);
      if (shown && role === 'assistant')
        items.push(
          ...shown.flatMap((one): readonly Item[] =>
            one.kind === 'text' ? textItems('text', one.text) : [{ kind: 'shown', picture: one }],
          ),
        );
      else if (shown && role === 'system')
        items.push(
          ...shown.flatMap((one): readonly Item[] => (one.kind === 'text' ? [{ kind: 'system', text: one.text }] : [])),
        );
      else if (shown) user.push(...shown);
      else {
        end();
        items.push(itemOf(part));
      }
    }
    end();
    return items;
  });
}

/** Null of what is neither words nor a picture. */
function partsOf(part: JsonObject): readonly MessagePart[] | null {
  const content = part['content'];
  switch (textOf(part['type'])) {
    case 'text':
      return textPart(textOf(content) || textOf(part['text']));
    case 'blob':
    case 'binary': {
      const type = textOf(part['mime_type']) || textOf(part['media_type']);
      const isPicture = type === '' ? part['modality'] === 'image' : type.startsWith('image/');
      if (!isPicture) return null;
      return [
        typeof content === 'string' && content !== ''
          ? pictureOfBase64(content)
          : { kind: 'picture', bytes: '', name: '', redacted: true },
      ];
    }
    case 'uri':
      return part['modality'] === 'image' || /^image\//.test(textOf(part['mime_type']))
        ? [pictureAt(textOf(part['uri']))]
        : null;
    case 'file':
      return part['modality'] === 'image' ? [pictureAt(textOf(part['file_id']))] : null;
    case 'image-url':
    case 'image_url':
      return [pictureAt(textOf(part['url']) || textOf(part['image_url']))];
    default:
      return null;
  }
}

function itemOf(part: JsonObject): Item {
  const type = textOf(part['type']);
  const id = textOf(part['id']);
  if (type === 'reasoning' || type === 'thinking') {
    const text = textOf(part['content']);
    return text.trim() === '' ? { kind: 'hidden' } : { kind: 'think', text };
  }
  if (/tool_call$/.test(type)) return callItem(id, textOf(part['name']), part['arguments'] ?? part['server_tool_call']);
  if (/tool_call_response$/.test(type)) {
    const answer: Json | undefined =
      part['response'] ?? part['result'] ?? part['content'] ?? part['server_tool_call_response'];
    return {
      kind: 'result',
      callId: id,
      parts: partsOfValue(answer),
      failed: part['is_error'] === true,
      aside: type.startsWith('server_'),
    };
  }
  return otherItem(part);
}

/** System instructions stand beside the messages: parts, or a text. */
export function systemOfOtel(value: Json): readonly Item[] {
  const texts = isList(value) ? value.filter(isObject).map((part) => textOf(part['content'])) : [textOf(value)];
  const text = texts.join('\n').trim();
  return text === '' ? [] : [{ kind: 'system', text }];
}
