/** How a dialect reads a reply, for people who try one: without a run, so that of a box only its numbers are known. */
import type { Json } from '@/lib/trajectory';
import type { Dialect } from './contract';

export type ReplyPart =
  | { readonly type: 'think' | 'answer'; readonly text: string }
  /** Null: it could not be read. */
  | { readonly type: 'call'; readonly text: string; readonly input: Json };

export function readReply(dialect: Dialect, reply: string): readonly ReplyPart[] {
  const parser = dialect.parser();
  const parts: ReplyPart[] = [];
  let text = '';
  for (const event of [...parser.push(reply), ...parser.end('complete')]) {
    switch (event.type) {
      case 'think-delta':
      case 'call-delta':
      case 'answer-delta':
        text += event.text;
        break;
      case 'think-end':
      case 'answer-end':
        parts.push({ type: event.type === 'think-end' ? 'think' : 'answer', text });
        text = '';
        break;
      case 'call-end': {
        const read = dialect.readCall(text);
        parts.push({ type: 'call', text, input: read.ok ? read.input : null });
        text = '';
        break;
      }
      default:
        text = '';
    }
  }
  return parts;
}
