/**
 * DeepEyes' evaluation rows, one run a line: V* (eval_vstar.py, judge_result.py), HR-Bench (eval_hrbench.py), and what forks made of them.
 * Pictures are blank in them; boxes count in pixels of the original. The evaluation carries out the first call of a turn and pads with black;
 * the RL environment takes the last, ends at an answer, and refuses what is small. Rows of the released model answer and call in one turn.
 */
import { fitArea, type Size } from '@/lib/geometry';
import type { Format, PictureFinder, PictureName, Read, Reading, Where } from '../contract';
import { deepEyesEvaluation, deepEyesTraining, type CropRule } from '../crops';
import { isObject, numberOf, textOf, textsOf, type JsonObject } from '../json-shape';
import { readMessage, type Message } from '../message';
import { messagesOf } from '../message-list';
import { pictureNamesIn } from '../picture-name';
import { tellMessages, type Told, type TalkRules } from '../messages';
import { buildRun, type RunBuilder } from '../run-builder';
import { optionsIn, tellAnnotation } from './vstar';

export const deepEyes: Format = {
  id: 'deepeyes',
  unit: 'record',
  is: (record) => {
    if (!isObject(record)) return false;
    if ('pred_output' in record) return 'question' in record || 'pred_ans' in record || turnsIn(record) !== null;
    return 'pred_ans' in record && turnsIn(record) !== null;
  },
  rules: ['evaluation', 'training'],
  async *read(records, where, finder, reading) {
    const [row] = records;
    if (isObject(row)) yield await readRow(row, where, finder, reading);
  },
};

/** What forks call what the model and the evaluation said. */
const TURNS = [
  'pred_output',
  'output',
  'messages',
  'conversation',
  'conversations',
  'trajectory',
  'history',
  'response',
] as const;

function turnsIn(row: JsonObject): readonly Message[] | null {
  for (const key of TURNS) {
    const messages = messagesOf(row[key]);
    if (messages) return messages;
  }
  return null;
}

async function readRow(row: JsonObject, where: Where, finder: PictureFinder, reading: Reading): Promise<Read> {
  const messages = turnsIn(row) ?? [];
  const question = textOf(row['question']);
  if (messages.length === 0 && question === '') return { problem: { code: 'no-messages' } };
  const rule = reading.rule === 'training' ? 'training' : 'evaluation';
  const run = buildRun({ where, system: 'deepeyes', rule, dialect: 'deepeyes' });
  const name = pictureName(row, question);
  const rules = rulesOf(run, reading, name);

  const failed = /^error/i.test(textOf(row['status']));
  const prediction = textOf(row['pred_ans']);
  // The turn at which it broke stands in no other place.
  const isUntold = failed && prediction !== '' && messages.at(-1)?.role !== 'assistant';
  const last = isUntold ? [readMessage({ role: 'assistant', content: prediction })] : [];
  const told = await tellMessages([...messages, ...last], run, finder, rules);
  if (messages.length === 0) run.given([{ text: question }]);

  const asked = messages.find(({ role }) => role === 'user');
  const options = optionsIn(asked?.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n') ?? '');
  const truth = answersOf(row, options);
  const annotation = await tellAnnotation(run, finder, name, { answers: truth, options });
  run.about({ title: question, truth: annotation, source: sourceOf(row, where, failed, prediction) });
  if (failed)
    run.note({ code: 'row-failed', params: { message: messages.length > 2 ? '' : prediction.slice(0, 200) } });
  return run.finish(endingOf(told, failed, prediction));
}

function endingOf({ answered, endsOn }: Told, failed: boolean, prediction: string) {
  if (failed)
    return { status: 'failed', reason: 'error', message: prediction === '' ? '' : prediction.slice(0, 2000) } as const;
  if (answered) return { status: 'done', reason: 'answer' } as const;
  return { status: 'done', reason: endsOn === 'call' || endsOn === 'result' ? 'max-turns' : 'no-call' } as const;
}

/** What the released evaluation gives an image at most, where the row does not say. */
const MOST_PIXELS = 16_384 * 28 * 28;

function rulesOf(run: RunBuilder, reading: Reading, name: PictureName): TalkRules {
  const training = reading.rule === 'training';
  const evaluate: CropRule = (asked, picture) => {
    if (!deepEyesTraining(asked, picture).ok) run.note({ code: 'would-be-refused' });
    return deepEyesEvaluation(asked, picture);
  };
  return {
    which: reading.call ?? (training ? 'last' : 'first'),
    plain: 'think',
    userAnswers: true,
    frame: () => ({ frame: reading.frame ?? 'original-pixels', by: reading.frame ? 'person' : 'file' }),
    crop: training ? deepEyesTraining : evaluate,
    seen: (picture: Size) => fitArea(picture, { factor: 28, minPixels: 4 * 28 * 28, maxPixels: MOST_PIXELS }),
    name: (index) => (index === 0 ? name : null),
    said: withoutFrame,
    told: (text) => withoutFrame(text.replace(/<\/?tool_response>/g, '')),
  };
}

/** The question and its options, without what the evaluation puts around them. */
function withoutFrame(text: string): string {
  return text
    .replace(/\s*Think first, call \*\*image_zoom_in_tool\*\* if needed,[\s\S]*$/, '')
    .replace(/^\s*Question:\s*/, '')
    .replace(/\nOptions:[ \t]*\n/, '\n')
    .trimEnd();
}

function pictureName(row: JsonObject, question: string): PictureName {
  const names = pictureNamesIn(row);
  return { names, ...(question !== '' && { question }) };
}

/** V*: the text of the first option. HR-Bench: its letter, with the text beside it. */
function answersOf(row: JsonObject, options: readonly string[]): readonly string[] {
  const [answer = ''] = textsOf(row['answer']);
  const beside = textOf(row['answer_str']);
  if (beside !== '') return [beside, answer].filter((one) => one !== '');
  if (/^[A-Z]$/.test(answer)) return [answer, ...options.slice(answer.charCodeAt(0) - 65, answer.charCodeAt(0) - 64)];
  return answer === '' ? [] : [answer];
}

/** Numbers beside the conversation that judge it. */
const SCORES = ['acc', 'score', 'reward', 'iou', 'judge'] as const;

function sourceOf(row: JsonObject, { file }: Where, failed: boolean, prediction: string) {
  const scores = SCORES.flatMap((name) => {
    const value = numberOf(row[name] ?? null) ?? (typeof row[name] === 'boolean' ? Number(row[name]) : null);
    return value === null ? [] : [{ name, value }];
  });
  const kind = textOf(row['category']) || (/(direct_attributes|relative_position)/.exec(file)?.[1] ?? '');
  const step = numberOf(row['step'] ?? null) ?? numberOf(/(?:global_)?step_?(\d+)/.exec(file)?.[1] ?? null);
  return {
    scores,
    ...(kind !== '' && { kind }),
    ...(step !== null && { trainingStep: step }),
    ...(failed && { error: prediction.slice(0, 2000) }),
  };
}
