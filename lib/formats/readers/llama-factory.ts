/**
 * LLaMA-Factory's ShareGPT rows (DeepEyesV2's cold start is written so): `messages` or `conversations` with `<image>` anywhere in the words, and
 * the pictures in `images`, in that order; in its first version parts `{type, value}`. Code is a call like any other, in pixels of the picture.
 */
import type { Json } from '@/lib/trajectory';
import { withCodeAsCall } from '../code-turns';
import type { Format, PictureFinder, Read, Reading, Where } from '../contract';
import { guessFrame } from '../frame-guess';
import { isList, isObject, numberOf, textOf, type JsonObject } from '../json-shape';
import { isMessage, pictureAt, wordsIn, type Message, type MessagePart } from '../message';
import { messagesOf } from '../message-list';
import { tellMessages } from '../messages';
import { buildRun, type RunBuilder } from '../run-builder';

export const llamaFactory: Format = {
  id: 'llama-factory',
  unit: 'record',
  is: (record) => {
    if (!isObject(record)) return false;
    const messages = messagesIn(record);
    if (!messages) return false;
    return isList(record['images'] ?? null) || isShareGpt(messages) || hasValueParts(messages) || hasPlaces(messages);
  },
  rules: ['as-recorded'],
  async *read([record = null], where, finder, reading) {
    if (isObject(record)) yield await readRow(record, where, finder, reading);
  },
};

function messagesIn(record: JsonObject): readonly Json[] | null {
  const messages = record['messages'] ?? record['conversations'] ?? record['conversation'] ?? null;
  if (isList(messages) && messages.length > 0) return messages;
  // TRL keeps what was asked and what was answered apart.
  const [prompt, completion] = [record['prompt'] ?? null, record['completion'] ?? record['chosen'] ?? null];
  if (!isList(prompt) || !isMessage(prompt[0])) return null;
  return isList(completion) ? [...prompt, ...completion] : prompt;
}

const isShareGpt = ([first]: readonly Json[]): boolean => isObject(first) && 'from' in first && 'value' in first;

function hasValueParts(messages: readonly Json[]): boolean {
  return messages.some((message) => {
    const content = isObject(message) ? (message['content'] ?? null) : null;
    return (
      isList(content) && content.some((part) => isObject(part) && typeof part['type'] === 'string' && 'value' in part)
    );
  });
}

const hasPlaces = (messages: readonly Json[]): boolean =>
  messages.some((message) => isObject(message) && textOf(message['content']).includes(PLACE));

async function readRow(record: JsonObject, where: Where, finder: PictureFinder, reading: Reading): Promise<Read> {
  const messages = messagesOf(messagesIn(record));
  if (!messages) return { problem: { code: 'no-messages' } };
  const run = buildRun({ where, system: 'llama-factory', rule: 'as-recorded', dialect: 'deepeyes' });
  const system = textOf(record['system']);
  if (system !== '') run.system(system);
  const placed = withPictures(messages, picturesIn(record), run);
  const told = await tellMessages(inCode(placed, run), run, finder, {
    which: reading.call ?? 'last',
    userAnswers: true,
    frame: (box, _, picture) => {
      if (reading.frame) return { frame: reading.frame, by: 'person' };
      // Code counts in what it opened.
      const guessed = guessFrame(box, picture);
      return guessed.frame === 'fractions' ? guessed : { frame: 'original-pixels', by: 'file' };
    },
    crop: null,
    told: (text) => text.replace(/<\/?(?:tool_response|sandbox_output)>/g, ''),
  });
  const answer = textOf(record['solution'] ?? record['answer']);
  const kind = textOf(record['data_source'] ?? record['source']);
  const reward = numberOf(record['reward']);
  run.about({
    truth: answer === '' ? null : { answers: [answer], options: null, places: [] },
    source: {
      ...(kind !== '' && { kind }),
      ...(reward !== null && { scores: [{ name: 'reward', value: reward }] }),
    },
  });
  return run.finish({ status: 'done', reason: told.answered ? 'answer' : 'unknown' });
}

const PLACE = '<image>';

function picturesIn(record: JsonObject): readonly MessagePart[] {
  const listed = record['images'] ?? record['image'] ?? null;
  const all = isList(listed) ? listed : listed === null ? [] : [listed];
  return all.slice(0, 2000).flatMap((one) => {
    const at = textOf(isObject(one) ? (one['bytes'] ?? one['path'] ?? one['url'] ?? null) : one);
    return at === '' ? [] : [pictureAt(at)];
  });
}

/** Each place for a picture its own, in order; pictures without a place come first, as they would be shown. */
export function withPictures(
  messages: readonly Message[],
  pictures: readonly MessagePart[],
  run: RunBuilder,
): readonly Message[] {
  const places = messages.reduce(
    (count, message) => count + wordsIn(message).split(PLACE).length - 1 + message.parts.filter(isBlank).length,
    0,
  );
  if (places !== pictures.length && pictures.length > 0) {
    run.note({ code: 'placeholders-and-pictures', params: { placeholders: places, pictures: pictures.length } });
  }
  let next = 0;
  const unplaced = pictures.slice(places);
  return messages.map((message) => {
    const first = message.role === 'user' && message === messages.find(({ role }) => role === 'user');
    const parts = message.parts.flatMap((part): readonly MessagePart[] => {
      if (isBlank(part) && pictures.length > 0) return [pictures[next++] ?? part];
      if (part.kind !== 'text' || !part.text.includes(PLACE)) return [part];
      return part.text.split(PLACE).flatMap((words, index): readonly MessagePart[] => {
        const text: readonly MessagePart[] = words.trim() === '' ? [] : [{ kind: 'text', text: words }];
        if (index === 0) return text;
        const picture = pictures[next];
        next += 1;
        return [picture ?? { kind: 'picture', bytes: '', name: '' }, ...text];
      });
    });
    return { ...message, parts: first ? [...unplaced, ...parts] : parts };
  });
}

/** A part that says a picture stands there, and not which. */
function isBlank(part: MessagePart): boolean {
  return part.kind === 'picture' && part.bytes === '' && part.name === '';
}

/** Code wins over a call in the same turn; the environment re-indents it before it runs. */
function inCode(messages: readonly Message[], run: RunBuilder): readonly Message[] {
  return messages.map((message, index) => {
    if (message.role !== 'assistant') return message;
    const turn = withCodeAsCall(message, `code-${index}`, true);
    if (turn.blocks > 0) run.note({ code: 'code-rewritten' });
    if (turn.blocks > 1) run.note({ code: 'several-code-blocks', params: { count: turn.blocks } });
    return turn.message;
  });
}
