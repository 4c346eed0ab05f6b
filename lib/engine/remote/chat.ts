/**
 * Chat Completions, as vLLM, SGLang, llama.cpp, Ollama, LM Studio and most providers speak it. A picture may stand in a user's turn only: what
 * a call of the server's own came to is told in words, and its picture follows in a turn of its own.
 */
import { chatChunk, type ChatChunk, type ToldLogprob } from '@/lib/wire';
import type { ToldToken } from './align';
import { NOT_CARRIED_OUT, pictureOfCall } from './calls-told';
import { faultOf, readFault } from './faults';
import { gbnfOf, regexOf } from './grammar';
import {
  picturesIn,
  wordsIn,
  type Call,
  type Order,
  type Part,
  type ResultTurn,
  type Turn,
  type Wire,
  type WireEvent,
} from './wire';

/** Alternatives that are asked for, as an engine in this page tells them. */
const ALTERNATIVES = 5;

/** Names that servers use in a refusal, and the settings that go with each. */
const OPTIONAL = [
  'logprobs',
  'stream_options',
  'seed',
  'top_k',
  'top_p',
  'temperature',
  'max_tokens',
  'return_progress',
  'reasoning_format',
  'grammar',
  'structured_outputs',
  'cache_prompt',
  'skip_special_tokens',
] as const;

export const chat: Wire = {
  id: 'chat',
  echoes: false,
  models: '/models',
  headers: (key) => (key === null ? {} : { authorization: `Bearer ${key}` }),
  optional: OPTIONAL,
  ask(order) {
    const { model, turns, tools, sampling, maxNewTokens, kind, grammar, without } = order;
    const own = kind === 'other' ? {} : { top_k: sampling.topK > 0 ? sampling.topK : undefined };
    const settings: Record<string, unknown> = {
      temperature: sampling.temperature,
      top_p: sampling.topP < 1 ? sampling.topP : undefined,
      seed: sampling.seed,
      max_tokens: maxNewTokens,
      stream_options: { include_usage: true },
      logprobs: true,
      ...own,
      ...(kind === 'llama.cpp' && {
        return_progress: true,
        // Else it takes tags out of the words and loses tokens on the way.
        reasoning_format: tools.length === 0 ? 'none' : undefined,
        grammar: grammar ? gbnfOf(grammar) : undefined,
        cache_prompt: true,
      }),
      // Its calls are made of control tokens, which these servers else leave out of the words.
      ...((kind === 'vllm' || kind === 'sglang') &&
        tools.length === 0 &&
        /gemma-?4/i.test(model) && { skip_special_tokens: false }),
      ...(kind === 'vllm' && grammar && { structured_outputs: { regex: regexOf(grammar) } }),
    };
    const kept = Object.entries(settings).filter(([name, value]) => value !== undefined && !without.has(name));
    return {
      path: '/chat/completions',
      body: {
        model,
        messages: messagesOf(turns, order),
        stream: true,
        ...Object.fromEntries(kept),
        ...(!without.has('logprobs') && { top_logprobs: ALTERNATIVES }),
        ...(without.has('max_tokens') && { max_completion_tokens: maxNewTokens }),
        ...(tools.length > 0 && { tools }),
      },
    };
  },
  reader: createReader,
};

type ChatMessage = Readonly<Record<string, unknown>>;

function contentOf(parts: readonly Part[]): unknown {
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only && 'text' in only) return only.text;
  return parts.map((part) =>
    'text' in part
      ? { type: 'text', text: part.text }
      : { type: 'image_url', image_url: { url: `data:${part.picture.type};base64,${part.picture.base64}` } },
  );
}

function messagesOf(turns: readonly Turn[], { host, thoughtsIn }: Order): readonly ChatMessage[] {
  const messages: ChatMessage[] = [];
  /** Of the calls of the last turn: every one of them is told before anything else may follow. */
  let results: ResultTurn[] = [];
  let calls: readonly Call[] = [];
  const settle = () => {
    if (results.length > 0) messages.push(...resultMessages(calls, results, host));
    [results, calls] = [[], []];
  };
  for (const turn of turns) {
    if (turn.role === 'result') {
      results.push(turn);
      continue;
    }
    settle();
    if (turn.role === 'system') messages.push({ role: 'system', content: turn.text });
    else if (turn.role === 'user') messages.push({ role: 'user', content: contentOf(turn.parts) });
    else {
      messages.push(modelMessage(turn, thoughtsIn));
      calls = turn.calls;
    }
  }
  settle();
  return messages;
}

function resultMessages(calls: readonly Call[], results: readonly ResultTurn[], host: string): readonly ChatMessage[] {
  const told = calls.map(({ id }) => {
    const result = results.find(({ call }) => call.id === id);
    return { role: 'tool', tool_call_id: id, content: result ? wordsIn(result.parts) : NOT_CARRIED_OUT };
  });
  const shown = results.flatMap(({ number, of, parts }): Part[] => {
    const pictures = picturesIn(parts).map((picture) => ({ picture }));
    return of > 1 && pictures.length > 0 ? [{ text: pictureOfCall(number) }, ...pictures] : pictures;
  });
  if (shown.length === 0) return told;
  // Mistral's own templates take no user's turn right after a tool's.
  const between = /(^|\.)mistral\.ai(:|$)/i.test(host) ? [{ role: 'assistant', content: 'OK' }] : [];
  return [...told, ...between, { role: 'user', content: contentOf(shown) }];
}

function modelMessage(turn: Extract<Turn, { role: 'model' }>, thoughtsIn: string | null): ChatMessage {
  const { text, thought, words, calls } = turn;
  // Text that came as text goes back as text.
  if (calls.length === 0 && thoughtsIn === null) return { role: 'assistant', content: text };
  const thoughts = thoughtsIn !== null && thought !== '' ? { [thoughtsIn]: thought } : {};
  if (calls.length === 0) return { role: 'assistant', content: withoutThought(text), ...thoughts };
  return {
    role: 'assistant',
    content: words.trim() === '' ? null : words,
    ...thoughts,
    tool_calls: calls.map(({ id, name, written }) => ({
      id,
      type: 'function',
      function: { name, arguments: written },
    })),
  };
}

const withoutThought = (text: string): string => text.replace(/^\s*<think>.*?<\/think>\s*/s, '');

function createReader(): ReturnType<Wire['reader']> {
  return ({ data }) => {
    if (data === '[DONE]') return [];
    let json: unknown;
    try {
      json = JSON.parse(data);
    } catch {
      return [{ type: 'problem', problem: { code: 'not-an-api' } }];
    }
    const read = chatChunk.safeParse(json);
    if (!read.success) return [problemOf(data)];
    const chunk = read.data;
    const events: WireEvent[] = [];
    if (chunk.prompt_progress) {
      const { processed, total } = chunk.prompt_progress;
      events.push({ type: 'progress', done: processed, total });
    }
    events.push(...wordsOf(chunk), ...usageOf(chunk));
    const finished = chunk.choices[0]?.finish_reason;
    if (finished) events.push({ type: 'end', reason: finished === 'length' ? 'length' : 'stop' });
    return events;
  };
}

/** In a stream a fault comes as a chunk, with the status that is too late for a header. */
function problemOf(data: string): WireEvent {
  const said = readFault(data);
  if (said === null) return { type: 'problem', problem: { code: 'not-an-api' } };
  const status = Number(/\b([45]\d\d)\b/.exec(said.code)?.[1] ?? 500);
  return { type: 'problem', problem: faultOf({ status, body: data, model: '', key: null }) };
}

function wordsOf({ choices }: ChatChunk): WireEvent[] {
  const [choice] = choices;
  const delta = choice?.delta ?? choice?.message;
  if (!choice || !delta) return [];
  const events: WireEvent[] = [];
  const tokens = choice.logprobs?.content?.flatMap(toldOf) ?? null;
  const thought = thoughtOf(delta);
  if (thought)
    events.push({ type: 'thought', text: thought.text, told: delta.content ? null : tokens, name: thought.name });
  if (delta.content || (tokens && !thought)) events.push({ type: 'words', text: delta.content ?? '', told: tokens });
  for (const [at, call] of (delta.tool_calls ?? []).entries()) {
    const given = call.function?.arguments ?? '';
    const written = typeof given === 'string' ? given : JSON.stringify(given);
    events.push({ type: 'call', index: call.index ?? at, name: call.function?.name ?? undefined, written });
  }
  return events;
}

function thoughtOf(delta: NonNullable<ChatChunk['choices'][number]['delta']>): { name: string; text: string } | null {
  for (const name of ['reasoning_content', 'reasoning', 'thinking'] as const) {
    const text = delta[name];
    if (text) return { name, text };
  }
  return null;
}

function toldOf({ token, bytes, id, logprob, top_logprobs }: ToldLogprob): ToldToken[] {
  if (logprob === null || logprob === undefined) return [];
  return [
    {
      id: id ?? null,
      bytes: bytes ? Uint8Array.from(bytes) : new TextEncoder().encode(token),
      logprob,
      top: (top_logprobs ?? []).map((other) => ({
        id: other.id ?? null,
        text: other.token,
        logprob: other.logprob ?? 0,
      })),
    },
  ];
}

function usageOf({ usage, timings }: ChatChunk): WireEvent[] {
  if (!usage && !timings) return [];
  const told = timings && {
    prompt: (timings.cache_n ?? 0) + (timings.prompt_n ?? 0),
    cached: timings.cache_n,
    output: timings.predicted_n,
    prefillMs: timings.prompt_ms,
    decodeMs: timings.predicted_ms,
  };
  return [
    {
      type: 'usage',
      usage: {
        ...told,
        ...(usage && {
          prompt: usage.prompt_tokens,
          output: usage.completion_tokens,
          ...(usage.prompt_tokens_details && { cached: usage.prompt_tokens_details.cached_tokens }),
        }),
      },
    },
  ];
}
