/**
 * A message of a conversation, whoever wrote it down: OpenAI's parts and tool calls, Qwen-Agent's, Anthropic's, Gemini's, ShareGPT's `from` and
 * `value`.
 */
import type { Json } from '@/lib/trajectory';
import { isList, isObject, textOf, type JsonObject } from './json-shape';
import { objectIn } from './lenient-json';
import { pictureAt, type PicturePart } from './picture-address';
import { isPicturePath } from './picture-name';

export { pictureAt } from './picture-address';

export type MessagePart = { readonly kind: 'text'; readonly text: string } | PicturePart;

export interface MessageCall {
  readonly id: string;
  readonly name: string;
  /** As written. */
  readonly written: string;
  readonly input: Json;
}

export interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly parts: readonly MessagePart[];
  readonly calls: readonly MessageCall[];
  /** Thoughts that stand beside the words. */
  readonly reasoning: string;
  /** Of a tool's: the call it answers. */
  readonly callId: string;
  readonly json: JsonObject;
  /** Of a tool's: it failed, as the log says in so many words. */
  readonly failed?: boolean;
  /** Of the model's: the turn that the message before began. */
  readonly continues?: boolean;
  /** Of the model's: its turn goes on and calls, so that its words are no answer. */
  readonly goesOn?: boolean;
  /** Tokens, as far as the log tells: of the prompt, of these those that were cached, and those written. */
  readonly used?: { readonly prompt: number | null; readonly reused: number | null; readonly output: number | null };
  /** It is none: something that is kept as it is. */
  readonly other?: { readonly kind: string; readonly json: Json };
}

const ROLES: Readonly<Record<string, Message['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  gpt: 'assistant',
  model: 'assistant',
  bot: 'assistant',
  function_call: 'assistant',
  tool: 'tool',
  function: 'tool',
  observation: 'tool',
  tool_response: 'tool',
};

export function isMessage(json: Json | undefined): json is JsonObject {
  if (!isObject(json)) return false;
  // What a program says of itself has such types, too: of LangChain's, what a person or a model says is told apart.
  if (/^(?:user|assistant)$/.test(textOf(langChainMessage(json)?.['role']))) return true;
  const role = roleOf(json);
  const says = ['content', 'value', 'tool_calls', 'function_call', 'parts'].some((key) => Object.hasOwn(json, key));
  return Object.hasOwn(ROLES, role) && says;
}

const roleOf = (json: JsonObject): string => textOf(json['role'] ?? json['from'] ?? json['sender']);

const CHAINED: Readonly<Record<string, string>> = {
  human: 'user',
  ai: 'assistant',
  system: 'system',
  tool: 'tool',
  function: 'tool',
  chat: 'user',
};

/** LangChain's message as Chat has it; null where it is none. */
export function langChainMessage(json: JsonObject): JsonObject | null {
  const inner = [json['kwargs'], json['data']].find((one): one is JsonObject => isObject(one ?? null)) ?? json;
  const named = isList(json['id']) ? textOf(json['id'].at(-1)) : textOf(json['type']);
  const kind = /^(human|ai|system|tool|function|chat)(?:message)?(?:chunk)?$/i.exec(named)?.[1]?.toLowerCase();
  if (kind === undefined || !('content' in inner) || 'role' in json) return null;
  const listed = (value: Json | undefined) => (isList(value) ? value.filter(isObject) : []);
  const calls = listed(inner['tool_calls']).map((call) => ({
    id: call['id'] ?? '',
    function: { name: call['name'] ?? '', arguments: JSON.stringify(call['args'] ?? {}) },
  }));
  const beside = isObject(inner['additional_kwargs']) ? inner['additional_kwargs'] : {};
  return {
    ...inner,
    role: CHAINED[kind] ?? 'user',
    tool_calls: calls.length > 0 ? calls : (beside['tool_calls'] ?? []),
    reasoning_content: beside['reasoning_content'] ?? null,
  };
}

export function readMessage(told: JsonObject): Message {
  const json = langChainMessage(told) ?? told;
  const role = ROLES[roleOf(json)] ?? 'user';
  const parts = [...partsOf(json['content'] ?? json['value'] ?? json['parts'] ?? null), ...filesOf(json)];
  const content = json['content'] ?? json['parts'];
  const blocks = isList(content) ? content.filter(isObject) : [];
  const answers = blocks.find((block) => block['type'] === 'tool_result' || isObject(block['functionResponse']));
  return {
    // Anthropic's results come as the user's, and Gemini's.
    role: answers && role === 'user' ? 'tool' : role,
    parts,
    calls: callsOf(json, blocks),
    reasoning: reasoningOf(json, blocks),
    callId: textOf(json['tool_call_id'] ?? answers?.['tool_use_id']),
    json,
  };
}

/** Chat apps lay files beside the words: what is a picture is shown, or asked for by its name. */
function filesOf({ files }: JsonObject): readonly MessagePart[] {
  if (!isList(files)) return [];
  return files.filter(isObject).flatMap((file): readonly MessagePart[] => {
    const address = textOf(file['url']) || textOf(file['file_name']) || textOf(file['name']);
    const isPicture = /^image\b/.test(textOf(file['type'])) || /^data:image\//.test(address.slice(0, 20));
    return address !== '' && (isPicture || isPicturePath(address)) ? [pictureAt(address)] : [];
  });
}

function reasoningOf(json: JsonObject, blocks: readonly JsonObject[]): string {
  const beside = json['reasoning_content'] ?? json['reasoning'] ?? json['thinking'];
  if (typeof beside === 'string') return beside;
  if (isList(beside))
    return partsOf(beside)
      .flatMap((part) => (part.kind === 'text' ? [part.text] : []))
      .join('\n');
  return blocks
    .flatMap((block) =>
      block['thought'] === true
        ? [textOf(block['text'])]
        : block['type'] === 'thinking' || block['type'] === 'reasoning'
          ? [textOf(block['thinking'] ?? block['reasoning'])]
          : [],
    )
    .join('\n');
}

function callsOf(json: JsonObject, blocks: readonly JsonObject[]): readonly MessageCall[] {
  const listed = isList(json['tool_calls']) ? json['tool_calls'].filter(isObject) : [];
  const one = isObject(json['function_call']) ? [json['function_call']] : [];
  const used = blocks.filter(({ type }) => type === 'tool_use');
  const asked = blocks.flatMap(({ functionCall }) => (isObject(functionCall) ? [functionCall] : []));
  return [...listed, ...one, ...used, ...asked].map((call) => {
    const named = isObject(call['function']) ? call['function'] : call;
    const written = named['arguments'] ?? named['input'] ?? named['args'] ?? null;
    return {
      id: textOf(call['id']),
      name: textOf(named['name'] ?? (typeof call['function'] === 'string' ? call['function'] : '')),
      written: typeof written === 'string' ? written : JSON.stringify(written),
      input: typeof written === 'string' ? (objectIn(written) ?? written) : written,
    };
  });
}

/** Parts of a message's content, in their order. */
export function partsOf(content: Json): readonly MessagePart[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  if (isObject(content)) return partsOf([content]);
  if (!isList(content)) return [];
  return content.flatMap((part): readonly MessagePart[] => {
    if (typeof part === 'string') return part === '' ? [] : [{ kind: 'text', text: part }];
    if (!isObject(part)) return [];
    if (part['type'] === 'tool_result') return partsOf(part['content'] ?? null);
    if (part['thought'] === true) return [];
    if (isObject(part['functionResponse']))
      return [{ kind: 'text', text: JSON.stringify(part['functionResponse']['response'] ?? null) }];
    const picture = pictureOf(part);
    if (picture) return [picture];
    const text = part['text'] ?? (isTextPart(part) ? (part['value'] ?? part['content']) : undefined);
    return typeof text === 'string' && text !== '' ? [{ kind: 'text', text }] : [];
  });
}

function isTextPart({ type }: JsonObject): boolean {
  return type === undefined || (typeof type === 'string' && /text/.test(type));
}

/** What parts without a type call a picture. */
const PICTURES = ['image_url', 'image', 'inlineData', 'fileData'] as const;

function pictureOf(part: JsonObject): MessagePart | null {
  const { type } = part;
  const isPicture = typeof type === 'string' ? /image/.test(type) : PICTURES.some((key) => Object.hasOwn(part, key));
  if (!isPicture) return null;
  for (const value of [...PICTURES.map((key) => part[key]), part['source'], part['value'], part]) {
    const found = typeof value === 'string' ? value : isObject(value) ? addressIn(value) : null;
    if (found !== null) return pictureAt(found);
  }
  return { kind: 'picture', bytes: '', name: '' };
}

function addressIn(value: JsonObject): string | null {
  for (const key of ['url', 'path', 'image', 'file', 'fileUri', 'data', 'base64', 'value', 'file_id', 'filename']) {
    const at = value[key];
    if (typeof at === 'string')
      return key === 'data' || key === 'base64' ? (at.startsWith('data:') ? at : `data:;base64,${at}`) : at;
  }
  return null;
}

/** All of a message's words, one after the other. */
export function wordsIn({ parts }: Message): string {
  return parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n');
}
