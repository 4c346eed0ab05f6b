/** What a span of OpenTelemetry is, by whose attributes it has: OpenInference's, Langfuse's, MLflow's, or the conventions' own. */
import type { Json } from '@/lib/trajectory';
import type { Format } from '../contract';
import { isList, isObject, numberOf, textOf, type JsonObject } from '../json-shape';
import { itemsOfMessage, reattached } from '../protocols/chat';
import type { Item } from '../protocols/item';
import { itemsOfOtel, systemOfOtel } from './otel-messages';
import { unpacked } from '../protocols/values';
import type { RawSpan } from './raw-span';
import type { Span } from './trace';

export type TraceSystem = Extract<Format['id'], 'langfuse' | 'openinference' | 'otel' | 'mlflow'>;

const OPENINFERENCE =
  /^(?:openinference\.|llm\.(?:input_messages|output_messages|model_name|token_count|invocation_parameters))/;

/** Null where it is a span of something else. */
export function systemOfSpan({ attributes }: RawSpan): TraceSystem | null {
  let found: TraceSystem | null = null;
  for (const key of attributes.keys()) {
    if (key.startsWith('mlflow.')) return 'mlflow';
    if (key.startsWith('langfuse.')) return 'langfuse';
    if (OPENINFERENCE.test(key)) return 'openinference';
    if (/^gen_ai\.|^pydantic_ai\./.test(key)) found = 'otel';
  }
  return found;
}

export function spanOf(raw: RawSpan): Span | null {
  const system = systemOfSpan(raw);
  const { trace, id, name, start, error } = raw;
  const base = { trace, id, name, start, error, callId: '', model: '' };
  const at = (...keys: readonly string[]): Json => {
    for (const key of keys) if (raw.attributes.has(key)) return raw.attributes.get(key) ?? null;
    return null;
  };
  switch (system) {
    case 'langfuse':
      return {
        ...base,
        kind: kindOf(textOf(at('langfuse.observation.type'))),
        input: unpacked(at('langfuse.observation.input', 'langfuse.trace.input')),
        output: unpacked(at('langfuse.observation.output', 'langfuse.trace.output')),
        model: textOf(at('langfuse.observation.model.name')),
      };
    case 'mlflow':
      return {
        ...base,
        kind: kindOf(textOf(unpacked(at('mlflow.spanType')))),
        input: unpacked(at('mlflow.spanInputs')),
        output: unpacked(at('mlflow.spanOutputs')),
        model: textOf(unpacked(at('mlflow.llm.model'))),
      };
    case 'openinference': {
      const kind = textOf(at('openinference.span.kind'));
      return {
        ...base,
        kind: kindOf(kind === '' ? 'LLM' : kind),
        name: textOf(at('tool.name')) || name,
        input: unpacked(at('input.value')),
        output: unpacked(at('output.value')),
        model: textOf(at('llm.model_name', 'llm.request.model_name')),
        items: { input: flatItems(raw, 'llm.input_messages'), output: flatItems(raw, 'llm.output_messages') },
      };
    }
    case 'otel':
      return otelSpan(raw, base, at);
    case null:
      return null;
    default:
      return system satisfies never;
  }
}

export function kindOf(type: string): Span['kind'] {
  if (/^(?:generation|llm|chat_?model|chat|embedding|completion)$/i.test(type)) return 'model';
  return /^tool$/i.test(type) ? 'tool' : 'whole';
}

function otelSpan(
  raw: RawSpan,
  base: Omit<Span, 'kind' | 'input' | 'output'>,
  at: (...keys: readonly string[]) => Json,
): Span {
  const operation = textOf(at('gen_ai.operation.name'));
  const model = textOf(at('gen_ai.response.model', 'gen_ai.request.model', 'model_name'));
  if (operation === 'execute_tool') {
    return {
      ...base,
      kind: 'tool',
      name: textOf(at('gen_ai.tool.name')) || raw.name,
      callId: textOf(at('gen_ai.tool.call.id')),
      input: unpacked(at('gen_ai.tool.call.arguments', 'tool_arguments')),
      output: at('gen_ai.tool.call.result', 'tool_response'),
    };
  }
  const whole = at('pydantic_ai.all_messages', 'all_messages_events');
  const input = unpacked(whole ?? at('gen_ai.input.messages', 'gen_ai.prompt'));
  const output = unpacked(whole === null ? at('gen_ai.output.messages', 'gen_ai.completion') : null);
  const messagesOf = (value: Json): readonly JsonObject[] =>
    isList(value) ? value.filter(isObject) : isObject(value) ? [value] : [];
  const system = systemOfOtel(unpacked(at('gen_ai.system_instructions')));
  // OpenLLMetry takes messages apart into attributes.
  const apart = { input: flatItems(raw, 'gen_ai.prompt'), output: flatItems(raw, 'gen_ai.completion') };
  const asks = /^(?:chat|generate_content|text_completion)$/.test(operation);
  return {
    ...base,
    kind: asks || apart.output.length > 0 ? 'model' : 'whole',
    model,
    input,
    output,
    items: {
      input: [...system, ...itemsOfOtel(messagesOf(input)), ...apart.input],
      output: [...itemsOfOtel(messagesOf(output)), ...apart.output],
    },
  };
}

const MOST_MESSAGES = 2000;

/** Messages that were taken apart into attributes, put together again; they are numbered from 0 or from 1. */
function flatItems({ attributes }: RawSpan, under: string): readonly Item[] {
  const messages = new Map<number, Map<string, Json>>();
  for (const [key, value] of attributes) {
    if (!key.startsWith(`${under}.`)) continue;
    const [number = '', ...rest] = key.slice(under.length + 1).split('.');
    const index = numberOf(number);
    if (index === null || index < 0 || index > MOST_MESSAGES) continue;
    const own = messages.get(index) ?? new Map<string, Json>();
    own.set(rest.join('.').replace(/^message\./, ''), value);
    messages.set(index, own);
  }
  const told = [...messages].toSorted(([a], [b]) => a - b).flatMap(([, flat]) => itemsOfFlat(flat));
  return reattached(told);
}

function itemsOfFlat(flat: ReadonlyMap<string, Json>): readonly Item[] {
  const at = (key: string): Json => flat.get(key) ?? null;
  const role = textOf(at('role'));
  const parts: JsonObject[] = [];
  const thoughts: string[] = [];
  for (let index = 0; index < 200; index += 1) {
    const own = `contents.${index}.message_content`;
    const [text, url] = [at(`${own}.text`), at(`${own}.image.image.url`)];
    if (typeof url === 'string') parts.push({ type: 'image_url', image_url: { url } });
    else if (at(`${own}.type`) === 'reasoning') thoughts.push(textOf(text));
    else if (typeof text === 'string') parts.push({ type: 'text', text });
    else if (!flat.has(`${own}.type`)) break;
  }
  const calls: JsonObject[] = [];
  for (let index = 0; index < 200; index += 1) {
    const own = [`tool_calls.${index}.tool_call.function.`, `tool_calls.${index}.`].find((one) =>
      flat.has(`${one}name`),
    );
    if (own === undefined) break;
    const id = textOf(at(`tool_calls.${index}.tool_call.id`)) || textOf(at(`tool_calls.${index}.id`));
    calls.push({ id, function: { name: textOf(at(`${own}name`)), arguments: textOf(at(`${own}arguments`)) || '{}' } });
  }
  const content = at('content');
  const said = typeof content === 'string' && /^\s*\[\s*\{/.test(content.slice(0, 100)) ? unpacked(content) : content;
  return itemsOfMessage({
    role: role === 'model' ? 'assistant' : role,
    content:
      parts.length > 0
        ? parts
        : isList(said) || typeof said === 'string'
          ? said
          : typeof content === 'string'
            ? content
            : null,
    tool_calls: calls,
    reasoning_content: thoughts.join('\n\n'),
    tool_call_id: textOf(at('tool_call_id')),
  });
}
