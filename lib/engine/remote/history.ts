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
  /** A turn as the server sent it, by how it begins the conversation (`echoKey`). */
  readonly echoOf: (key: string) => unknown;
}

export async function historyOf(messages: readonly Message[], means: HistoryMeans): Promise<readonly Turn[]> {
  const turns: Turn[] = [];
  let call: Call | null = null;
  let calls = 0;
  for (const [at, message] of messages.entries()) {
    if (message.role === 'system') {
      turns.push({ role: 'system', text: message.text });
    } else if (message.role === 'assistant') {
      const { thought, words, written } = takeApart(message.text);
      call = null;
      if (means.native && written !== null) {
        calls += 1;
        call = { id: `call${String(calls).padStart(5, '0')}`, ...readWritten(written) };
      }
      const echo = means.echoOf(echoKey(messages.slice(0, at + 1)));
      turns.push({ role: 'model', text: message.text, thought, words, call, echo });
    } else {
      const parts = await partsOf(message, means);
      const failed = !message.content.some(({ type }) => type === 'image');
      if (message.result && call) turns.push({ role: 'result', call, parts, failed });
      else turns.push({ role: 'user', parts });
    }
  }
  return turns;
}

/** Two turns with the same words in different places are not the same. */
export const echoKey = (messages: readonly Message[]): string =>
  messages.flatMap((message) => (message.role === 'assistant' ? [message.text] : [])).join('\u0000');

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

/** A turn as the turn writer and the dialects write it: `<think>`, `<tool_call>` and `<answer>`, each at most once that counts. */
export function takeApart(text: string): { thought: string; words: string; written: string | null } {
  const [, thought = ''] = /^\s*<think>(.*?)<\/think>/s.exec(text) ?? [];
  const rest = text.replace(/^\s*<think>.*?<\/think>/s, '');
  const found = /<tool_call>(.*?)<\/tool_call>/s.exec(rest);
  const words = (found ? rest.slice(0, found.index) : rest).replace(/<\/?answer>/g, '');
  return { thought, words, written: found?.[1] ?? null };
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
