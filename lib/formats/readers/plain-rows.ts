/**
 * Rows of a question and what a model wrote, as most evaluations keep them under one name or another: nobody's own format, and so asked last.
 * Turns, calls and answers are read out of the text as they are of a training dump.
 */
import type { Json } from '@/lib/trajectory';
import type { Format } from '../contract';
import { isList, isObject, numberOf, textOf, textsOf, type JsonObject } from '../json-shape';
import { pictureNamesIn } from '../picture-name';
import { readRollout, type Rollout } from '../rollout-text';

const QUESTIONS = ['question', 'prompt', 'problem', 'query', 'instruction', 'input', 'text'] as const;
const RESPONSES = [
  'response',
  'prediction',
  'model_response',
  'model_output',
  'generated_text',
  'generation',
  'completion',
  'output',
  'pred',
  'pred_ans',
  'responses',
  'predictions',
  'outputs',
  'resps',
] as const;
const ANSWERS = ['answer', 'ground_truth', 'gt', 'gts', 'label', 'labels', 'target', 'solution', 'reference'] as const;
const SCORES = ['acc', 'accuracy', 'correct', 'is_correct', 'hit', 'score', 'reward'] as const;

/** So many answers to one question are runs of their own. */
const MOST_SAMPLES = 100;

export const plainRows: Format = {
  id: 'plain-rows',
  unit: 'record',
  is: (record) => {
    const row = rowIn(record);
    return row !== null && questionOf(row) !== '' && responsesOf(row).length > 0;
  },
  rules: ['training', 'evaluation'],
  async *read([record = null], where, finder, reading) {
    const row = rowIn(record);
    if (!row) return;
    for (const [index, response] of responsesOf(row).slice(0, MOST_SAMPLES).entries()) {
      const rollout: Rollout = {
        system: 'plain-rows',
        index,
        prompt: questionOf(row),
        response,
        tokens: null,
        logprobs: null,
        pictures: pictureNamesIn(row),
        answers: firstOf(row, ANSWERS),
        options: optionsOf(row),
        scores: scoresOf(row),
        step: numberOf(row['step'] ?? row['global_step']),
        kind: textOf(row['category'] ?? row['type'] ?? row['data_source'] ?? row['task'] ?? row['split']),
        model: textOf(row['model'] ?? row['model_name']),
      };
      yield await readRollout(rollout, where, finder, reading);
    }
  },
};

/** lm-evaluation-harness keeps what was asked in `doc`. */
function rowIn(record: Json): JsonObject | null {
  if (!isObject(record)) return null;
  return isObject(record['doc']) ? { ...record['doc'], ...record } : record;
}

const questionOf = (row: JsonObject): string =>
  QUESTIONS.map((key) => textOf(row[key])).find((one) => one !== '') ?? '';

function firstOf(row: JsonObject, keys: readonly string[]): readonly string[] {
  return keys.map((key) => textsOf(row[key])).find((texts) => texts.length > 0) ?? [];
}

/** Never what was asked; of lists in a list the inner ones. */
function responsesOf(row: JsonObject): readonly string[] {
  for (const key of RESPONSES) {
    const value = row[key] ?? null;
    const texts = isList(value) ? value.flatMap((one) => textsOf(one)) : textsOf(value);
    if (texts.length > 0) return texts;
  }
  return [];
}

/** A list, or a column a letter. */
function optionsOf(row: JsonObject): readonly string[] | null {
  const listed = firstOf(row, ['options', 'choices']);
  if (listed.length > 1) return listed;
  const lettered = [...'ABCDEFGH'].map((letter) => textOf(row[letter]));
  const end = lettered.indexOf('');
  return end > 1 ? lettered.slice(0, end) : null;
}

function scoresOf(row: JsonObject): Rollout['scores'] {
  return SCORES.flatMap((name) => {
    const value = typeof row[name] === 'boolean' ? Number(row[name]) : numberOf(row[name]);
    return value === null ? [] : [{ name: name === 'hit' ? 'correct' : name, value }];
  });
}
