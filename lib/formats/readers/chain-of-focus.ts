/**
 * Chain-of-Focus' evaluation rows: DeepEyes' keys, with contents as lists of parts and pictures blanked by a word. Boxes count in pixels of
 * the picture as it was shown (a multiple of 28, at most 3840²); the first closed call is carried out, half as much again around it.
 */
import type { Format, PictureFinder, Read, Reading, Where } from '../contract';
import { chainOfFocus, chainOfFocusWhole, seenByChainOfFocus, type CropRule } from '../crops';
import { isList, isObject, numberOf, textOf, type JsonObject } from '../json-shape';
import type { Message } from '../message';
import { messagesOf } from '../message-list';
import { tellMessages, type TalkRules } from '../messages';
import { buildRun, type RunBuilder } from '../run-builder';

const BLANK = 'base64_image';

export const chainOfFocusRows: Format = {
  id: 'chain-of-focus',
  unit: 'record',
  is: (record) => {
    if (!isObject(record) || !('pred_output' in record)) return false;
    const { pred_output: output, status } = record;
    if (output === '') return textOf(status).startsWith('error: ');
    if (!isList(output)) return false;
    return output.slice(0, 8).some((message) => isObject(message) && hasBlank(message));
  },
  rules: ['evaluation'],
  async *read([record = null], where, finder, reading) {
    if (isObject(record)) yield await readRow(record, where, finder, reading);
  },
};

function hasBlank({ content }: JsonObject): boolean {
  if (!isList(content ?? null)) return false;
  return (content as readonly unknown[]).some((part) => {
    const inner = isObject(part as never) ? (part as JsonObject)['image_url'] : null;
    return isObject(inner ?? null) && textOf((inner as JsonObject)['url']).endsWith(`,${BLANK}`);
  });
}

async function readRow(row: JsonObject, where: Where, finder: PictureFinder, reading: Reading): Promise<Read> {
  const run = buildRun({ where, system: 'chain-of-focus', rule: 'evaluation', dialect: 'deepeyes' });
  const messages = (messagesOf(row['pred_output'] ?? null) ?? []).map(blanked);
  const question = textOf(row['question']);
  if (messages.length === 0 && question === '') return { problem: { code: 'no-messages' } };
  if (messages.length === 0) run.given([{ text: question }]);
  const status = textOf(row['status']);
  const failed = status.startsWith('error');
  const told = await tellMessages(messages, run, finder, rulesFor(run, row, question, reading));
  const options = [...question.matchAll(/\n\(([A-Z])\) ([^\n]{1,500})/g)].map((match) => match[2] ?? '');
  const answer = textOf(row['answer']);
  const acc = numberOf(row['acc']);
  const kind = /(direct_attributes|relative_position)/.exec(where.file)?.[1];
  run.about({
    title: question.split('\n')[0] ?? '',
    truth: answer === '' ? null : { answers: [answer], options: options.length > 1 ? options : null, places: [] },
    source: {
      scores: acc === null ? [] : [{ name: 'acc', value: acc }],
      ...(kind !== undefined && { kind }),
      ...(failed && { error: status.slice(0, 2000) }),
    },
  });
  if (failed) {
    const message = status.replace(/^error:\s*/, '');
    run.note({ code: 'row-failed', params: { message: message.slice(0, 200) } });
    return run.finish({ status: 'failed', reason: 'error', message });
  }
  return run.finish({
    status: 'done',
    reason: told.answered ? 'answer' : told.endsOn === 'result' ? 'max-turns' : 'no-call',
  });
}

/** The word that stands for the bytes is none of them. */
function blanked(message: Message): Message {
  const parts = message.parts.map((part) =>
    part.kind === 'picture' && part.bytes === BLANK ? { ...part, bytes: '' } : part,
  );
  return { ...message, parts };
}

function rulesFor(run: RunBuilder, row: JsonObject, question: string, reading: Reading): TalkRules {
  const names = [textOf(row['image'])].filter((one) => one !== '');
  const crop: CropRule = (asked, picture, written) => {
    const cut = chainOfFocus(asked, picture, written);
    const whole = chainOfFocusWhole(picture);
    const isWhole = cut.ok && whole.ok && Object.values(cut.region).join() === Object.values(whole.region).join();
    run.note({ code: isWhole ? 'whole-picture' : 'grown-by-half' });
    return cut;
  };
  return {
    which: reading.call ?? 'first',
    userAnswers: true,
    frame: () => ({ frame: reading.frame ?? 'resized-pixels', by: reading.frame ? 'person' : 'file' }),
    crop,
    whole: (size) => {
      run.note({ code: 'whole-picture' });
      return chainOfFocusWhole(size);
    },
    seen: seenByChainOfFocus,
    name: (index) => (index === 0 ? { names, question } : null),
    said: withoutFrame,
    told: withoutFrame,
  };
}

/** The question, without what stands around it. */
function withoutFrame(text: string): string {
  return text.replace(/\nThink in the mind first, and then decide[\s\S]*$/, '').replace(/^Question: /, '');
}
