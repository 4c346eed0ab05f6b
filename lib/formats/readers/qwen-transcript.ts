/**
 * What Qwen-Agent prints in a notebook, as messages: `[ANSWER]`, `[TOOL_CALL] name`, `[TOOL_RESPONSE] name`, with each crop displayed between
 * the outputs. A notebook keeps it in its cells; what was asked is in the code and not told again.
 */
import type { Json } from '@/lib/trajectory';
import { isList, isObject, textOf, type JsonObject } from '../json-shape';
import type { Message } from '../message';
import { messagesOf } from '../message-list';

/** Null where the record holds no such outputs. */
export function messagesOfTranscript(record: JsonObject): readonly Message[] | null {
  const outputs = isList(record['cells'])
    ? record['cells'].flatMap((cell) => (isObject(cell) && isList(cell['outputs']) ? cell['outputs'] : []))
    : record['outputs'];
  if (!isList(outputs)) return null;
  const texts = outputs.map((one) => (isObject(one) ? streamOf(one) : ''));
  if (!texts.some((text) => text.includes('[TOOL_CALL]'))) return null;
  const picture = textOf(record['original_image']).replace(/\s+\d+x\d+$/, '');
  const messages: Json[] = [{ role: 'user', content: [{ image: picture }] }];
  for (const [at, text] of texts.entries()) {
    const output = outputs[at];
    if (text !== '') messages.push(...messagesOfStream(text));
    else if (isObject(output)) messages.push(...shownBy(output, messages.at(-1)));
  }
  return messagesOf(merged(messages));
}

function streamOf(output: JsonObject): string {
  const stream = output['stream'] ?? output['text'];
  if (isList(stream)) return stream.map(textOf).join('');
  return textOf(stream);
}

function messagesOfStream(text: string): readonly Json[] {
  const blocks = text.split(/\[(THINK|ANSWER|TOOL_CALL|TOOL_RESPONSE)\] ?/);
  const messages: Json[] = [];
  for (let at = 1; at + 1 < blocks.length; at += 2) {
    const [kind, body = ''] = [blocks[at], blocks[at + 1]];
    const [first = '', ...rest] = body.split('\n');
    const words = rest.join('\n').trim();
    if (kind === 'THINK') messages.push({ role: 'assistant', content: '', reasoning_content: body.trim() });
    else if (kind === 'ANSWER') messages.push({ role: 'assistant', content: body.trim() });
    else if (kind === 'TOOL_CALL')
      messages.push({ role: 'assistant', content: '', function_call: { name: first, arguments: words } });
    else messages.push({ role: 'function', name: first, content: words === '' ? [] : [{ text: words }] });
  }
  return messages;
}

/** A displayed picture belongs to the response before it. */
function shownBy(output: JsonObject, last: Json | undefined): readonly Json[] {
  const data = isObject(output['data']) ? (output['data']['image/png'] ?? output['data']['image/jpeg']) : null;
  const isPicture = typeof data === 'string' || /size=\d+x\d+/.test(textOf(output['display']));
  if (!isPicture || !isObject(last) || last['role'] !== 'function') return [];
  return [
    {
      role: 'function',
      more: true,
      content: [
        {
          image:
            typeof data === 'string' ? `data:image/png;base64,${data.replace(/\s/g, '')}` : 'data:image/png;base64,',
        },
      ],
    },
  ];
}

/** A turn that says something and then calls is one message; so is a response with the pictures displayed after it. */
function merged(messages: readonly Json[]): readonly Json[] {
  const made: JsonObject[] = [];
  for (const message of messages) {
    const last = made.at(-1);
    if (!isObject(message)) continue;
    if (last && last['role'] === 'assistant' && message['role'] === 'assistant' && !('function_call' in last)) {
      made[made.length - 1] = {
        ...last,
        ...message,
        content: `${textOf(last['content'])}${textOf(message['content'])}`,
      };
    } else if (last && message['more'] === true) {
      const parts = [last['content'], message['content']].flatMap((content) =>
        isList(content ?? null) ? (content as readonly Json[]) : [],
      );
      made[made.length - 1] = { ...last, content: parts };
    } else made.push(message);
  }
  return made;
}
