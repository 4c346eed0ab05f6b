/**
 * GRIT: boxes stand in the thoughts, `<think>… <rethink>… <answer>`, and no crop is shown to the model. Those of Qwen are pixels of the picture as it
 * saw it, those of InternVL thousandths.
 */
import type { Json, Mark } from '@/lib/trajectory';
import { TRAJECTORY_LIMITS } from '@/lib/trajectory';
import { seenByQwen25 } from '@/lib/notations';
import type { Format, Reading } from '../contract';
import { isList, isObject, numberOf, textOf, type JsonObject } from '../json-shape';
import { piecesOf } from '../pieces';
import { buildRun, shows, type RunBuilder } from '../run-builder';

/** Where such rows keep what the model wrote. */
const TEXTS = ['response', 'output', 'completion', 'prediction', 'model_output', 'pred', 'generated_text'] as const;

export const grit: Format = {
  id: 'grit',
  unit: 'record',
  is: (record) => isObject(record) && textIn(record) !== null,
  rules: ['as-recorded'],
  async *read([record = null], where, finder, reading) {
    if (!isObject(record)) return;
    const text = textIn(record) ?? '';
    const run = buildRun({ where, system: 'grit', rule: 'as-recorded', dialect: 'grit' });
    const question = textOf(record['question'] ?? record['prompt'] ?? record['problem']);
    const image = textOf(record['image'] ?? record['image_path'] ?? first(record['images']));
    const name = { names: image === '' ? [] : [image], question };
    const picture = run.picture(await finder.find(name), name);
    run.given([shows(picture), ...(question === '' ? [] : [{ text: question }])]);
    const model = textOf(record['model'] ?? record['model_name']);
    run.nextTurn();
    let answered = false;
    for (const { kind, text: words } of piecesOf(text, TAGS)) {
      if (words.trim() === '') continue;
      if (kind === 'answer' && !answered) {
        run.answer(words.trim(), undefined, marksIn(words.trim(), run, picture, model, reading));
        answered = true;
      } else run.think(words, undefined, marksIn(words, run, picture, model, reading));
    }
    const answer = textOf(record['answer'] ?? record['solution'] ?? record['ground_truth']);
    const scores = ['score', 'acc', 'reward'].flatMap((key) => {
      const value = typeof record[key] === 'number' ? numberOf(record[key]) : null;
      return value === null ? [] : [{ name: key, value }];
    });
    run.note({ code: 'boxes-in-thought' });
    run.about({
      title: question,
      truth: answer === '' ? null : { answers: [answer], options: null, places: [] },
      source: { scores },
      ...(model !== '' && { model: { name: model } }),
    });
    yield run.finish({ status: 'done', reason: answered ? 'answer' : 'no-call' });
  },
};

const TAGS = { think: ['think', 'rethink'], call: [], answer: ['answer'] } as const;

function textIn(record: JsonObject): string | null {
  for (const key of TEXTS) {
    const text = textOf(record[key]);
    if (text.includes('<rethink>')) return text;
  }
  return null;
}

const first = (value: Json | undefined): Json => (isList(value) ? (value[0] ?? null) : null);

const FOUR = /(\d{1,5})\s?,\s?(\d{1,5})\s?,\s?(\d{1,5})\s?,\s?(\d{1,5})/g;

function marksIn(text: string, run: RunBuilder, picture: string, model: string, reading: Reading): readonly Mark[] {
  const marks: Mark[] = [];
  const frame = reading.frame ?? (/intern/i.test(model) ? 'thousandths' : 'resized-pixels');
  const by = reading.frame ? 'person' : model === '' ? 'file' : 'model';
  for (const match of text.slice(0, TRAJECTORY_LIMITS.text - 1).matchAll(FOUR)) {
    if (marks.length >= TRAJECTORY_LIMITS.marks) break;
    const [x1, y1, x2, y2] = match.slice(1, 5).map(Number) as [number, number, number, number];
    if (!(x1 < x2 && y1 < y2)) continue;
    const asked = { box: { x1, y1, x2, y2 }, frame, by } as const;
    const { place } = run.place(picture, asked, seenByQwen25(run.sizeOf(picture)));
    marks.push({
      label: '',
      picture,
      shape: { kind: 'box', box: place.box },
      read: { frame, order: 'xyxy', by },
      at: { from: match.index, to: match.index + match[0].length },
    });
  }
  return marks;
}
