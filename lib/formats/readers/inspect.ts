/**
 * Inspect's logs: `.json` with all samples, or `.eval`, an archive with a file for each sample. Long texts and pictures stand once, under
 * `attachments`, and are named where they belong; model and task are in the header beside the samples.
 */
import type { Json } from '@/lib/trajectory';
import type { Format, PictureFinder, Read, Reading, Where } from '../contract';
import { qwenAgent } from '../crops';
import { guessFrame } from '../frame-guess';
import { isList, isObject, numberOf, textOf, type JsonObject } from '../json-shape';
import { wordsIn } from '../message';
import { messagesOf } from '../message-list';
import { pictureByNumber, tellMessages } from '../messages';
import { buildRun } from '../run-builder';

const isSample = (record: Json): record is JsonObject =>
  isObject(record) &&
  'epoch' in record &&
  'id' in record &&
  (isList(record['messages'] ?? null) || isList(record['events'] ?? null));

const isLog = (record: Json): record is JsonObject =>
  isObject(record) &&
  isObject(record['eval'] ?? null) &&
  'version' in record &&
  ('status' in record || 'plan' in record);

/** What an archive holds beside its samples, and tells nothing of a run. */
const BESIDE = /(?:^|\/)(?:header\.json|summaries\.json|reductions\.json|_journal\/)/;

const isBeside = (record: Json, { file }: Where): boolean =>
  BESIDE.test(file) &&
  (isLog(record) ||
    (isObject(record) && ('scorer' in record || ('epoch' in record && 'id' in record) || 'eval' in record)));

export const inspect: Format = {
  id: 'inspect',
  unit: 'record',
  is: (record, where) => isSample(record) || isLog(record) || isBeside(record, where),
  rules: ['as-recorded'],
  async *read([record = null], where, finder, reading) {
    if (isSample(record)) {
      // Of an archive: who was asked stands in its header.
      const [archive = ''] = where.file.split(/samples\/[^/]*$/);
      const header = await finder.json(`${archive}header.json`);
      yield await readSample(record, isLog(header) ? header : {}, where, finder, reading, 0);
      return;
    }
    if (!isLog(record)) return;
    const samples = isList(record['samples'] ?? null) ? (record['samples'] as readonly Json[]) : [];
    for (const [index, sample] of samples.slice(0, MOST_SAMPLES).entries()) {
      if (isSample(sample)) yield await readSample(sample, record, where, finder, reading, index);
      else yield { problem: { code: 'no-messages' } };
    }
  },
};

const MOST_SAMPLES = 20_000;

async function readSample(
  sample: JsonObject,
  log: JsonObject,
  where: Where,
  finder: PictureFinder,
  reading: Reading,
  index: number,
): Promise<Read> {
  const attachments = objectAt(sample, 'attachments');
  const messages = messagesOf(attached(messagesIn(sample), attachments));
  if (!messages) return { problem: { code: 'no-messages' } };
  const run = buildRun({ where, system: 'inspect', rule: 'as-recorded', index, dialect: 'inspect' });
  const evaluation = objectAt(log, 'eval');
  const output = objectAt(sample, 'output');
  const model = textOf(evaluation['model']) || textOf(output['model']);
  const told = await tellMessages(messages, run, finder, {
    which: reading.call ?? 'all',
    userAnswers: messages.some((message) => message.role === 'assistant' && wordsIn(message).includes('<tool_call>')),
    frame: (box, _, picture) => {
      if (reading.frame) return { frame: reading.frame, by: 'person' };
      const guessed = guessFrame(box, picture, model);
      if (guessed.by === 'values') run.note({ code: 'frame-from-values' });
      return guessed;
    },
    target: (input, pictures) => pictureByNumber(input, ['img_idx', 'image_index', 'target_image'], pictures),
    crop: /qwen-?3/i.test(model) ? qwenAgent : null,
  });
  const used = objectAt(output, 'usage');
  run.used({ promptTokens: countAt(used, 'input_tokens'), outputTokens: countAt(used, 'output_tokens') });
  const choices = isList(sample['choices'] ?? null)
    ? (sample['choices'] as readonly Json[]).map((one) => textOf(one))
    : [];
  const answers = targetsOf(sample['target'] ?? null);
  const failure = textOf(objectAt(sample, 'error')['message']);
  run.about({
    createdAt: textOf(evaluation['created']),
    ...(model !== '' && { model: { name: model } }),
    truth:
      answers.length > 0 ? { answers, options: choices.length > 1 ? choices.slice(0, 200) : null, places: [] } : null,
    source: {
      scores: scoresOf(objectAt(sample, 'scores')),
      ...(textOf(evaluation['task']) !== '' && { kind: textOf(evaluation['task']).slice(0, 200) }),
      ...(failure !== '' && { error: failure.slice(0, 2000) }),
    },
  });
  if (failure !== '') {
    run.note({ code: 'row-failed', params: { message: failure.slice(0, 200) } });
    return run.finish({ status: 'failed', reason: 'error', message: failure });
  }
  return run.finish({ status: 'done', reason: told.answered ? 'answer' : 'unknown' });
}

/**
 * A sample that broke off has events and no messages: then the last question to the model and its answer are the conversation. Newer logs keep
 * each message of the events once and name it by its place (`input_refs`, from and to, of `events_data.messages`).
 */
function messagesIn(sample: JsonObject): Json {
  const told = sample['messages'] ?? null;
  if (isList(told) && told.length > 0) return told;
  const events = isList(sample['events'] ?? null) ? (sample['events'] as readonly Json[]) : [];
  const last = events.findLast((event) => isObject(event) && event['event'] === 'model');
  if (!isObject(last)) return null;
  const pool = objectAt(sample, 'events_data')['messages'] ?? null;
  const refs = isList(last['input_refs'] ?? null) ? (last['input_refs'] as readonly Json[]) : [];
  const pooled = isList(pool)
    ? refs.slice(0, 5000).flatMap((ref) => {
        const [from = null, to = null] = isList(ref) ? ref : [];
        return pool.slice(numberOf(from) ?? 0, numberOf(to) ?? 0);
      })
    : [];
  const asked = isList(last['input'] ?? null) ? (last['input'] as readonly Json[]) : [];
  const [choice] = listIn(objectAt(last, 'output')['choices']);
  const answer = isObject(choice) ? [choice['message'] ?? null] : [];
  return [...(asked.length > 0 ? asked : pooled), ...answer].slice(0, 5000);
}

const listIn = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);

const objectAt = (record: JsonObject, key: string): JsonObject => {
  const value = record[key];
  return isObject(value) ? value : {};
};

const countAt = (record: JsonObject, key: string): number | null => {
  const value = numberOf(record[key]);
  return value === null || value < 0 ? null : value;
};

/** How deep messages are looked through; theirs are no deeper than ten. */
const DEEPEST = 32;

/** Every name of an attachment replaced by what it names. */
function attached(value: Json, attachments: JsonObject, depth = 0): Json {
  if (typeof value === 'string') {
    const hash = /^(?:attachment|tc):\/\/([0-9a-f]{8,64})$/.exec(value.slice(0, 100))?.[1];
    return hash === undefined || !Object.hasOwn(attachments, hash) ? value : textOf(attachments[hash]);
  }
  if (depth > DEEPEST) return null;
  if (isList(value)) return value.map((one) => attached(one, attachments, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, attached(one, attachments, depth + 1)]));
}

function targetsOf(target: Json): readonly string[] & string[] {
  const all = isList(target) ? target : [target];
  return all
    .slice(0, 100)
    .map((one) => textOf(one).trim())
    .filter((one) => one !== '');
}

/** Correct, incorrect, partly, no answer. */
const GRADES: Readonly<Record<string, number>> = { C: 1, I: 0, P: 0.5, N: 0 };

/** The first scorer that grades also says whether the answer was right. */
function scoresOf(scores: JsonObject) {
  const told: { name: string; value: number }[] = [];
  for (const [scorer, score] of Object.entries(scores).slice(0, 50)) {
    const value = isObject(score) ? (score['value'] ?? null) : score;
    const name = scorer.slice(0, 200);
    if (typeof value === 'string' && Object.hasOwn(GRADES, value)) {
      const grade = GRADES[value] ?? 0;
      if (!told.some((one) => one.name === 'correct')) told.push({ name: 'correct', value: grade });
      told.push({ name, value: grade });
    } else if (typeof value === 'boolean') told.push({ name, value: Number(value) });
    else if (typeof value === 'number' && numberOf(value) !== null) told.push({ name, value });
    else if (isObject(value)) {
      for (const [part, one] of Object.entries(value).slice(0, 20)) {
        const number = typeof one === 'number' ? numberOf(one) : null;
        if (number !== null) told.push({ name: `${name}.${part}`.slice(0, 200), value: number });
      }
    }
  }
  return told;
}
