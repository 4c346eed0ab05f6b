/** Items of a Codex session as what happened. */
import type { Json } from '@/lib/trajectory';
import { isList, isObject, textOf, type JsonObject } from '../json-shape';
import type { SessionCall, SessionEvent, SessionPart } from '../sessions/event';
import { pictureAt } from '../message';

/** What the program puts before a person's words: instructions, the machine, permissions. */
const CONTEXT =
  /^\s{0,20}(?:# AGENTS\.md instructions|<(?:environment_context|user_instructions|INSTRUCTIONS|permissions instructions|permissions|collaboration_mode|apps_instructions|skills_instructions|plugins_instructions|turn_aborted|user_shell_command|model_switch|personality_spec)\b)/;

/** `<image name=[Image #1] path="/tmp/shot.png">` */
const OPENS = /^\s{0,9}<image\b([^>]{0,2000})>\s{0,9}$/;
const CLOSES = /^\s{0,9}<\/image>\s{0,9}$/;

export function viewedBy(item: JsonObject): readonly string[] {
  if (item['type'] !== 'function_call' || item['name'] !== 'view_image') return [];
  const path = textOf(inputOf(item['arguments'])['path']);
  return path === '' ? [] : [path.slice(path.lastIndexOf('/') + 1).toLowerCase()];
}

export function createItemReader() {
  let hidden = 0;
  /** A picture that was asked for comes as a person's message. */
  let awaited: string | null = null;

  const message = (item: JsonObject): readonly SessionEvent[] => {
    const role = textOf(item['role']);
    if (role === 'assistant') {
      const text = textsOf(item['content'] ?? null).join('\n');
      return text.trim() === '' ? [] : [{ is: 'words', text }];
    }
    if (role !== 'user') {
      hidden += 1;
      return [];
    }
    const parts = partsOf(item['content'] ?? null);
    const own = parts.filter((part) => part.kind === 'picture' || !CONTEXT.test(part.text));
    hidden += parts.length - own.length;
    if (own.length === 0) return [];
    const waits = awaited;
    awaited = null;
    if (waits !== null && own.every(({ kind }) => kind === 'picture'))
      return [{ is: 'result', callId: waits, parts: own }];
    return [{ is: 'person', parts: own }];
  };

  const output = (item: JsonObject): readonly SessionEvent[] => {
    const callId = textOf(item['call_id']);
    const { parts, failed } = outputOf(item['output'] ?? null);
    const [only] = parts;
    // The picture itself follows, as a message.
    if (parts.length === 1 && only?.kind === 'text' && /^attached local image path/.test(only.text)) {
      awaited = callId;
      return [];
    }
    return [{ is: 'result', callId, parts, ...(failed && { failed }) }];
  };

  const item = (one: JsonObject): readonly SessionEvent[] => {
    const type = textOf(one['type']);
    switch (type) {
      case 'message':
        return message(one);
      case 'reasoning': {
        const said =
          [...textsOf(one['summary'] ?? null), ...textsOf(one['content'] ?? null)].join('\n\n') || textOf(one['text']);
        return said.trim() === '' ? [] : [{ is: 'thought', text: said }];
      }
      case 'function_call':
      case 'custom_tool_call':
      case 'local_shell_call':
        return [{ is: 'call', call: callOf(one) }];
      case 'function_call_output':
      case 'custom_tool_call_output':
      case 'local_shell_call_output':
        return output(one);
      case 'ghost_snapshot':
        return [];
      default:
        return [{ is: 'other', kind: type || 'item', json: one }];
    }
  };

  return {
    hidden: () => hidden,
    /** @param type the line's */
    events(type: string, payload: JsonObject): readonly SessionEvent[] {
      switch (type) {
        case 'response_item':
          return item(payload);
        case 'event_msg':
          return eventsOf(payload);
        case 'compacted':
          return [{ is: 'other', kind: 'compacted', json: { message: textOf(payload['message']).slice(0, 20_000) } }];
        case 'item.completed':
          return done(payload);
        case 'message':
        case 'reasoning':
        case 'function_call':
        case 'function_call_output':
        case 'local_shell_call':
        case 'custom_tool_call':
        case 'custom_tool_call_output':
          return item(payload);
        default:
          return [];
      }
    },
  };
}

function textsOf(content: Json): readonly string[] {
  if (typeof content === 'string') return [content];
  if (!isList(content)) return [];
  return content.filter(isObject).map((part) => textOf(part['text'] ?? part['refusal']));
}

function partsOf(content: Json): readonly SessionPart[] {
  if (typeof content === 'string') return content.trim() === '' ? [] : [{ kind: 'text', text: content }];
  if (!isList(content)) return [];
  let path = '';
  return content.filter(isObject).flatMap((part): readonly SessionPart[] => {
    const type = textOf(part['type']);
    if (type === 'input_image' || type === 'image' || type === 'output_image') {
      const { image_url: url } = part;
      const address = textOf(isObject(url) ? url['url'] : url) || textOf(part['file_id'] ?? part['data']);
      const at = pictureAt(address);
      const names = [path, at.name].filter((name) => name !== '');
      path = '';
      return [{ kind: 'picture', bytes: at.bytes, is: { names } }];
    }
    const text = textOf(part['text'] ?? part['refusal']);
    const opened = OPENS.exec(text)?.[1];
    if (opened !== undefined) {
      path = /\bpath="([^"]{1,1000})"/.exec(opened)?.[1] ?? '';
      return [];
    }
    return CLOSES.test(text) || text.trim() === '' ? [] : [{ kind: 'text', text }];
  });
}

function inputOf(written: Json | undefined): JsonObject {
  if (isObject(written)) return written;
  try {
    const read = JSON.parse(textOf(written)) as Json;
    return isObject(read) ? read : {};
  } catch {
    return {};
  }
}

function callOf(item: JsonObject): SessionCall {
  const action = isObject(item['action'] ?? null) ? (item['action'] as JsonObject) : null;
  const written = item['arguments'] ?? item['input'] ?? null;
  const input = action ?? inputOf(written);
  const name = textOf(item['name']) || (action ? 'shell' : textOf(item['type']));
  const command = commandOf(input['command'] ?? input['cmd'] ?? null);
  const code = textOf(input['code']);
  const views = name === 'view_image' ? textOf(input['path']) : '';
  return {
    id: textOf(item['call_id'] ?? item['id']),
    name,
    written: command || code || (typeof written === 'string' ? written : JSON.stringify(written ?? input)),
    input: Object.keys(input).length > 0 ? input : written,
    ...(command !== '' && { program: { code: command, in: 'shell' as const } }),
    ...(command === '' && code !== '' && { program: { code, in: 'notebook' as const } }),
    ...(views !== '' && { views }),
  };
}

/** A line, or the words of one: `["bash", "-lc", "…"]`. */
function commandOf(command: Json): string {
  if (typeof command === 'string') return command;
  if (!isList(command)) return '';
  const words = command.map(textOf);
  const at = words.findIndex((word) => /^-l?c$/.test(word));
  if (at > 0 && /(?:sh|zsh)$/.test(words[0] ?? '')) return words[at + 1] ?? '';
  return words.map((word) => (/^[\w./=:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}

/** A text, JSON in one with the exit code beside it, or parts with pictures. */
function outputOf(output: Json): { readonly parts: readonly SessionPart[]; readonly failed: boolean } {
  if (isObject(output)) {
    const parts = partsOf(output['content_items'] ?? output['content'] ?? output['output'] ?? null);
    return { parts, failed: output['success'] === false };
  }
  if (typeof output === 'string' && output.startsWith('{"')) {
    const told = inputOf(output);
    if (typeof told['output'] === 'string') {
      const metadata = isObject(told['metadata'] ?? null) ? (told['metadata'] as JsonObject) : {};
      const code = metadata['exit_code'] ?? null;
      return { parts: partsOf(told['output']), failed: typeof code === 'number' && code !== 0 };
    }
  }
  const exit =
    typeof output === 'string'
      ? /^(?:Exit code|Process exited with code):? (\d{1,3})\b/m.exec(output.slice(0, 400))
      : null;
  return { parts: partsOf(output), failed: exit !== null && exit[1] !== '0' };
}

/** Of files without items. */
function eventsOf(payload: JsonObject): readonly SessionEvent[] {
  const message = textOf(payload['message'] ?? payload['text']);
  switch (textOf(payload['type'])) {
    case 'user_message': {
      const images = isList(payload['images'] ?? null) ? (payload['images'] as readonly Json[]) : [];
      const local = isList(payload['local_images'] ?? null) ? (payload['local_images'] as readonly Json[]) : [];
      const pictures = images.length > 0 ? images : local;
      const parts = pictures.map((one, at): SessionPart => {
        const picture = pictureAt(textOf(one));
        const names = [textOf(local[at] ?? null), picture.name].filter((name) => name !== '');
        return { kind: 'picture', bytes: picture.bytes, is: { names } };
      });
      const words: readonly SessionPart[] = message.trim() === '' ? [] : [{ kind: 'text', text: message }];
      return [{ is: 'person', parts: [...parts, ...words] }];
    }
    case 'agent_message':
      return message.trim() === '' ? [] : [{ is: 'words', text: message }];
    case 'agent_reasoning':
      return message.trim() === '' ? [] : [{ is: 'thought', text: message }];
    case 'exec_command_begin':
      return [
        { is: 'call', call: callOf({ ...payload, name: 'shell', action: { command: payload['command'] ?? null } }) },
      ];
    case 'exec_command_end':
      return [
        {
          is: 'result',
          callId: textOf(payload['call_id']),
          parts: partsOf(payload['aggregated_output'] ?? payload['stdout'] ?? null),
        },
      ];
    default:
      return [];
  }
}

/** What `codex exec --json` tells when something is done. */
function done(item: JsonObject): readonly SessionEvent[] {
  const text = textOf(item['text']);
  const id = textOf(item['id']);
  switch (textOf(item['type'] ?? item['item_type'])) {
    case 'agent_message':
    case 'assistant_message':
      return text.trim() === '' ? [] : [{ is: 'words', text }];
    case 'reasoning':
      return text.trim() === '' ? [] : [{ is: 'thought', text }];
    case 'command_execution': {
      const call = callOf({ id, name: 'shell', arguments: { command: item['command'] ?? null } });
      const failed = typeof item['exit_code'] === 'number' && item['exit_code'] !== 0;
      return [
        { is: 'call', call },
        { is: 'result', callId: id, parts: partsOf(item['aggregated_output'] ?? null), ...(failed && { failed }) },
      ];
    }
    default:
      return [{ is: 'other', kind: textOf(item['type']) || 'item', json: item }];
  }
}
