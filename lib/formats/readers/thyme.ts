/**
 * Thyme: code in its thoughts that writes pictures, `<sandbox_output>` with what came of it, all in one answer. SFT rows are
 * `{image[], question, response}`, RL rows `{messages, images, solution, question}`. Boxes are what the code cuts, in pixels of the file.
 */
import type { Json } from '@/lib/trajectory';
import { withCodeAsCall } from '../code-turns';
import type { Format, PictureFinder, Read, Reading, Where } from '../contract';
import { isList, isObject, textOf, type JsonObject } from '../json-shape';
import { pictureAt, wordsIn, type Message, type MessagePart } from '../message';
import { messagesOf } from '../message-list';
import { tellMessages } from '../messages';
import { buildRun } from '../run-builder';
import { withPictures } from './llama-factory';

export const thyme: Format = {
  id: 'thyme',
  unit: 'record',
  is: (record) => {
    if (!isObject(record)) return false;
    const { response, question, image } = record;
    if (typeof response === 'string' && typeof question === 'string' && image !== undefined)
      return isList(image) || /<code>|<sandbox_output>/.test(response);
    return isList(record['messages'] ?? null) && 'solution' in record && 'question' in record && 'images' in record;
  },
  rules: ['as-recorded'],
  async *read([record = null], where, finder, reading) {
    if (isObject(record)) yield await readRow(record, where, finder, reading);
  },
};

async function readRow(record: JsonObject, where: Where, finder: PictureFinder, reading: Reading): Promise<Read> {
  const run = buildRun({ where, system: 'thyme', rule: 'as-recorded', dialect: 'thyme' });
  const question = textOf(record['question']);
  const response = textOf(record['response']);
  const asked = messagesOf(record['messages'] ?? null) ?? [said('user', question)];
  const whole = response === '' ? asked : [...asked, said('assistant', response)];
  const pictures = listOf(record['image'] ?? record['images'] ?? null);
  const messages = withPictures(whole.flatMap(atOutputs), pictures, run);
  const coded = messages.map((message, index) => {
    if (message.role !== 'assistant') return message;
    const { message: made, blocks } = withCodeAsCall(message, `code-${index}`, false);
    if (blocks > 1) run.note({ code: 'several-code-blocks', params: { count: blocks } });
    return made;
  });
  const told = await tellMessages(coded, run, finder, {
    which: reading.call ?? 'last',
    userAnswers: true,
    frame: () => ({ frame: reading.frame ?? 'original-pixels', by: reading.frame ? 'person' : 'file' }),
    crop: null,
    // The thought goes on behind each output.
    plain: 'think',
  });
  const solution = textOf(record['solution'] ?? record['answer'])
    .replace(/<\/?answer>/g, '')
    .trim();
  run.about({ title: question, truth: solution === '' ? null : { answers: [solution], options: null, places: [] } });
  return run.finish({ status: 'done', reason: told.answered ? 'answer' : 'unknown' });
}

function said(role: 'user' | 'assistant', text: string): Message {
  return { role, parts: [{ kind: 'text', text }], calls: [], reasoning: '', callId: '', json: {} };
}

function listOf(value: Json): readonly MessagePart[] {
  const all = isList(value) ? value : [value];
  return all.slice(0, 2000).flatMap((one) => {
    const at = textOf(isObject(one) ? (one['path'] ?? one['bytes'] ?? null) : one);
    return at === '' ? [] : [pictureAt(at)];
  });
}

/** One answer with outputs in it, as turns: code, its output, what the model thought of that. */
function atOutputs(message: Message): readonly Message[] {
  if (message.role !== 'assistant') return [message];
  const [first = '', ...rest] = wordsIn(message).split('<sandbox_output>');
  if (rest.length === 0) return [message];
  return [
    said('assistant', first),
    ...rest.flatMap((piece) => {
      const at = piece.indexOf('</sandbox_output>');
      const [output, after] = at < 0 ? [piece, ''] : [piece.slice(0, at), piece.slice(at + 17)];
      return after.trim() === '' ? [said('user', output)] : [said('user', output), said('assistant', after)];
    }),
  ];
}
