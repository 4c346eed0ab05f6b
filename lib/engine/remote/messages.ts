/**
 * Anthropic's Messages. A picture may stand in a tool's result; thinking and its signature go back as they came. From a page it takes a header
 * that says that this is meant.
 */
import { messagesEvent, type MessagesBlock } from '@/lib/wire';
import { faultOf } from './faults';
import { givenIn } from './history';
import { NOT_CARRIED_OUT } from './calls-told';
import type { Part, Turn, Wire, WireEvent } from './wire';

const VERSION = '2023-06-01';

export const messages: Wire = {
  id: 'messages',
  echoes: true,
  models: '/models?limit=1000',
  headers: (key) => ({
    'anthropic-version': VERSION,
    'anthropic-dangerous-direct-browser-access': 'true',
    ...(key !== null && { 'x-api-key': key }),
  }),
  optional: ['temperature', 'top_p', 'top_k'],
  ask({ model, turns, tools, sampling, maxNewTokens, without }) {
    const system = turns.flatMap((turn) => (turn.role === 'system' ? [turn.text] : [])).join('\n\n');
    // Of temperature and top-p newer models take one.
    const settings = {
      temperature: sampling.temperature === 0 || sampling.topP === 1 ? Math.min(1, sampling.temperature) : undefined,
      top_p: sampling.topP < 1 ? sampling.topP : undefined,
      top_k: sampling.topK > 0 ? sampling.topK : undefined,
    };
    const kept = Object.entries(settings).filter(([name, value]) => value !== undefined && !without.has(name));
    return {
      path: '/messages',
      body: {
        model,
        max_tokens: maxNewTokens,
        stream: true,
        ...(system !== '' && { system }),
        messages: joined(turns.flatMap((turn) => messageOf(turn, tools.length > 0))),
        ...(tools.length > 0 && {
          tools: tools.map(({ function: { name, description, parameters } }) => ({
            name,
            description,
            input_schema: parameters,
          })),
        }),
        ...Object.fromEntries(kept),
      },
    };
  },
  reader: createReader,
};

interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: readonly unknown[];
}

function messageOf(turn: Turn, native: boolean): readonly Message[] {
  switch (turn.role) {
    case 'system':
      return [];
    case 'user':
      return [{ role: 'user', content: contentOf(turn.parts) }];
    case 'model': {
      const { echo, text, words, calls } = turn;
      if (isBlocks(echo)) return [{ role: 'assistant', content: echo }];
      // An empty text is refused.
      const said = native ? words : text;
      const content = [
        ...(said.trim() === '' ? [] : [{ type: 'text', text: said.trimEnd() }]),
        ...calls.map((call) => ({ type: 'tool_use', id: call.id, name: call.name, input: givenIn(call) })),
      ];
      return content.length === 0 ? [] : [{ role: 'assistant', content }];
    }
    case 'result': {
      const { call, parts, failed } = turn;
      return [
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: call.id, content: contentOf(parts), ...(failed && { is_error: true }) },
          ],
        },
      ];
    }
  }
}

const contentOf = (parts: readonly Part[]): unknown[] =>
  parts.map((part) =>
    'text' in part
      ? { type: 'text', text: part.text }
      : { type: 'image', source: { type: 'base64', media_type: part.picture.type, data: part.picture.base64 } },
  );

/** Turns of one side after another are one: results first, as the protocol has it, each tied to its call as the server named that. */
function joined(all: readonly Message[]): readonly Message[] {
  const out: Message[] = [];
  for (const message of all) {
    const last = out.at(-1);
    if (last?.role === message.role) out[out.length - 1] = { ...last, content: [...last.content, ...message.content] };
    else out.push(message);
  }
  return out.map((message, at) => {
    const before = out[at - 1];
    return message.role === 'user' && before
      ? { ...message, content: answered(message.content, before.content) }
      : message;
  });
}

/** Results come in the order of their calls; every call of the turn before has to have one. */
function answered(content: readonly unknown[], before: readonly unknown[]): readonly unknown[] {
  const calls = before.flatMap((block) => (isBlock(block) && block.type === 'tool_use' ? [block.id] : []));
  const isResult = (block: unknown) => isBlock(block) && block.type === 'tool_result';
  const results = content.filter(isResult) as readonly object[]; // as messageOf made them
  const told = calls.map((id, at) => ({
    ...(results[at] ?? { type: 'tool_result', content: NOT_CARRIED_OUT, is_error: true }),
    tool_use_id: id,
  }));
  return [...told, ...content.filter((block) => !isResult(block))];
}

const isBlock = (value: unknown): value is MessagesBlock =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const isBlocks = (value: unknown): value is readonly MessagesBlock[] => Array.isArray(value) && value.every(isBlock);

function createReader(): ReturnType<Wire['reader']> {
  const blocks = new Map<number, Record<string, unknown>>();
  const inputs = new Map<number, string>();
  return ({ data }) => {
    const read = messagesEvent.safeParse(parsed(data));
    if (!read.success) return [{ type: 'problem', problem: { code: 'not-an-api' } }];
    const { type, index = 0, content_block: block, delta, message, usage, error } = read.data;
    switch (type) {
      case 'message_start': {
        const {
          input_tokens: input,
          cache_read_input_tokens: cached,
          cache_creation_input_tokens: made,
        } = message?.usage ?? {};
        const prompt = typeof input === 'number' ? input + (cached ?? 0) + (made ?? 0) : null;
        return [{ type: 'usage', usage: { prompt, cached } }];
      }
      case 'content_block_start':
        if (!block) return [];
        blocks.set(index, { ...block });
        if (block.type !== 'tool_use') return [];
        return [{ type: 'call', index, name: nameOf(block), written: '' }];
      case 'content_block_delta':
        return delta ? take(index, delta) : [];
      case 'content_block_stop': {
        const one = blocks.get(index);
        const input = inputs.get(index);
        if (one && input !== undefined) one.input = parsed(input) ?? {};
        return [];
      }
      case 'message_delta': {
        const out: WireEvent[] = [{ type: 'usage', usage: { output: usage?.output_tokens } }];
        const reason = delta?.stop_reason;
        if (reason === 'refusal') out.push({ type: 'problem', problem: { code: 'blocked', params: { why: reason } } });
        else if (reason) out.push({ type: 'end', reason: reason === 'max_tokens' ? 'length' : 'stop' });
        return out;
      }
      case 'message_stop':
        return [{ type: 'echo', turn: [...blocks.entries()].sort(([a], [b]) => a - b).map(([, one]) => one) }];
      case 'error':
        return [
          { type: 'problem', problem: faultOf({ status: statusOf(error?.type), body: data, model: '', key: null }) },
        ];
      default:
        return [];
    }
  };

  function take(index: number, delta: NonNullable<ReturnType<typeof messagesEvent.parse>['delta']>): WireEvent[] {
    const block = blocks.get(index);
    if (!block) return [];
    const add = (field: string, more: string | undefined) => {
      block[field] = `${typeof block[field] === 'string' ? block[field] : ''}${more ?? ''}`;
    };
    switch (delta.type) {
      case 'text_delta':
        add('text', delta.text);
        return [{ type: 'words', text: delta.text ?? '', told: null }];
      case 'thinking_delta':
        add('thinking', delta.thinking);
        return [{ type: 'thought', text: delta.thinking ?? '', told: null }];
      case 'signature_delta':
        add('signature', delta.signature);
        return [];
      case 'input_json_delta':
        inputs.set(index, `${inputs.get(index) ?? ''}${delta.partial_json ?? ''}`);
        return [{ type: 'call', index, written: delta.partial_json ?? '' }];
      default:
        return [];
    }
  }
}

const STATUS: Readonly<Record<string, number>> = {
  authentication_error: 401,
  permission_error: 403,
  not_found_error: 404,
  rate_limit_error: 429,
  invalid_request_error: 400,
};

const statusOf = (type: string | undefined): number => STATUS[type ?? ''] ?? 529;

export const nameOf = ({ name }: MessagesBlock): string => (typeof name === 'string' ? name : '');

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
