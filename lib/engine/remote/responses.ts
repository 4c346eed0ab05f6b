/**
 * OpenAI's Responses. A picture may stand in what a call came to; nothing is stored there, so reasoning comes back encrypted and goes back
 * as it came.
 */
import { responsesEvent, type ResponsesItem } from '@/lib/wire';
import { NOT_CARRIED_OUT } from './calls-told';
import { faultOf } from './faults';
import { nameOf, parsed } from './messages';
import type { Part, Turn, Wire, WireEvent } from './wire';

export const responses: Wire = {
  id: 'responses',
  echoes: true,
  models: '/models',
  headers: (key) => (key === null ? {} : { authorization: `Bearer ${key}` }),
  optional: ['temperature', 'top_p', 'include', 'encrypted'],
  ask({ model, turns, tools, sampling, maxNewTokens, without }) {
    const instructions = turns.flatMap((turn) => (turn.role === 'system' ? [turn.text] : [])).join('\n\n');
    const settings = {
      temperature: sampling.temperature,
      top_p: sampling.topP < 1 ? sampling.topP : undefined,
      include: without.has('encrypted') ? undefined : ['reasoning.encrypted_content'],
    };
    const kept = Object.entries(settings).filter(([name, value]) => value !== undefined && !without.has(name));
    return {
      path: '/responses',
      body: {
        model,
        ...(instructions !== '' && { instructions }),
        input: answered(turns.flatMap((turn) => itemsOf(turn, tools.length > 0))),
        ...(tools.length > 0 && {
          tools: tools.map(({ function: { name, description, parameters } }) => ({
            type: 'function',
            name,
            description,
            parameters,
            strict: false,
          })),
        }),
        store: false,
        stream: true,
        // The least that is taken.
        max_output_tokens: Math.max(16, maxNewTokens),
        ...Object.fromEntries(kept),
      },
    };
  },
  reader: createReader,
};

type Item = Readonly<Record<string, unknown>>;

const contentOf = (parts: readonly Part[]): Item[] =>
  parts.map((part) =>
    'text' in part
      ? { type: 'input_text', text: part.text }
      : {
          type: 'input_image',
          image_url: `data:${part.picture.type};base64,${part.picture.base64}`,
          // Else it is made smaller there, and boxes count in that.
          detail: 'high',
        },
  );

function itemsOf(turn: Turn, native: boolean): readonly Item[] {
  switch (turn.role) {
    case 'system':
      return [];
    case 'user':
      return [{ role: 'user', content: contentOf(turn.parts) }];
    case 'model': {
      const { echo, text, words, calls } = turn;
      if (Array.isArray(echo)) return echo as readonly Item[]; // as `createReader` keeps it
      const said = native ? words : text;
      return [
        ...(said.trim() === '' ? [] : [{ role: 'assistant', content: said }]),
        ...calls.map((call) => ({ type: 'function_call', call_id: call.id, name: call.name, arguments: call.written })),
      ];
    }
    case 'result':
      return [{ type: 'function_call_output', call_id: turn.call.id, output: contentOf(turn.parts) }];
  }
}

/** Results come in the order of their calls, and are tied to them as the server named them; every call of a turn is answered. */
function answered(items: readonly Item[]): readonly Item[] {
  const out: Item[] = [];
  let open: unknown[] = [];
  let told = false;
  const settle = () => {
    for (const id of open) out.push({ type: 'function_call_output', call_id: id, output: NOT_CARRIED_OUT });
    [open, told] = [[], false];
  };
  for (const item of items) {
    if (item.type === 'function_call_output') {
      const [first, ...others] = open;
      out.push(first === undefined ? item : { ...item, call_id: first });
      [open, told] = [others, true];
      continue;
    }
    if (told || item.role === 'user') settle();
    if (item.type === 'function_call') open.push(item.call_id);
    out.push(item);
  }
  settle();
  return out;
}

function createReader(): ReturnType<Wire['reader']> {
  const items: ResponsesItem[] = [];
  return ({ data }) => {
    const read = responsesEvent.safeParse(parsed(data));
    if (!read.success) return [{ type: 'problem', problem: { code: 'not-an-api' } }];
    const { type, delta = '', output_index: index = 0, item, response } = read.data;
    switch (type) {
      case 'response.output_text.delta':
      case 'response.refusal.delta':
        return [{ type: 'words', text: delta, told: null }];
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        return [{ type: 'thought', text: delta, told: null }];
      case 'response.output_item.added':
        return item?.type === 'function_call' ? [{ type: 'call', index, name: nameOf(item), written: '' }] : [];
      case 'response.function_call_arguments.delta':
        return [{ type: 'call', index, written: delta }];
      case 'response.output_item.done':
        if (item) items.push(item);
        return [];
      case 'response.completed':
      case 'response.incomplete': {
        const { usage, incomplete_details: incomplete } = response ?? {};
        const told: WireEvent[] = usage
          ? [
              {
                type: 'usage',
                usage: {
                  prompt: usage.input_tokens,
                  output: usage.output_tokens,
                  cached: usage.input_tokens_details?.cached_tokens,
                },
              },
            ]
          : [];
        if (incomplete?.reason === 'content_filter') {
          return [...told, { type: 'problem', problem: { code: 'blocked', params: { why: incomplete.reason } } }];
        }
        const echo: WireEvent = { type: 'echo', turn: items.map(sent) };
        return [...told, echo, { type: 'end', reason: type === 'response.incomplete' ? 'length' : 'stop' }];
      }
      case 'response.failed':
      case 'error': {
        const code = response?.error?.code ?? read.data.code ?? '';
        const words = response?.error?.message ?? read.data.message ?? '';
        const body = JSON.stringify({ error: { message: words, code } });
        const status = code === 'rate_limit_exceeded' ? 429 : /invalid|context/.test(code) ? 400 : 500;
        return [{ type: 'problem', problem: faultOf({ status, body, model: '', key: null }) }];
      }
      default:
        return [];
    }
  };
}

/** Nothing is stored under an item's id, and a status is no part of what is asked. */
function sent({ id: _id, status: _status, ...item }: ResponsesItem): Item {
  return item;
}
