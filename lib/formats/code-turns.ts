/**
 * Turns that think in code (`<code>` and a fence of Python, Thyme and DeepEyesV2): the last block of a turn is what ran, and is a call of its own
 * kind; earlier ones stay words. Where the code cuts a picture with plain numbers, those are the box it asked for.
 */
import { boxInCode } from './code-box';
import type { JsonObject } from './json-shape';
import type { Message, MessagePart } from './message';

export interface CodeTurn {
  readonly message: Message;
  /** Blocks of code in the turn. */
  readonly blocks: number;
}

const OPEN = '<code>';
const CLOSE = '</code>';

/** @param goesFirst code wins over a call in the same turn, which then was not carried out */
export function withCodeAsCall(message: Message, id: string, goesFirst: boolean): CodeTurn {
  const text = message.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n');
  const blocks = text.split(OPEN).length - 1;
  const at = text.lastIndexOf(OPEN);
  if (at < 0) return { message, blocks: 0 };
  const end = text.indexOf(CLOSE, at);
  const code = unfenced(text.slice(at + OPEN.length, end < 0 ? undefined : end));
  const before = text.slice(0, at);
  const after = end < 0 ? '' : text.slice(end + CLOSE.length);
  const rest = goesFirst ? withoutCalls(before + after) : before + after;
  // Code stands inside the thought: what is left of its tags is none of the words.
  const words = rest.replace(/<\/?think>/g, (tag, where: number) => (isPaired(rest, where) ? tag : ''));
  const input: JsonObject = { code, ...cropIn(code) };
  const parts: readonly MessagePart[] = words.trim() === '' ? [] : [{ kind: 'text', text: words }];
  const call = { id, name: 'python', written: code, input };
  return { message: { ...message, parts, calls: [call, ...message.calls] }, blocks };
}

function isPaired(text: string, at: number): boolean {
  return text.startsWith('</', at) ? text.lastIndexOf('<think>', at) >= 0 : text.indexOf('</think>', at) >= 0;
}

function withoutCalls(text: string): string {
  return text.split('<tool_call>')[0] ?? '';
}

function unfenced(text: string): string {
  const body = text.trim();
  if (!body.startsWith('```')) return body;
  const from = body.indexOf('\n');
  const to = body.lastIndexOf('```');
  return from < 0 ? body : body.slice(from + 1, to > from ? to : undefined).trim();
}

/** The first box that the code cuts with numbers, in pixels of the picture it opened. */
function cropIn(code: string): JsonObject {
  const cut = boxInCode(code);
  if (cut?.frame !== 'original-pixels') return {};
  const { x1, y1, x2, y2 } = cut.box;
  return { crop: [x1, y1, x2, y2] };
}
