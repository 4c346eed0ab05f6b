/**
 * Conversations as OpenAI's API and Qwen-Agent write them: a list of messages as a file or as a row, a row that holds one under `messages`, a
 * request with its reply. Which of the two it is decides how boxes count: Qwen-Agent's zoom takes thousandths and a number of the picture.
 */
import type { Size } from '@/lib/geometry';
import type { Json } from '@/lib/trajectory';
import type { Format, PictureFinder, Read, Reading, Where } from '../contract';
import { qwenAgent } from '../crops';
import { isList, isObject, numberOf, textOf, textsOf, type JsonObject } from '../json-shape';
import { isMessage, readMessage, wordsIn, type Message } from '../message';
import { messagesOf } from '../message-list';
import { pictureByNumber, tellMessages, type TalkRules, type Told } from '../messages';
import { pictureNamesIn } from '../picture-name';
import { buildRun, type Asked } from '../run-builder';
import { messagesOfTranscript } from './qwen-transcript';

const RULES = ['as-recorded'] as const;

/** A file that is one conversation: a JSON array of messages, or one a line. */
export const conversationFile: Format = {
  id: 'openai',
  unit: 'file',
  is: (record) => isMessage(record),
  rules: RULES,
  async *read(records, where, finder, reading) {
    yield await readConversation({}, messagesOf(records), where, finder, reading);
  },
};

export const conversationRow: Format = {
  id: 'openai',
  unit: 'record',
  is: (record) => conversationIn(record) !== null,
  rules: RULES,
  async *read([record = null], where, finder, reading) {
    yield await readConversation(isObject(record) ? record : {}, conversationIn(record), where, finder, reading);
  },
};

/** Where a row keeps its messages; null where it has none. */
function conversationIn(record: Json): readonly Message[] | null {
  if (isList(record)) return isMessage(record[0]) ? messagesOf(record) : null;
  if (!isObject(record)) return null;
  const transcript = messagesOfTranscript(record);
  if (transcript) return transcript;
  const others = Object.values(record).filter((value) => !isObject(value));
  for (const holder of [record, record['body'], record['request'], record['input'], record['prompt'], ...others]) {
    const messages = listIn(holder ?? null);
    if (!messages) continue;
    const reply = messages.some(({ role }) => role === 'assistant') ? [] : replyIn(record, messages);
    return [...messages, ...reply];
  }
  return null;
}

/** What lists of messages go by. */
const LISTS = [
  'messages',
  'conversation',
  'conversations',
  'contents',
  'trajectory',
  'history',
  'chat_messages',
  'raw',
  'prompt',
  'input',
] as const;

function listIn(holder: Json): readonly Message[] | null {
  if (!isObject(holder)) return messagesOf(holder);
  for (const key of LISTS) {
    const messages = messagesOf(holder[key]);
    if (messages) return messages;
  }
  return null;
}

/** Where a reply stands that is words alone. */
const REPLIES = ['response', 'output', 'completion', 'prediction', 'generated_text', 'model_output'] as const;

/** The reply that a request was answered with, where it stands beside it. */
function replyIn(record: JsonObject, asked: readonly Message[]): readonly Message[] {
  for (const holder of [record, record['response'], record['output'], record['completion']]) {
    const items = messagesOf(holder);
    if (items && items.length !== asked.length) return items;
    if (!isObject(holder)) continue;
    const body = isObject(holder['body']) ? holder['body'] : holder;
    const [choice] = isList(body['choices']) ? body['choices'] : isList(body['candidates']) ? body['candidates'] : [];
    const message = isObject(choice) ? (choice['message'] ?? choice['content']) : null;
    if (isMessage(message ?? undefined)) return [readMessage(message as JsonObject)];
    const own = messagesOf(body['output']);
    if (own) return own;
  }
  const holders = [record, ...[record['response'], record['output']].filter((one) => isObject(one ?? null))];
  const [text] = holders.flatMap((holder) => REPLIES.flatMap((key) => textsOf((holder as JsonObject)[key])));
  return text === undefined ? [] : [readMessage({ role: 'assistant', content: text })];
}

async function readConversation(
  record: JsonObject,
  messages: readonly Message[] | null,
  where: Where,
  finder: PictureFinder,
  reading: Reading,
): Promise<Read> {
  if (!messages) return { problem: { code: 'no-messages' } };
  const qwen = isQwenAgent(messages);
  const run = buildRun({ where, system: qwen ? 'qwen-agent' : 'openai', rule: 'as-recorded' });
  const frame = qwen ? qwenFrame : frameFromValues(messages);
  const rules: TalkRules = {
    which: reading.call ?? 'all',
    userAnswers: callsInText(messages),
    frame: (box, input, picture) => {
      if (reading.frame) return { frame: reading.frame, by: 'person' };
      const read = frame(box, input, picture);
      if (read.by === 'values') run.note({ code: 'frame-from-values' });
      return read;
    },
    target: (input, pictures) =>
      pictureByNumber(input, ['img_idx', 'image_index', 'image_idx', 'target_image'], distinct(pictures)),
    crop: qwen ? qwenAgent : null,
    told: (text) => text.replace(/<\/?tool_response>/g, ''),
    name: (index) => {
      const name = pictureNamesIn(record)[index];
      return name === undefined ? null : { names: [name] };
    },
  };
  const told = await tellMessages(messages, run, finder, rules);
  const model = textOf(record['model']) || textOf(isObject(record['body']) ? record['body']['model'] : null);
  if (model !== '') run.about({ model: { name: model } });
  run.about({ source: aboutRow(record), truth: truthIn(record) });
  return run.finish(endingOf(told));
}

function endingOf({ answered, endsOn }: Told) {
  if (endsOn === 'answer') return { status: 'done', reason: 'answer' } as const;
  if (endsOn === 'call') return { status: 'stopped', reason: 'unknown' } as const;
  return { status: 'done', reason: answered ? 'answer' : 'unknown' } as const;
}

/** Each picture once, however often it was sent: numbers count them so. */
function distinct<T extends { readonly key: string }>(pictures: readonly T[]): readonly T[] {
  return pictures.filter(({ key }, at) => key === '' || pictures.findIndex((one) => one.key === key) === at);
}

function isQwenAgent(messages: readonly Message[]): boolean {
  return messages.some(
    ({ json, calls }) =>
      json['role'] === 'function' ||
      calls.some(({ input }) => isObject(input) && 'img_idx' in input) ||
      (isList(json['content']) &&
        json['content'].some((part) => isObject(part) && !('type' in part) && ('image' in part || 'text' in part))),
  );
}

const qwenFrame = (): Pick<Asked, 'frame' | 'by'> => ({ frame: 'thousandths', by: 'model' });

/** Whether turns write their calls among the words: then a user's message after one is its result. */
function callsInText(messages: readonly Message[]): boolean {
  return messages.some((message) => message.role === 'assistant' && /<tool_call>/.test(wordsIn(message)));
}

/** Nothing in such a file says how boxes count, so the largest of them has to. */
function frameFromValues(messages: readonly Message[]) {
  const words = messages.map(wordsIn).join('\n');
  const said = /0\s*(?:-|–|to|and|~)\s*1000\b|thousandth|normalized to 1000|relative coordinates/i.test(words);
  return (box: Asked['box'], _input: Json, picture: Size): Pick<Asked, 'frame' | 'by'> => {
    const most = Math.max(box.x1, box.y1, box.x2, box.y2);
    if (most <= 1) return { frame: 'fractions', by: 'values' };
    if (most > 1000) return { frame: 'original-pixels', by: 'values' };
    if (said) return { frame: 'thousandths', by: 'model' };
    const fits = box.x2 <= picture.width && box.y2 <= picture.height;
    return { frame: fits ? 'original-pixels' : 'thousandths', by: 'values' };
  };
}

function aboutRow(record: JsonObject) {
  const scores = ['score', 'reward', 'acc', 'accuracy', 'correct'].flatMap((name) => {
    const value = typeof record[name] === 'boolean' ? Number(record[name]) : numberOf(record[name] ?? null);
    return value === null ? [] : [{ name, value }];
  });
  const kind = textOf(record['category'] ?? record['kind'] ?? record['data_source']);
  return { scores, ...(kind !== '' && { kind }) };
}

function truthIn(record: JsonObject) {
  const [answer] = ['ground_truth', 'answer', 'solution', 'gt'].flatMap((key) => textsOf(record[key]));
  return answer === undefined ? null : { answers: [answer], options: null, places: [] };
}
