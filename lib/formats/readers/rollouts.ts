/**
 * Dumps of training runs, as text: RL Logging Board's rows (DeepEyes and DeepEyesV2 write them), verl's `{step}.jsonl`, and ms-swift's
 * `completions.jsonl`, each line of which is a table. Boxes are the model's, in what its family counts in; the environment carries out the
 * last call of a turn. That of ms-swift counts in the picture as the processor resized it.
 */
import type { Json } from '@/lib/trajectory';
import type { Format, Where } from '../contract';
import { isList, isObject, numberOf, textOf, type JsonObject } from '../json-shape';
import { isMessage, partsOf } from '../message';
import { pictureNamesIn } from '../picture-name';
import { readRollout, type Rollout } from '../rollout-text';

const RULES = ['training', 'evaluation'] as const;

/** Long lists of tokens are cut here: a document holds no more. */
const MOST_TOKENS = 200_000;

export const rlLoggingBoard: Format = {
  id: 'rl-logging-board',
  unit: 'record',
  is: (record) =>
    isObject(record) &&
    typeof record['prompt'] === 'string' &&
    typeof record['response'] === 'string' &&
    ['response_tokens', 'ref_response', 'token_rewards', 'logprobs', 'step', 'reward'].some((key) => key in record),
  rules: RULES,
  async *read([record = null], where, finder, reading) {
    if (!isObject(record)) return;
    const tokens = isList(record['response_tokens'])
      ? record['response_tokens'].slice(0, MOST_TOKENS).map(textOf)
      : null;
    const logprobs = isList(record['logprobs']) ? record['logprobs'].slice(0, MOST_TOKENS).map(numberOf) : null;
    const rollout: Rollout = {
      ...NOTHING,
      system: 'rl-logging-board',
      prompt: textOf(record['prompt']),
      response: textOf(record['response']),
      tokens,
      logprobs,
      pictures: pictureNamesIn(record),
      answers: answersIn(record['ground_truth'] ?? record['answer'] ?? null),
      scores: scoresIn(record, ['reward', 'ref_reward', 'acc']),
      step: numberOf(record['step']),
      kind: textOf(record['data_source']),
    };
    yield await readRollout(rollout, where, finder, reading);
  },
};

export const verl: Format = {
  id: 'verl',
  unit: 'record',
  is: (record) =>
    isObject(record) &&
    typeof record['input'] === 'string' &&
    typeof record['output'] === 'string' &&
    ('gts' in record || 'score' in record) &&
    !('sample_id' in record),
  rules: RULES,
  async *read([record = null], where, finder, reading) {
    if (!isObject(record)) return;
    const rollout: Rollout = {
      ...NOTHING,
      system: 'verl',
      prompt: textOf(record['input']),
      response: textOf(record['output']),
      pictures: pictureNamesIn(record),
      answers: answersIn(record['gts'] ?? record['ground_truth'] ?? null),
      scores: scoresIn(record, NOT_SCORES, true),
      step: numberOf(record['step']) ?? stepInName(where),
      kind: textOf(record['data_source']),
    };
    yield await readRollout(rollout, where, finder, reading);
  },
};

/** A line of `completions.jsonl`: columns of equal length, one run a row. */
export const msSwift: Format = {
  id: 'ms-swift',
  unit: 'record',
  is: (record) =>
    isObject(record) &&
    isList(record['completion']) &&
    // Columns of rows; a list of messages is a row of TRL's.
    !isMessage(record['completion'][0]) &&
    (isList(record['prompt']) || isList(record['messages'])),
  rules: RULES,
  async *read([record = null], where, finder, reading) {
    if (!isObject(record)) return;
    const completions = isList(record['completion']) ? record['completion'] : [];
    for (const [index, completion] of completions.slice(0, MOST_ROWS).entries()) {
      const row = rowOf(record, index);
      const rollout: Rollout = {
        ...NOTHING,
        system: 'ms-swift',
        index,
        prompt: textIn(row['prompt'] ?? row['messages'] ?? null),
        response: textIn(completion),
        pictures: pictureNamesIn(row),
        answers: answersIn(row['solution'] ?? row['answer'] ?? null),
        scores: scoresIn(row, NOT_SCORES, true),
        step: numberOf(row['step']),
        kind: textOf(row['data_source']),
      };
      const read = await readRollout(rollout, where, finder, reading);
      if ('problem' in read || completions.length === 1) yield read;
      else
        yield { ...read, notes: [{ code: 'rows-from-table', params: { count: completions.length } }, ...read.notes] };
    }
  },
};

const MOST_ROWS = 10_000;

const NOTHING = {
  index: 0,
  tokens: null,
  logprobs: null,
  pictures: [],
  answers: [],
  scores: [],
  step: null,
  kind: '',
  model: '',
} as const;

/** Numbers beside a rollout that judge nothing. */
const NOT_SCORES = ['step', 'global_step', 'gen_step', 'index', 'id', 'prompt_len', 'response_len'] as const;

/** One row of a table: of every column as long as the completions its own entry, of single values those. */
function rowOf(table: JsonObject, index: number): JsonObject {
  const rows = isList(table['completion']) ? table['completion'].length : 0;
  const entries = Object.entries(table).map(([key, value]): [string, Json] => [
    key,
    isList(value) && value.length === rows ? (value[index] ?? null) : value,
  ]);
  return Object.fromEntries(entries);
}

/** `except`: of all numbers, which are none; else the names that are. */
function scoresIn(record: JsonObject, names: readonly string[], except = false): Rollout['scores'] {
  return Object.entries(record)
    .filter(([name]) => names.includes(name) !== except)
    .flatMap(([name, value]) => {
      const number = typeof value === 'boolean' ? Number(value) : typeof value === 'number' ? numberOf(value) : null;
      return number === null ? [] : [{ name: name.slice(0, 200), value: number }];
    })
    .slice(0, 50);
}

function answersIn(value: Json): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value === 'number') return [String(value)];
  if (isList(value)) return value.slice(0, 100).flatMap(answersIn);
  return isObject(value) ? answersIn(value['ground_truth'] ?? value['answer'] ?? null) : [];
}

/** A text, or messages whose words are put one behind the other as the template would. */
function textIn(value: Json): string {
  if (typeof value === 'string') return value;
  if (!isList(value)) return '';
  return value
    .filter(isObject)
    .map((message) => {
      const words = partsOf(message['content'] ?? null).map((part) => (part.kind === 'text' ? part.text : '<image>'));
      return `<|im_start|>${textOf(message['role'])}\n${words.join('')}<|im_end|>\n`;
    })
    .join('');
}

/** `rollout_data/120.jsonl` */
function stepInName({ file }: Where): number | null {
  const digits = /(?:^|\/)(\d{1,9})\.jsonl$/.exec(file)?.[1];
  return digits === undefined ? null : Number(digits);
}
