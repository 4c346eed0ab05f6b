/**
 * The messages of a dialect as a protocol tells them: pictures encoded, and where calls are the server's own, turns taken apart into thought,
 * words and call, with what the call came to tied to it.
 */
import type { Message } from '../contract';
import type { Call, EncodePicture, Part, Turn } from './wire';

export interface HistoryMeans {
  readonly encode: EncodePicture;
  readonly picture: 'png' | 'jpeg';
  /** Whether calls are the server's own. */
  readonly native: boolean;
  /** A turn as the server sent it, by the conversation that ends in it; null where that is not known any more. */
  readonly echoOf: (conversation: readonly Message[]) => Promise<unknown>;
}

export async function historyOf(messages: readonly Message[], means: HistoryMeans): Promise<readonly Turn[]> {
  const turns: Turn[] = [];
  /** Of the last turn. */
  let calls: readonly Call[] = [];
  let told = 0;
  let count = 0;
  for (const [at, message] of messages.entries()) {
    if (message.role === 'system') {
      turns.push({ role: 'system', text: message.text });
    } else if (message.role === 'assistant') {
      const { thought, words, written } = takeApart(message.text);
      told = 0;
      calls = means.native
        ? written.map((one) => {
            count += 1;
            return { id: `call${String(count).padStart(5, '0')}`, ...readWritten(one) };
          })
        : [];
      const echo = await means.echoOf(messages.slice(0, at + 1));
      turns.push({ role: 'model', text: message.text, thought, words, calls, echo });
    } else {
      const parts = await partsOf(message, means);
      const failed = !message.content.some(({ type }) => type === 'image');
      const call = message.result ? calls[told] : undefined;
      if (call) {
        told += 1;
        turns.push({ role: 'result', call, number: told, of: calls.length, parts, failed });
      } else {
        turns.push({ role: 'user', parts });
      }
    }
  }
  return turns;
}

async function partsOf({ content }: Extract<Message, { role: 'user' }>, means: HistoryMeans): Promise<Part[]> {
  const parts: Part[] = [];
  for (const one of content) {
    const last = parts.at(-1);
    if (one.type === 'image') parts.push({ picture: await means.encode(one.image, means.picture) });
    else if (last && 'text' in last) parts[parts.length - 1] = { text: last.text + one.text };
    else parts.push({ text: one.text });
  }
  return parts;
}

interface TakenApart {
  readonly thought: string;
  readonly words: string;
  readonly written: readonly string[];
}

/** A turn as the turn writer and the dialects write it: `<think>`, words or `<answer>`, and any number of `<tool_call>`. */
export function takeApart(text: string): TakenApart {
  const [, thought = ''] = /^\s*<think>(.*?)<\/think>/s.exec(text) ?? [];
  const rest = text.replace(/^\s*<think>.*?<\/think>/s, '');
  const found = [...rest.matchAll(/<tool_call>(.*?)<\/tool_call>/gs)];
  const words = rest.slice(0, found[0]?.index).replace(/<\/?answer>/g, '');
  return { thought, words, written: found.map(([, written = '']) => written) };
}

function readWritten(written: string): { name: string; written: string } {
  const name = /^\s*\{"name": ("(?:[^"\\]|\\.)*"), "arguments": (.*)\}\s*$/s.exec(written);
  const [, quoted = '""', given = '{}'] = name ?? [];
  return { name: unquoted(quoted), written: given };
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return '';
  }
}

/** What a call gave, for protocols that want an object; empty where it cannot be read. */
export function givenIn({ written }: Call): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(written);
    // Any object may be read by string keys.
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
