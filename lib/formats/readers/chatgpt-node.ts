/** One message of a ChatGPT export, as what happened: what is hidden there stays out, what is private is never read. */
import type { Json } from '@/lib/trajectory';
import type { PictureName } from '../contract';
import { isList, isObject, numberOf, textOf, type JsonObject } from '../json-shape';
import type { SessionEvent, SessionPart } from '../sessions/event';

const objectAt = (record: JsonObject, key: string): JsonObject => {
  const value = record[key];
  return isObject(value) ? value : {};
};

const listAt = (record: JsonObject, key: string): readonly Json[] => {
  const value = record[key];
  return isList(value) ? value : [];
};

/** Instructions, profiles and memories of a person; what a memory tool is told. */
export function isPrivate(message: JsonObject): boolean {
  const kind = textOf(objectAt(message, 'content')['content_type']);
  if (/_editable_context$/.test(kind)) return true;
  if (objectAt(message, 'metadata')['is_user_system_message'] === true) return true;
  return textOf(message['recipient']) === 'bio' || textOf(objectAt(message, 'author')['name']) === 'bio';
}

export function modelOf(message: JsonObject): string {
  return textOf(objectAt(message, 'metadata')['model_slug']);
}

export function eventsOfNode(message: JsonObject): readonly SessionEvent[] {
  const metadata = objectAt(message, 'metadata');
  if (isPrivate(message) || metadata['is_visually_hidden_from_conversation'] === true) return [];
  const author = objectAt(message, 'author');
  const content = objectAt(message, 'content');
  const kind = textOf(content['content_type']);
  switch (textOf(author['role'])) {
    case 'system': {
      const text = wordsOf(content);
      return text.trim() === '' ? [] : [{ is: 'system', text }];
    }
    case 'user': {
      const parts = partsOf(message);
      return parts.length === 0 ? [] : [{ is: 'person', parts }];
    }
    case 'assistant':
      return spoken(message, content, kind);
    case 'tool':
      return resultOf(message, textOf(author['name']), metadata, content, kind);
    default:
      return unknown(kind, content);
  }
}

function unknown(kind: string, { content_type: _, ...rest }: JsonObject): readonly SessionEvent[] {
  return Object.keys(rest).length === 0 ? [] : [{ is: 'other', kind: kind || 'message', json: rest }];
}

function spoken(message: JsonObject, content: JsonObject, kind: string): readonly SessionEvent[] {
  const recipient = textOf(message['recipient']) || 'all';
  if (kind === 'thoughts') {
    return listAt(content, 'thoughts').flatMap((thought): readonly SessionEvent[] => {
      if (!isObject(thought)) return [];
      const [summary, said] = [textOf(thought['summary']).trim(), textOf(thought['content']).trim()];
      const text =
        summary === '' || said.startsWith(summary) ? said : said === '' ? summary : `**${summary}**\n\n${said}`;
      return text === '' ? [] : [{ is: 'thought', text }];
    });
  }
  if (recipient !== 'all') {
    const code = textOf(content['text']) || wordsOf(content);
    if (code.trim() === '') return [];
    const inPython = /^(?:python|container\.exec|code_interpreter)/.test(recipient);
    const program =
      recipient.startsWith('python') || recipient === 'code_interpreter' ? ('notebook' as const) : ('shell' as const);
    return [
      {
        is: 'call',
        call: {
          id: '',
          name: recipient,
          written: code,
          input: inPython ? { code } : jsonIn(code),
          ...(inPython && { program: { code: program === 'shell' ? commandIn(code) : code, in: program } }),
        },
      },
    ];
  }
  if (kind === 'text' || kind === 'multimodal_text' || kind === '') {
    const parts = partsOf(message);
    const text = wordsOf(content);
    const words: readonly SessionEvent[] = text.trim() === '' ? [] : [{ is: 'words', text }];
    const pictures = parts.filter((part) => part.kind === 'picture');
    return pictures.length === 0 ? words : [...words, { is: 'result', callId: '', parts: pictures, from: 'picture' }];
  }
  if (kind === 'code') {
    const text = textOf(content['text']);
    return text.trim() === '' ? [] : [{ is: 'words', text: `\`\`\`\n${text}\n\`\`\`` }];
  }
  return unknown(kind, content);
}

/** `container.exec` is told an object with the words of its command. */
function commandIn(code: string): string {
  const input = jsonIn(code);
  const told = isObject(input) ? (input['cmd'] ?? input['command'] ?? null) : null;
  if (isList(told)) return textOf(told.at(-1));
  return textOf(told) || code;
}

function jsonIn(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function wordsOf(content: JsonObject): string {
  const parts = listAt(content, 'parts').flatMap((part) => {
    if (typeof part === 'string') return [part];
    return isObject(part) && typeof part['text'] === 'string' ? [part['text']] : [];
  });
  return parts.length > 0 ? parts.join('\n') : textOf(content['text']) || textOf(content['result']);
}

function partsOf(message: JsonObject): readonly SessionPart[] {
  const content = objectAt(message, 'content');
  const attachments = listAt(objectAt(message, 'metadata'), 'attachments').filter(isObject);
  const shown = new Set<string>();
  const parts = listAt(content, 'parts').flatMap((part): readonly SessionPart[] => {
    if (typeof part === 'string') return part.trim() === '' ? [] : [{ kind: 'text', text: part }];
    if (!isObject(part)) return [];
    if (part['content_type'] === 'image_asset_pointer') {
      const id = idIn(textOf(part['asset_pointer']));
      shown.add(id);
      return [
        {
          kind: 'picture',
          bytes: null,
          is: pictureOf(
            id,
            part,
            attachments.find((one) => one['id'] === id),
          ),
        },
      ];
    }
    const text = textOf(part['text']);
    return text.trim() === '' ? [] : [{ kind: 'text', text }];
  });
  const words = textOf(content['text']);
  const alone: readonly SessionPart[] =
    parts.length === 0 && words.trim() !== '' ? [{ kind: 'text', text: words }] : [];
  // Pictures that stand beside the message and nowhere in it.
  const beside = attachments.flatMap((one): readonly SessionPart[] => {
    const id = textOf(one['id']);
    if (shown.has(id) || id === '' || !textOf(one['mime_type']).startsWith('image/')) return [];
    return [{ kind: 'picture', bytes: null, is: pictureOf(id, one, one) }];
  });
  return [...beside, ...parts, ...alone];
}

/** `sediment://file_…`, `file-service://file-…`, with whatever follows the id. */
function idIn(pointer: string): string {
  const path = pointer.replace(/^[\w-]{1,30}:\/\//, '');
  return /(?:^|[/#])(file[-_][\w-]{1,200})/.exec(path)?.[1] ?? /^[\w-]{1,200}/.exec(path)?.[0] ?? '';
}

function pictureOf(id: string, part: JsonObject, attachment: JsonObject | undefined): PictureName {
  const whole = (value: Json | undefined): number | null => {
    const number = numberOf(value ?? null);
    return number !== null && Number.isInteger(number) && number > 0 ? number : null;
  };
  const width = whole(part['width'] ?? attachment?.['width']);
  const height = whole(part['height'] ?? attachment?.['height']);
  const bytes = whole(part['size_bytes'] ?? part['size'] ?? attachment?.['size']);
  const name = textOf(attachment?.['name']);
  return {
    names: name === '' ? [id] : [name, id],
    ...(id !== '' && { id }),
    ...(width !== null && height !== null && { width, height }),
    ...(bytes !== null && { bytes }),
  };
}

function resultOf(
  message: JsonObject,
  from: string,
  metadata: JsonObject,
  content: JsonObject,
  kind: string,
): readonly SessionEvent[] {
  const label = textOf(metadata['reasoning_title']);
  const ran = objectAt(metadata, 'aggregate_result');
  const text = textOf(content['text']) || wordsOf(content);
  // What stands in place of a picture is no word of the output.
  const printed = text.replaceAll('<<ImageDisplayed>>', '').trim();
  const failure = ran['in_kernel_exception'] ?? ran['system_exception'] ?? null;
  const failed = kind === 'system_error' || (failure !== null && ran['status'] !== 'success');
  const pictures = [...partsOf(message).filter((part) => part.kind === 'picture'), ...shownBy(ran)];
  const known = ['text', 'multimodal_text', 'execution_output', 'system_error', 'code', ''].includes(kind);
  const rest = known ? printed : JSON.stringify(content).slice(0, 4000);
  return [
    {
      is: 'result',
      callId: '',
      ...(from !== '' && { from }),
      ...(label !== '' && { label }),
      ...(failed && { failed }),
      parts: [...(rest === '' ? [] : [{ kind: 'text', text: rest } as const]), ...pictures],
    },
  ];
}

/** Pictures that a program showed. */
function shownBy(ran: JsonObject): readonly SessionPart[] {
  const messages = listAt(ran, 'messages').filter(isObject);
  const told = messages.filter((one) => one['message_type'] === 'image');
  const pictures = told.length > 0 ? told : listAt(ran, 'jupyter_messages').filter(isObject).flatMap(inJupyter);
  return pictures.slice(0, 200).flatMap((one): readonly SessionPart[] => {
    const id = idIn(textOf(one['image_url'] ?? one['url']));
    return [{ kind: 'picture', bytes: null, is: pictureOf(id, one, undefined) }];
  });
}

function inJupyter(message: JsonObject): readonly JsonObject[] {
  const data = objectAt(objectAt(message, 'content'), 'data');
  const newer = jsonIn(textOf(data['image/vnd.openai.fileservice2.png']));
  if (isObject(newer)) {
    const { url = null, image_width: width = null, image_height: height = null } = newer;
    return [{ url, width, height }];
  }
  const url = textOf(data['image/vnd.openai.fileservice.png']);
  return url === '' ? [] : [{ url }];
}
